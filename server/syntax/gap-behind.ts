import type { PortSlot } from '../model/port-slot';

/** A place between two words of a line where another one can be typed, as a slot tells it. */
export type Gap = Pick<PortSlot, 'span' | 'after'>;

/**
 * The blanks behind a word: one of them stays between it and what is put there, and one before what follows on the line.
 * Undefined where no blank stands behind the word.
 *
 * @param from Where the word ends, with the quotation mark that closes it.
 */
export function gapBehind(text: string, from: number): Gap | undefined {
  let to = from;
  while (text[to] === ' ' || text[to] === '\t') to += 1;
  if (to === from) return undefined;
  const isLast = to >= text.length || text[to] === '\n' || text[to] === '\r';
  const start = from + 1;
  if (isLast) return { span: { start, end: to } };
  return to - from > 1 ? { span: { start, end: to - 1 } } : { span: { start, end: start }, after: ' ' };
}
