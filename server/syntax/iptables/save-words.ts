import type { Span } from '../../model/span';
import type { Placeholders } from '../placeholders';
import { type SourcedText, SourcedTextBuilder, unknownText } from '../sourced-text';

/**
 * The words of a line of a save file, as iptables-restore takes them apart (iptables/xshared.c, `add_param_to_argv`):
 * blanks separate them, double quotes keep blanks and end a word when they close, a backslash escapes within quotes
 * alone. Single quotes are letters, and nothing is substituted; but a file with placeholders is a template of one, and
 * nobody knows yet what will stand there.
 *
 * @param placeholders Those of the whole text.
 */
export function saveWords(text: string, line: Span, placeholders: Placeholders): SourcedText[] {
  const words: SourcedText[] = [];
  let word = new SourcedTextBuilder();
  let isQuoted = false;
  let at = line.start;
  const end = (): void => {
    words.push(word.text());
    word = new SourcedTextBuilder();
  };
  while (at < line.end) {
    const char = text[at] ?? '';
    const placeholder = placeholders.at(at);
    if (placeholder !== undefined && placeholder.end <= line.end) {
      const { name, end: behind } = placeholder;
      const span = { start: at, end: behind };
      word.replaced(unknownText, span, { name, span, from: 'unknown' });
      at = behind;
    } else if (isQuoted) {
      if (char === '"') {
        word.replaced('', { start: at, end: at });
        end();
        isQuoted = false;
        at++;
      } else if (char === '\\') {
        const next = at + 1 < line.end ? text[at + 1] : undefined;
        if (next !== undefined) word.replaced(next, { start: at, end: at + 2 });
        at += 2;
      } else at = plain(word, text, at, line.end, quotedStop);
    } else if (char === '"') {
      isQuoted = true;
      if (word.isEmpty) word.replaced('', { start: at + 1, end: at + 1 });
      at++;
    } else if (char === ' ' || char === '\t') {
      if (word.length > 0) end();
      at++;
    } else at = plain(word, text, at, line.end, plainStop);
  }
  // A quotation mark that stays open takes the end of the line with it.
  if (isQuoted) word.replaced('\n', { start: line.end, end: line.end });
  if (word.length > 0) end();
  return words;
}

const plainStop = /[ \t"{<$@%_!]/g;
const quotedStop = /["\\{<$@%_!]/g;

/** Adds characters up to the next one that may mean something, at least one. */
function plain(word: SourcedTextBuilder, text: string, at: number, end: number, stop: RegExp): number {
  stop.lastIndex = at + 1;
  const found = stop.exec(text);
  const to = found === null ? end : Math.min(found.index, end);
  word.literal(text.slice(at, to), at);
  return to;
}

/** The words of the command, without the program that should not be there. */
export function withoutProgram(words: readonly SourcedText[]): readonly SourcedText[] {
  const isProgram = /^(?:\S*\/)?ip6?tables$/.test(words[0]?.value ?? '') && words.length > 1;
  return isProgram ? words.slice(1) : words;
}
