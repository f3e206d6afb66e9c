import type { PortReference, Transport } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import { type Span, slice } from '../../model/span';
import { dockerTransport } from '../../syntax/docker/port-spec';
import { type SourcedText, sourceSpan } from '../../syntax/sourced-text';

/**
 * The places of an EXPOSE line where a port may be typed: both ends of a range, the digits of a default, and the
 * gaps, where nothing stands yet.
 */
export function exposeSlots(
  words: readonly SourcedText[],
  gaps: readonly number[],
  references: readonly PortReference[],
  { text, owner, image }: { readonly text: string; readonly owner: string; readonly image?: string },
): PortSlot[] {
  const slots: PortSlot[] = [];
  const add = (span: Span, transport: Transport | undefined, above?: number): void => {
    const slot: PortSlot = {
      ...{ span, role: 'expose', owner, accepts: 'port', names: false },
      ...(image && { image }),
      ...(above && { above }),
    };
    slots.push(transport === undefined ? slot : { ...slot, transport });
  };
  for (const word of words) {
    addTypedEnds(word, add);
    addEmptyDefault(word, add);
  }
  for (const { portSpan, transport, variables } of references) {
    if (variables !== undefined && /^[0-9]+$/.test(slice(text, portSpan))) add(portSpan, transport);
  }
  for (const gap of gaps) add({ start: gap, end: gap }, undefined);
  return slots.sort((a, b) => a.span.start - b.span.start);
}

/** The port in a word as it is typed, or both ends of a range. */
function addTypedEnds(
  word: SourcedText,
  add: (span: Span, transport: Transport | undefined, above?: number) => void,
): void {
  const { value } = word;
  let from = value.lastIndexOf(':') + 1;
  // The colon of `${PORT:-80}` separates no parts; the digits of a default are found otherwise.
  if (from > 0 && value.lastIndexOf('{', from) >= 0) return;
  const slash = value.indexOf('/', from);
  let to = slash < 0 ? value.length : slash;
  if (isQuote(value[from])) from++;
  if (to > from && isQuote(value[to - 1])) to--;
  const typed = /^([A-Za-z0-9+]*)(-[A-Za-z0-9+]*)?$/.exec(value.slice(from, to));
  if (typed === null) return;
  const transport = slash < 0 ? undefined : writtenTransport(value.slice(slash + 1));
  const firstEnd = from + (typed[1] ?? '').length;
  add(sourceSpan(word, from, firstEnd), transport);
  if (typed[2] !== undefined) add(sourceSpan(word, firstEnd + 1, to), transport, Number(typed[1]) || 0);
}

/** The place in a default that is still empty: `${PORT:-}`. */
function addEmptyDefault(
  word: SourcedText,
  add: (span: Span, transport: Transport | undefined) => void,
): void {
  const [whole, begun = '', written] =
    /^(["']?\$\{[A-Za-z_][A-Za-z0-9_]*:?-)\}(?:\/([A-Za-z]*))?["']?$/.exec(word.value) ?? [];
  if (whole === undefined) return;
  const transport = written === undefined ? undefined : writtenTransport(written);
  add(sourceSpan(word, begun.length, begun.length), transport);
}

function writtenTransport(text: string): Transport | undefined {
  return dockerTransport(isQuote(text.at(-1)) ? text.slice(0, -1) : text);
}

function isQuote(char: string | undefined): boolean {
  return char === '"' || char === "'";
}
