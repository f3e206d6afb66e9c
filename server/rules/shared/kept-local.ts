import type { PublicationClaim } from '../../model/compose-project';
import type { Edit, Fix } from '../../model/finding';
import { lineStart } from '../../model/lines';
import { slice } from '../../model/span';

/**
 * Publishes a port on the loopback address of its family alone: in front of an entry of the short form, under `host_ip` in
 * one of the long form. Undefined where the entry stands elsewhere or its address is not written in it.
 */
export function keptLocal({ file, reference, address, publication }: PublicationClaim): Fix | undefined {
  // What an earlier entry says as well would stay published there, and be in the way.
  if (reference.usedAt !== undefined || publication.isRestated) return undefined;
  const local = address?.kind === 'ipv6' ? '::1' : '127.0.0.1';
  const place =
    address === undefined ? addition(file, reference) : replacement(file, reference, address.text);
  if (place === undefined) return undefined;
  const edit = { uri: file.uri, span: place.span, text: place.around(local) };
  return { title: `Publish on ${local} only`, edits: [edit] };
}

type Claimed = Pick<PublicationClaim, 'file' | 'reference'>;

interface AddressPlace {
  readonly span: Edit['span'];
  /** The text that puts an address there. */
  readonly around: (address: string) => string;
}

/** Where an address would be written that the entry does not have. */
function addition({ text }: Claimed['file'], reference: Claimed['reference']): AddressPlace | undefined {
  const { span } = reference;
  const portSpan = hostSpan(reference);
  // In the short form the container port follows behind a colon.
  if (span.start === portSpan.start && text[portSpan.end] === ':')
    return { span: { start: span.start, end: span.start }, around: (address) => `${address}:` };
  const start = lineStart(text, portSpan.start);
  const before = text.slice(Math.max(start, portSpan.start - longestKey), portSpan.start);
  const [, key = '', quote = ''] = /(?:^|[\s{,])((["']?)published\2[ \t]*:[ \t]*["']?)$/.exec(before) ?? [];
  if (key === '') return undefined;
  const at = portSpan.start - key.length;
  const column = text.slice(start, at);
  const isFlow = /[{,]/.test(column);
  // In a block mapping the keys stand one below the other.
  if (!isFlow && !/^[ ]*(?:-[ ]+)*$/.test(column)) return undefined;
  const lineEnd = text.indexOf('\n', at);
  const newline = text[lineEnd - 1] === '\r' ? '\r\n' : '\n';
  const behind = isFlow ? ', ' : newline + ' '.repeat(column.length);
  return {
    span: { start: at, end: at },
    around: (address) => `${quote}host_ip${quote}: ${quote}${address}${quote}${behind}`,
  };
}

/** The host port as it is written, be it the variable that gives it. */
function hostSpan({ portSpan, variables = [] }: Claimed['reference']): Edit['span'] {
  const around = variables.find((each) => each.span.start <= portSpan.start && portSpan.end <= each.span.end);
  return around?.span ?? portSpan;
}

/** Where the address of the entry is written. */
function replacement(
  { text }: Claimed['file'],
  reference: Claimed['reference'],
  written: string,
): AddressPlace | undefined {
  const { span } = reference;
  const portSpan = hostSpan(reference);
  if (span.start < portSpan.start) {
    const before = text.slice(span.start, portSpan.start);
    const bare = before.startsWith('[') ? 1 : 0;
    if (before.replace(/^\[|\]?:$/g, '') === written) {
      const start = span.start + bare;
      return { span: { start, end: start + written.length }, around: (address) => address };
    }
  }
  const found = /(?:^|[\s{,])["']?host_ip["']?[ \t]*:[ \t]*["']?/.exec(slice(text, span));
  if (found === null) return undefined;
  const start = span.start + found.index + found[0].length;
  const isThere = text.startsWith(written, start);
  return isThere ? { span: { start, end: start + written.length }, around: (address) => address } : undefined;
}

/** `published` in quotation marks and its colon are no longer than this, with a few blanks. */
const longestKey = 40;
