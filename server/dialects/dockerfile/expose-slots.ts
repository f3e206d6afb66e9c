import type { PortReference, PortSlot, Transport } from '../../model/port';
import { slice } from '../../model/span';
import { dockerTransport } from '../../syntax/port-spec';
import { type SourcedText, sourceSpan } from '../../syntax/sourced-text';

/**
 * The places of an EXPOSE line where a port may be typed: both ends of a range, the digits of a default, and the
 * gaps, where nothing stands yet.
 */
export function exposeSlots(
  words: readonly SourcedText[],
  gaps: readonly number[],
  references: readonly PortReference[],
  place: { readonly text: string; readonly owner: string },
): PortSlot[] {
  const slot = { role: 'expose', owner: place.owner, accepts: 'port', names: false } as const;
  const typed = words.flatMap((word) => typedEnds(word).map((end) => ({ ...slot, ...end })));
  const defaults = references.filter(
    ({ portSpan, variables }) => variables !== undefined && /^[0-9]+$/.test(slice(place.text, portSpan)),
  );
  const slots: PortSlot[] = [
    ...typed,
    ...defaults.map(({ portSpan, transport }) => ({
      ...slot,
      span: portSpan,
      ...(transport && { transport }),
    })),
    ...gaps.map((gap) => ({ ...slot, span: { start: gap, end: gap } })),
  ];
  return slots.sort((a, b) => a.span.start - b.span.start);
}

function typedEnds(word: SourcedText): Pick<PortSlot, 'span' | 'transport'>[] {
  const { value } = word;
  let from = value.lastIndexOf(':') + 1;
  // The colon of `${PORT:-80}` separates no parts; the digits of a default are found otherwise.
  if (value.lastIndexOf('{', from) >= 0 && from > 0) return [];
  const slash = value.indexOf('/', from);
  let to = slash < 0 ? value.length : slash;
  if (isQuote(value[from])) from++;
  if (to > from && isQuote(value[to - 1])) to--;
  const transport = slash < 0 ? undefined : writtenTransport(value.slice(slash + 1));
  const dash = value.indexOf('-', from);
  const inRange = dash >= 0 && dash < to;
  const ends = inRange
    ? [
        { from, to: dash },
        { from: dash + 1, to },
      ]
    : [{ from, to }];
  if (ends.some((end) => !/^[A-Za-z0-9+]*$/.test(value.slice(end.from, end.to)))) return [];
  return ends.map((end) => ({
    span: sourceSpan(word, end.from, end.to),
    ...(transport && { transport }),
  }));
}

function writtenTransport(text: string): Transport | undefined {
  return dockerTransport(isQuote(text.at(-1)) ? text.slice(0, -1) : text);
}

function isQuote(char: string | undefined): boolean {
  return char === '"' || char === "'";
}
