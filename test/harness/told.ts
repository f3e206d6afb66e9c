import assert from 'node:assert/strict';
import type { Fault } from '../../server/model/fault';
import { type PortReference, portsText } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { type Span, slice } from '../../server/model/span';

/** `22/tcp`, `80-90`; a question mark where the ports are not known. */
export function portsTold({ ports, transport }: Pick<PortReference, 'ports' | 'transport'>): string {
  return `${ports === undefined ? '?' : portsText(ports)}${transport === undefined ? '' : `/${transport}`}`;
}

/** A reference as `ports/transport role address «characters»`. */
export function referenceTold(reference: PortReference, text: string): string {
  const { role, address, portSpan } = reference;
  const to = address === undefined ? '' : ` ${address.text}`;
  return `${portsTold(reference)} ${role}${to} «${slice(text, portSpan)}»`;
}

/** A fault as `rule «characters»`. */
export function faultTold({ rule, span }: Pick<Fault, 'rule' | 'span'>, text: string): string {
  return `${rule} «${slice(text, span)}»`;
}

/** The text after the first mend of each fault. */
export function mended(text: string, read: (text: string) => Pick<Reading, 'faults'>): string {
  const mends = read(text).faults.flatMap(({ fixes: [fix] = [] }) => (fix === undefined ? [] : [fix]));
  return edited(text, mends);
}

/** The text after some edits, which do not overlap. */
export function edited(
  text: string,
  edits: readonly { readonly span: Span; readonly text: string }[],
): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((done, { span, text: put }) => done.slice(0, span.start) + put + done.slice(span.end), text);
}

/** Every span of a reading lies within the text that it is of. */
export function assertWithin(
  { references, slots, faults }: Pick<Reading, 'references' | 'slots' | 'faults'>,
  length: number,
  message?: string,
): void {
  const spans = references.flatMap(({ span, portSpan }) => [span, portSpan]);
  for (const { span } of [...slots, ...faults]) spans.push(span);
  for (const { start, end } of spans) {
    const isWithin = start >= 0 && start <= end && end <= length;
    if (!isWithin) assert.fail(message ?? `${start} to ${end} leaves a text of ${length} characters`);
  }
}
