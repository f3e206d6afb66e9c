import type { Span } from '../../model/span';

/** One entry of a block mapping: its key's line and all lines below that belong to it. */
export interface OutlineEntry {
  /** The key as written, without quotes; empty where the lines form no entry. */
  readonly key: string;
  readonly span: Span;
  /** The lines below the key's own, when nothing but blanks and a comment follows the key's colon. */
  readonly body?: Span;
}

/**
 * Cuts `text[span)`, the lines of a block mapping, into its entries by their indentation alone, without parsing.
 * Lines that stand further out than the first entry begin an entry of their own, without a key: they cannot
 * belong to the mapping, and what is wrong with them spoils nothing else. Answers undefined where the first line
 * is no key of a block mapping (a sequence, a flow collection, a scalar).
 */
export function outline(text: string, span: Span): readonly OutlineEntry[] | undefined {
  const entries: OutlineEntry[] = [];
  let indent = -1;
  let openStart = -1;
  let openEnd = -1;
  // A loop over offsets and no objects: it runs over every line of the file at every keystroke.
  for (let start = span.start, end = start; start < span.end; start = end + 1) {
    const newline = text.indexOf('\n', start);
    end = newline < 0 || newline >= span.end ? span.end : newline;
    let first = start;
    while (first < end && text.charCodeAt(first) === blank) first += 1;
    if (first >= end || isSkipped(text.charCodeAt(first))) continue;
    const depth = first - start;
    if (indent < 0) {
      if (keyOf(text, first, end) === '') return undefined;
      indent = depth;
    }
    if (depth > indent || (depth === indent && isItem(text, first, end))) continue;
    if (openStart >= 0) entries.push(entry(text, openStart, openEnd, start));
    openStart = start;
    openEnd = end;
  }
  if (openStart >= 0) entries.push(entry(text, openStart, openEnd, span.end));
  return entries;
}

/**
 * The documents of a stream: the stretches between `---` and `...` lines. What stands on a `---` line itself
 * belongs to the document that it opens.
 */
export function documents(text: string): readonly Span[] {
  const found: Span[] = [];
  let start = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  for (const { index } of text.matchAll(/^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm)) {
    found.push({ start, end: index });
    start = index + 3;
  }
  found.push({ start, end: text.length });
  return found;
}

const byteOrderMark = '\uFEFF';
const blank = 0x20;

/** Tells whether a line that begins with this character is a comment or has nothing but blanks. */
function isSkipped(character: number): boolean {
  return character === 0x23 || character === 0x0d || character === 0x09;
}

function entry(text: string, start: number, lineEnd: number, end: number): OutlineEntry {
  let first = start;
  while (text.charCodeAt(first) === blank) first += 1;
  const key = keyOf(text, first, lineEnd);
  const afterKey = key === '' ? '' : text.slice(text.indexOf(':', first + key.length) + 1, lineEnd);
  const opensBlock = key !== '' && /^[ \t\r]*(?:#.*)?$/.test(afterKey);
  const span = { start, end };
  return opensBlock ? { key, span, body: { start: Math.min(lineEnd + 1, end), end } } : { key, span };
}

/** The key of a line `key:`; empty when the line is none. Only plain and quoted keys on one line are known. */
function keyOf(text: string, first: number, end: number): string {
  const line = text.slice(first, Math.min(end, first + longestKey));
  const quote = line[0];
  if (quote === '"' || quote === "'") {
    const close = line.indexOf(quote, 1);
    return close > 0 && line[close + 1] === ':' ? line.slice(1, close) : '';
  }
  if (quote === undefined || '-?:,[]{}#&*!|>%@`\t'.includes(quote)) return '';
  const colon = /:(?=[ \t\r]|$)/.exec(line)?.index;
  return colon === undefined ? '' : line.slice(0, colon).trimEnd();
}

/** No key is longer than this. */
const longestKey = 1024;

/** A `- ` at the mapping's own indentation goes on with the sequence that is the value of the key above. */
function isItem(text: string, first: number, end: number): boolean {
  return text[first] === '-' && (first + 1 >= end || /[ \t\r]/.test(text[first + 1] ?? ''));
}
