/**
 * A stretch of one text: offsets in UTF-16 code units, `start` included, `end` excluded.
 * Lines and columns exist only where an answer leaves the engine (lsp/convert and the command line).
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Tells whether a caret at `offset` touches the span; both edges count, as they do for an editor's caret. */
export function touches(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}

/** Tells whether two spans share a character, or whether one is empty and lies in or at the edge of the other. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end ? true : touches(a, b.start) && touches(a, b.end);
}

/** Tells whether both spans cover the same characters. */
export function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

/** The same stretch after the text before it grew by `by` code units. */
export function shifted(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

/** The characters of `text` that the span covers. */
export function slice(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}
