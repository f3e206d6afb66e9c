import type { PortSlot } from '../../model/port-slot';
import type { AddressPart } from '../../syntax/nginx/nginx-address';
import { type SourcedText, sourceSpan } from '../../syntax/sourced-text';

/** What all slots of a directive have in common. */
export type SlotBase = Omit<PortSlot, 'span' | 'accepts' | 'names' | 'above'>;

/** The places in a stretch of an address where a port may be typed: a port, or both ends of a range. */
export function portSlots(word: SourcedText, { from, to }: AddressPart, base: SlotBase): readonly PortSlot[] {
  const typed = /^([A-Za-z0-9]*)(?:(-)([A-Za-z0-9]*))?$/.exec(word.value.slice(from, to));
  if (typed === null) return [];
  const [, first = '', dash] = typed;
  const common = { ...base, accepts: 'port', names: false } as const;
  const firstSlot: PortSlot = { ...common, span: sourceSpan(word, from, from + first.length) };
  if (dash === undefined) return [firstSlot];
  const above = Number(first);
  const last: PortSlot = { ...common, span: sourceSpan(word, from + first.length + 1, to) };
  return [firstSlot, above > 0 ? { ...last, above } : last];
}

/** The place of a host with its port, where no more than the beginning of a host stands behind `from`. */
export function peerSlots(word: SourcedText, from: number, base: SlotBase): readonly PortSlot[] {
  const [typed = ''] = /^[A-Za-z0-9_.-]*/.exec(word.value.slice(from)) ?? [];
  const next = word.value[from + typed.length];
  if (next !== undefined && !'/?#'.includes(next)) return [];
  return [{ ...base, span: sourceSpan(word, from, from + typed.length), accepts: 'peer', names: false }];
}

/** The place behind a directive's name where its value is still missing. */
export function gapSlot(
  text: string,
  nameEnd: number,
  base: SlotBase,
  accepts: 'port' | 'peer' = 'port',
): PortSlot {
  const hasBlank = text[nameEnd] === ' ' || text[nameEnd] === '\t';
  const at = hasBlank ? nameEnd + 1 : nameEnd;
  const slot: PortSlot = { ...base, span: { start: at, end: at }, accepts, names: false };
  return hasBlank ? slot : { ...slot, before: ` ${base.before ?? ''}` };
}
