import type { Span } from '../../model/span';
import { type SourcedText, SourcedTextBuilder, unknownText } from '../sourced-text';

/**
 * The words of a line of a save file, as iptables-restore takes them apart (iptables/xshared.c, `add_param_to_argv`):
 * blanks separate them, double quotes keep blanks and end a word when they close, a backslash escapes within quotes
 * alone. Single quotes are letters, and nothing is substituted; but a file that holds `{{ … }}`, `<% … %>`, `${NAME}`,
 * `$NAME`, `@NAME@` or `%NAME%` is a template of one, and nobody knows yet what will stand there.
 */
export function saveWords(text: string, line: Span): SourcedText[] {
  const words: SourcedText[] = [];
  let word = new SourcedTextBuilder();
  let isQuoted = false;
  let at = line.start;
  const placeholders = new Placeholders(text, line.end);
  const end = (): void => {
    words.push(word.text());
    word = new SourcedTextBuilder();
  };
  while (at < line.end) {
    const char = text[at] ?? '';
    const placeholder = placeholders.endAt(at);
    if (placeholder !== undefined) {
      word.replaced(unknownText, { start: at, end: placeholder });
      at = placeholder;
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

const plainStop = /[ \t"{<$@%]/g;
const quotedStop = /["\\{<$@%]/g;

/** Adds characters up to the next one that may mean something, at least one. */
function plain(word: SourcedTextBuilder, text: string, at: number, end: number, stop: RegExp): number {
  stop.lastIndex = at + 1;
  const found = stop.exec(text);
  const to = found === null ? end : Math.min(found.index, end);
  word.literal(text.slice(at, to), at);
  return to;
}

/** Finds the ends of placeholders; where the next closing sign stands is remembered, so that open ones cost nothing. */
class Placeholders {
  private readonly next = new Map<string, number>();

  constructor(
    private readonly text: string,
    private readonly end: number,
  ) {}

  /** Where the placeholder that begins here ends; undefined when none does. */
  endAt(at: number): number | undefined {
    switch (this.text[at]) {
      case '{': {
        const second = this.text[at + 1];
        return second === '{' || second === '%' ? this.closing(at, second === '{' ? '}}' : '%}') : undefined;
      }
      case '<':
        return this.text[at + 1] === '%'
          ? this.closing(at, '%>')
          : this.named(/<[A-Za-z_][\w -]{0,40}>/y, at);
      case '$':
        return this.text[at + 1] === '{' ? this.closing(at, '}') : this.named(/\$[A-Za-z_]\w*/y, at);
      case '@':
        return this.named(/@[A-Za-z_][\w.-]{0,40}@/y, at);
      case '%':
        return this.named(/%[A-Za-z_]\w{0,40}%/y, at);
      default:
        return undefined;
    }
  }

  private closing(at: number, sign: string): number | undefined {
    let found = this.next.get(sign) ?? -1;
    if (found < at) {
      const ahead = this.text.slice(at, this.end).indexOf(sign);
      found = ahead < 0 ? Number.POSITIVE_INFINITY : at + ahead;
      this.next.set(sign, found);
    }
    return found + sign.length <= this.end ? found + sign.length : undefined;
  }

  private named(pattern: RegExp, at: number): number | undefined {
    pattern.lastIndex = at;
    const length = pattern.exec(this.text)?.[0].length;
    return length === undefined || at + length > this.end ? undefined : at + length;
  }
}
