import type { Span } from '../../model/span';
import { type SourcedText, sourceSpan } from '../sourced-text';

/**
 * Where a command stands, without the reserved words of the shell before it: `then`, `do`, `{`.
 *
 * @param text The text around it, in which a quotation mark at either end belongs to the command.
 */
export function commandSpan(words: readonly SourcedText[], text = ''): Span {
  const at = words.findIndex(({ value }) => !reserved.has(value));
  const first = words[Math.max(at, 0)];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return { start: 0, end: 0 };
  const { start } = sourceSpan(first, 0, first.value.length);
  const end = Math.max(start, sourceSpan(last, 0, last.value.length).end);
  return {
    start: isQuote(text[start - 1]) ? start - 1 : start,
    end: isQuote(text[end]) ? end + 1 : end,
  };
}

const reserved: ReadonlySet<string> = new Set([
  ...['if', 'then', 'else', 'elif', 'while', 'until', 'do', '{', '!', 'time'],
]);

function isQuote(char: string | undefined): boolean {
  return char === '"' || char === "'";
}
