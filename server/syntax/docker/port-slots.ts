import type { PortSlot } from '../../model/port-slot';
import type { Span } from '../../model/span';
import { type SourcedText, sourceSpan, variablesWithin } from '../sourced-text';
import type { Part } from './port-spec';

/**
 * The slots of one part of an entry: one for a single port, one for each end of a range. Where a mapping is taken, the first
 * end of a range takes a port alone: what follows it stays. A part whose characters
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
  return ends.flatMap(({ from, to }, index) => {
    const span = typedSpan(text, from, to);
    const first = text.value.slice(part.from, dash);
    const above = index === 0 ? undefined : Number(first);
    // A range without a first port has no last one.
    if (span === undefined || (index === 1 && first === '')) return [];
    return [{ ...slot, span, ...(above && { above }), ...(index < ends.length - 1 && { accepts: 'port' }) }];
  });
}

/** The characters of a stretch; for an empty one, its place, which may be the empty default of a variable. */
function typedSpan(text: SourcedText, from: number, to: number): Span | undefined {
  const span = sourceSpan(text, from, to);
  if (span.end - span.start === to - from) return span;
  const empty = from === to ? variablesWithin(text, from, to).at(-1)?.definition : undefined;
  return empty !== undefined && empty.start === empty.end ? empty : undefined;
}
