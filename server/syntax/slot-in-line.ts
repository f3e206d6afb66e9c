import type { PortSlot } from '../model/port-slot';

/**
 * A slot that stays within its line and leaves the line sound. What is replaced ends before a line break or a comment that
 * the reader took for part of a value; a quotation mark that nothing closes on the line is closed behind what is put in the
 * slot; a comment that touches it is kept apart by a blank.
 */
export function slotInLine(text: string, slot: PortSlot): PortSlot {
  const { start } = slot.span;
  const end = endInLine(text, slot);
  const open = openQuote(text, start, end);
  const { after = '' } = slot;
  const mark = open === undefined || after.includes(open) ? '' : open;
  const blank = text[end] === '#' && !after.endsWith(' ') ? ' ' : '';
  if (end === slot.span.end && mark === '' && blank === '') return slot;
  return { ...slot, span: { start, end }, after: `${after}${mark}${blank}` };
}

/** No port is written with a break or a hash in it: in front of those, the characters that a port can have are what was typed. */
function endInLine(text: string, { span: { start, end } }: PortSlot): number {
  let typed = start;
  while (typed < end && /[A-Za-z0-9]/.test(text[typed] ?? '')) typed += 1;
  for (let at = typed; at < end; at += 1) if (/[\r\n#]/.test(text[at] ?? '')) return typed;
  return end;
}

/** The quotation mark at the beginning of the word around a place, where nothing closes it on the line. */
function openQuote(text: string, start: number, end: number): string | undefined {
  for (let at = start - 1; at >= Math.max(0, start - longestWord); at -= 1) {
    const character = text[at] ?? '';
    if (/\s/.test(character)) return undefined;
    if (character !== '"' && character !== "'") continue;
    // What stands before it tells one that opens from one that closes.
    if (at > 0 && !/[\s[{(,:=]/.test(text[at - 1] ?? '')) return undefined;
    return isClosed(text, end, character) ? undefined : character;
  }
  return undefined;
}

/** The next mark closes the word if it stands in the same word, or if those behind it would not be pairs without it. */
function isClosed(text: string, from: number, quote: string): boolean {
  let marks = 0;
  let isSameWord = true;
  for (let at = from; at < Math.min(text.length, from + longestWord); at += 1) {
    const character = text[at] ?? '';
    if (character === '\n' || character === '\r') break;
    if (character === quote) {
      if (isSameWord) return true;
      marks += 1;
    }
    if (/[\s,]/.test(character)) isSameWord = false;
  }
  return marks % 2 === 1;
}

/** In UTF-16 code units; a port does not stand further than this from the marks around it. */
const longestWord = 256;
