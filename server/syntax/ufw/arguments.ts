import type { FaultFix } from '../../model/fault';
import type { Span } from '../../model/span';
import { type SourcedText, sourceSpan, unknownText, variablesWithin } from '../sourced-text';

/** One word of a ufw command line with its place. */
export interface Argument {
  readonly value: string;
  readonly text: SourcedText;
  readonly span: Span;
}

/** The words of a command line; one without characters (`""`) stands where the word before it ends. */
export function ufwArguments(words: readonly SourcedText[]): readonly Argument[] {
  let end = words.find(({ pieces }) => pieces.length > 0)?.pieces[0]?.span.start ?? 0;
  return words.map((text) => {
    const span =
      text.pieces.length === 0 ? { start: end, end } : sourceSpan(text, 0, Math.max(text.value.length, 1));
    end = Math.max(end, span.end);
    return { value: text.value, text, span };
  });
}

/** Tells whether something that the text alone does not tell has a part in the word. */
export function isUnknown({ value }: Argument): boolean {
  return value.includes(unknownText);
}

/** The characters from the first word to the last one. */
export function wholeSpan(words: readonly Argument[]): Span {
  const start = words[0]?.span.start ?? 0;
  return { start, end: Math.max(start, words.at(-1)?.span.end ?? start) };
}

/** The word for people: a variable by its name, or else an ellipsis. */
export function shown({ value, text }: Argument): string {
  if (!value.includes(unknownText)) return value;
  const names = variablesWithin(text, 0, value.length).map(({ name }) => `$${name}`);
  let next = 0;
  return value.replaceAll(unknownText, () => names[next++] ?? '…');
}

/** A mend that puts another text in place of a whole word, where its characters stand in the text one by one. */
export function replaceWord({ value, span }: Argument, text: string): readonly FaultFix[] {
  return span.end - span.start === value.length ? [{ title: `Write ${text}`, span, text }] : [];
}
