import { type SourcedText, SourcedTextBuilder, sourceSpan, subText } from '../sourced-text';

/** The words of a text, and what is wrong where it cannot be taken apart. */
export interface SplitText {
  readonly words: readonly SourcedText[];
  /** Python's own words. */
  readonly refusal?: 'No closing quotation' | 'No escaped character';
}

/**
 * Takes a text apart as Python's `shlex.split` does in POSIX mode, without comments: blanks part words, quotes of both
 * kinds, a backslash in front of any character, within double quotes only in front of `"` and `\`.
 */
export function pythonSplit(text: SourcedText): SplitText {
  const { value } = text;
  const words: SourcedText[] = [];
  const split = new Splitter(text);
  for (let at = 0; at < value.length; ) {
    const character = value.charAt(at);
    if (' \t\r\n'.includes(character)) {
      split.end(words);
      at += 1;
    } else if (character === '\\') {
      if (at + 1 >= value.length) return { words: split.end(words), refusal: 'No escaped character' };
      split.add(at + 1, at + 2);
      at += 2;
    } else if (character === "'" || character === '"') {
      const end = split.quote(at);
      if (end < 0) return { words: split.end(words), refusal: 'No closing quotation' };
      at = end;
    } else {
      plain.lastIndex = at;
      plain.test(value);
      const end = plain.lastIndex;
      split.add(at, end);
      at = end;
    }
  }
  return { words: split.end(words) };
}

const plain = /[^ \t\r\n\\'"]+/y;
const quotedPlain = /[^\\"]+/y;

/** The word that is being read. */
class Splitter {
  private word: SourcedTextBuilder | undefined;

  constructor(private readonly text: SourcedText) {}

  add(from: number, to: number): void {
    this.word ??= new SourcedTextBuilder();
    if (to > from) this.word.append(subText(this.text, from, to));
  }

  /** Adds what stands in the quotes that begin at `at`; answers the place behind them, -1 when there is none. */
  quote(at: number): number {
    const { value } = this.text;
    const mark = value.charAt(at);
    this.add(at, at);
    this.hold(at);
    if (mark === "'") {
      const end = value.indexOf(mark, at + 1);
      this.add(at + 1, end < 0 ? value.length : end);
      return end < 0 ? -1 : end + 1;
    }
    let from = at + 1;
    while (from < value.length) {
      const character = value.charAt(from);
      if (character === '"') return from + 1;
      if (character === '\\') {
        const isEscape = '"\\'.includes(value.charAt(from + 1)) && from + 1 < value.length;
        this.add(isEscape ? from + 1 : from, isEscape ? from + 2 : from + 1);
        from += isEscape ? 2 : 1;
      } else {
        quotedPlain.lastIndex = from;
        quotedPlain.test(value);
        this.add(from, quotedPlain.lastIndex);
        from = quotedPlain.lastIndex;
      }
    }
    return -1;
  }

  /** What is nothing but quotes has its place between them, also behind other characters: `port=""`. */
  private hold(at: number): void {
    const { value } = this.text;
    if (this.word?.isEmpty || value[at + 1] === value[at])
      this.word?.replaced('', sourceSpan(this.text, at + 1, at + 1));
  }

  end(words: SourcedText[]): SourcedText[] {
    if (this.word !== undefined) words.push(this.word.text());
    this.word = undefined;
    return words;
  }
}
