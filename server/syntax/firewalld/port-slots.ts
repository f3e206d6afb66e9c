import type { PortSlot } from '../../model/port-slot';
import type { Span } from '../../model/span';
import { type SourcedText, sourceSpan } from '../sourced-text';

/**
 * The places to type a port in a port text: one for a port or a name, one for each end of a range of numbers. A text
 * whose characters are not in the source one by one has none.
 */
export function portSlots(text: SourcedText, slot: TypedSlot): readonly PortSlot[] {
  const { value } = text;
  const [, before = '', first] = /^(\s*)([0-9]{1,5})-[^-]*$/.exec(value) ?? [];
  if (first === undefined) {
    const isMatched = slot.role !== 'forward';
    return slotOf(typedSpan(text, 0, value.length), { ...slot, ...(isMatched && { range: { sign: '-' } }) });
  }
  const dash = before.length + first.length;
  const last = slotOf(typedSpan(text, dash + 1, value.length), slot);
  return [
    ...slotOf(typedSpan(text, 0, dash), slot),
    ...last.map((each) => ({ ...each, above: Number(first) })),
  ];
}

type TypedSlot = Omit<PortSlot, 'span' | 'above'>;

function slotOf(span: Span | undefined, slot: TypedSlot): readonly PortSlot[] {
  return span === undefined ? [] : [{ ...slot, span }];
}

function typedSpan(text: SourcedText, from: number, to: number): Span | undefined {
  const span = sourceSpan(text, from, to);
  return span.end - span.start === to - from ? span : undefined;
}
