import type { PublicationClaim } from '../../model/compose-project';
import type { Edit, Fix } from '../../model/finding';
import { type Span, slice } from '../../model/span';
import { textAt } from '../../syntax/yaml/yaml-writing';

/**
 * Publishes a port on the loopback address of its family alone: in front of an entry of the short form, under `host_ip` in
 * one of the long form. Undefined where the entry stands elsewhere or its address is not written in it.
 */
export function keptLocal(claim: PublicationClaim): Fix | undefined {
  const { file, reference, address, publication } = claim;
  // What an earlier entry says as well would stay published there, and be in the way.
  if (reference.usedAt !== undefined || publication.isRestated) return undefined;
  const local = address?.kind === 'ipv6' ? '::1' : '127.0.0.1';
  const edit = address === undefined ? addition(claim, local) : replacement(claim, address.text, local);
  if (edit === undefined) return undefined;
  return { title: `Publish on ${local} only`, edits: [{ uri: file.uri, ...edit }] };
}

type AddressEdit = Pick<Edit, 'span' | 'text'>;

/** Writes an address that the entry does not have. */
function addition(
  { file: { text }, reference, publication: { writing } }: PublicationClaim,
  local: string,
): AddressEdit | undefined {
  const { keys } = writing;
  if (writing.form === 'long') return keys && { span: keys.span, text: textAt(keys, 'host_ip', local) };
  const { start } = reference.span;
  const port = hostSpan(reference);
  // The container port follows behind a colon, unless one variable gives both.
  const isApart = start === port.start && text[port.end] === ':';
  return isApart ? { span: { start, end: start }, text: `${local}:` } : undefined;
}

/** The host port as it is written, be it the variable that gives it. */
function hostSpan({ portSpan, variables = [] }: PublicationClaim['reference']): Span {
  const around = variables.find((each) => each.span.start <= portSpan.start && portSpan.end <= each.span.end);
  return around?.span ?? portSpan;
}

/** Writes another address in place of the one that the entry has. */
function replacement(
  { file: { text }, publication: { writing } }: PublicationClaim,
  written: string,
  local: string,
): AddressEdit | undefined {
  const { address } = writing;
  // An escape in the text may say the same in other characters.
  return address && slice(text, address) === written ? { span: address, text: local } : undefined;
}
