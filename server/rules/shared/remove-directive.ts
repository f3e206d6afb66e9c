import type { Edit } from '../../model/finding';
import { linesOf } from '../../model/lines';
import type { SourceFile } from '../../model/snapshot';
import type { Span } from '../../model/span';

/**
 * Takes a directive out, with its line when nothing else stands on it but a comment, else with the blanks in front of
 * it.
 */
export function removeDirective({ uri, text }: SourceFile, { start, end }: Span): Edit {
  const lines = linesOf(text, { start, end });
  const isFirst = text.slice(lines.start, start).trim() === '';
  const isLast = /^[ \t\r\n]*(?:#|$)/.test(text.slice(end, lines.end));
  if (isFirst && isLast) return { uri, span: lines, text: '' };
  return removeWord({ uri, text }, { start, end });
}

/** Takes a word out with the blanks in front of it. */
export function removeWord({ uri, text }: Pick<SourceFile, 'uri' | 'text'>, { start, end }: Span): Edit {
  let from = start;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from -= 1;
  return { uri, span: { start: from, end }, text: '' };
}
