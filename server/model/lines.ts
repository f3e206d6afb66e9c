import type { Span } from './span';

/** The lines that a span stands on, the end of the last one included. */
export function linesOf(text: string, { start, end }: Span): Span {
  return { start: lineStart(text, start), end: Math.min(lineEnd(text, end) + 1, text.length) };
}

/** The line that holds an offset, without its end; a byte order mark is no part of it. */
export function lineAt(text: string, at: number): Span {
  const start = lineStart(text, at);
  return trimmed(text, start === 0 && text.startsWith('\uFEFF') ? 1 : start);
}

/** The line behind the one that `end` stands in, without its end; empty at the end of the text. */
export function lineBehind(text: string, end: number): Span {
  return trimmed(text, Math.min(lineEnd(text, end) + 1, text.length));
}

/** Where the line that `at` stands in begins. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line that `from` stands in ends: its line feed, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function trimmed(text: string, start: number): Span {
  const end = lineEnd(text, start);
  return { start, end: end > start && text[end - 1] === '\r' ? end - 1 : end };
}
