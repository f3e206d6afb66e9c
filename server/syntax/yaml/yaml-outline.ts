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
  let indent: number | undefined;
  let open: { start: number; lineEnd: number } | undefined;
  for (const line of lines(text, span)) {
    if (line.blank) continue;
    if (indent === undefined) {
      if (keyOf(text, line) === '') return undefined;
      indent = line.indent;
    }
    const begins = line.indent <= indent && !(line.indent === indent && isItem(text, line));
    if (!begins) continue;
    if (open !== undefined) entries.push(entry(text, open, line.start));
    open = { start: line.start, lineEnd: line.end };
  }
  if (open === undefined) return [];
  entries.push(entry(text, open, span.end));
  return entries;
}

/**
 * The documents of a stream: the stretches between `---` and `...` lines. What stands on a `---` line itself
 * belongs to the document that it opens.
 */
export function documents(text: string): readonly Span[] {
  const found: Span[] = [];
  let start = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  for (const line of lines(text, { start, end: text.length })) {
    const marker = text.slice(line.start, line.start + 3);
    if ((marker !== '---' && marker !== '...') || !isBlankOrEnd(text, line.start + 3, line.end)) continue;
    found.push({ start, end: line.start });
    start = line.start + 3;
  }
  found.push({ start, end: text.length });
  return found;
}

const byteOrderMark = '\uFEFF';

interface Line {
  readonly start: number;
  /** The offset of the line's terminator, or of the end of the text. */
  readonly end: number;
  /** How many blanks stand in front of the first character. */
  readonly indent: number;
  /** True for a line with nothing but blanks or a comment. */
  readonly blank: boolean;
}

function* lines(text: string, { start, end }: Span): Iterable<Line> {
  let at = start;
  while (at < end) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 || newline >= end ? end : newline;
    let first = at;
    while (first < lineEnd && text[first] === ' ') first += 1;
    const character = text[first];
    const blank = first >= lineEnd || character === '#' || character === '\r' || character === '\t';
    yield { start: at, end: lineEnd, indent: first - at, blank };
    at = lineEnd + 1;
  }
}

function entry(
  text: string,
  { start, lineEnd }: { start: number; lineEnd: number },
  end: number,
): OutlineEntry {
  const indent = /^ */.exec(text.slice(start, lineEnd))?.[0].length ?? 0;
  const line = { start, end: lineEnd, indent, blank: false };
  const key = keyOf(text, line);
  const afterKey = key === '' ? '' : text.slice(text.indexOf(':', start + indent + key.length) + 1, lineEnd);
  const opensBlock = key !== '' && /^[ \t\r]*(?:#.*)?$/.test(afterKey);
  const span = { start, end };
  return opensBlock ? { key, span, body: { start: Math.min(lineEnd + 1, end), end } } : { key, span };
}

/** The key of a line `key:`; empty when the line is none. Only plain and quoted keys on one line are known. */
function keyOf(text: string, { start, end, indent }: Line): string {
  const first = start + indent;
  const quote = text[first];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, first + 1);
    return close > first && close < end && text[close + 1] === ':' ? text.slice(first + 1, close) : '';
  }
  if (quote === undefined || '-?:,[]{}#&*!|>%@`\t'.includes(quote)) return '';
  let colon = text.indexOf(':', first);
  while (colon >= 0 && colon < end && !isBlankOrEnd(text, colon + 1, end))
    colon = text.indexOf(':', colon + 1);
  return colon < 0 || colon >= end ? '' : text.slice(first, colon).trimEnd();
}

/** A `- ` at the mapping's own indentation goes on with the sequence that is the value of the key above. */
function isItem(text: string, { start, end, indent }: Line): boolean {
  return text[start + indent] === '-' && isBlankOrEnd(text, start + indent + 1, end);
}

function isBlankOrEnd(text: string, at: number, end: number): boolean {
  const character = text[at];
  return at >= end || character === ' ' || character === '\t' || character === '\r' || character === '\n';
}
