import type { Edit } from '../../model/finding';
import type { SourceFile } from '../../model/snapshot';
import type { Span } from '../../model/span';

/**
 * Takes a directive out, with its line when nothing else stands on it but a comment, else with the blanks in front of
 * it.
 */
export function removeDirective({ uri, text }: SourceFile, { start, end }: Span): Edit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const isFirst = text.slice(lineStart, start).trim() === '';
  const isLast = /^[ \t\r\n]*(?:#|$)/.test(text.slice(end, lineEnd));
  if (isFirst && isLast) return { uri, span: { start: lineStart, end: lineEnd }, text: '' };
  return removeWord({ uri, text }, { start, end });
}

/** Takes a word out with the blanks in front of it. */
export function removeWord({ uri, text }: Pick<SourceFile, 'uri' | 'text'>, { start, end }: Span): Edit {
  let from = start;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from -= 1;
  return { uri, span: { start: from, end }, text: '' };
}
