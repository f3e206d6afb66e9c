import type { PortSlot } from '../../model/port';
import { type SourcedText, sourceSpan } from '../sourced-text';
import type { Part } from './port-spec';

/**
 * The slots of one part of an entry: one for a single port, one for each end of a range. A part whose characters
 * are not in the source one by one (a value from `.env`) has none: there is nothing to type there.
 */
export function portSlots(text: SourcedText, part: Part, slot: Omit<PortSlot, 'span'>): readonly PortSlot[] {
  const dash = text.value.indexOf('-', part.from);
  const ends: readonly Part[] =
    dash < 0 || dash >= part.to
      ? [part]
      : [
          { from: part.from, to: dash },
          { from: dash + 1, to: part.to },
        ];
  return ends.flatMap(({ from, to }) => {
    const span = sourceSpan(text, from, to);
    return span.end - span.start === to - from ? [{ ...slot, span }] : [];
  });
}
