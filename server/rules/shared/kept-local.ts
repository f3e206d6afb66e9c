import type { PublicationClaim } from '../../model/compose-project';
import type { Fix } from '../../model/finding';
import { slice } from '../../model/span';

/** Puts the loopback address in front of an entry of the short form that has none; undefined for every other entry. */
export function keptLocal({ file, reference, address }: PublicationClaim): Fix | undefined {
  const { span, portSpan } = reference;
  const isShort = span.start === portSpan.start && /^[0-9-]+:/.test(slice(file.text, span));
  if (!isShort || address !== undefined || reference.usedAt !== undefined) return undefined;
  const place = { start: span.start, end: span.start };
  return { title: 'Publish on 127.0.0.1 only', edits: [{ uri: file.uri, span: place, text: '127.0.0.1:' }] };
}
