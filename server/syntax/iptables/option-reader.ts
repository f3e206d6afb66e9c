import { type SourcedText, subText, unknownText } from '../sourced-text';
import { withAddressNames } from './address-names';
import { type Extension, type OptionEntry, ownOptions, shortOptions } from './extensions';

/** The next thing that stands in a command. */
export type Step =
  | { readonly kind: 'option'; readonly option: ReadOption }
  /** A word that is no option: `!`, or one that the program refuses. */
  | { readonly kind: 'word'; readonly word: SourcedText }
  /** No option that is known so far, or an ambiguous abbreviation; `name` is the word without `=value`. */
  | { readonly kind: 'unknown'; readonly word: SourcedText; readonly name: string }
  | { readonly kind: 'valueless'; readonly word: SourcedText; readonly entry: OptionEntry }
  /** A word that nobody can tell before the command runs: an option, several of them, or nothing at all. */
  | { readonly kind: 'guess'; readonly word: SourcedText }
  /** `--`: what follows is no option. */
  | { readonly kind: 'stop'; readonly rest: readonly SourcedText[] };

/** An option as it is written. */
export interface ReadOption {
  readonly entry: OptionEntry;
  /** The extension that has it; absent for the program's own. */
  readonly extension?: Extension;
  readonly word: SourcedText;
  /** How it is written, without its value: `--dport`, `-p`. */
  readonly name: string;
  readonly value?: SourcedText;
  /** Where the word is its value as well: `--dport=80`, `-ptcp`. */
  readonly isAttached: boolean;
}

/**
 * Takes the words of a command as glibc's getopt_long(3) does with the program's option string, which begins with `-`:
 * words that are no options are handed out where they stand. Long options may be abbreviated as long as one option
 * alone, or names of one option, begin like that; an exact name counts before abbreviations. Options that an extension
 * brings along come after the program's own and before those of extensions loaded earlier.
 */
export class OptionReader {
  private at = 0;
  /** Where the next letter of a bundle (`-nvL`) stands; 0 when no bundle is open. */
  private letter = 0;
  private loaded: readonly Extension[] = [];

  constructor(private readonly words: readonly SourcedText[]) {}

  load(extension: Extension): void {
    this.loaded = [extension, ...this.loaded];
  }

  /** Reads the last word anew, with the options that are known by now. */
  back(): void {
    this.at -= 1;
    this.letter = 0;
  }

  /** The next word without taking it. */
  peek(): SourcedText | undefined {
    return this.words[this.at];
  }

  /** Takes the next word, whatever it is. */
  take(): SourcedText | undefined {
    return this.words[this.at++];
  }

  /** Takes the next word unless it begins like an option (iptables/xshared.c, `xs_has_arg`). */
  takePlain(): SourcedText | undefined {
    const next = this.peek();
    return next === undefined || /^[-!]/.test(next.value) ? undefined : this.take();
  }

  next(): Step | undefined {
    const word = this.peek();
    if (word === undefined) return undefined;
    const { value } = word;
    if (this.letter > 0) return this.short(word);
    if (value.startsWith(unknownText) || (value.startsWith('--') && hasUnknownName(value))) {
      this.at++;
      return { kind: 'guess', word };
    }
    if (value === '--') return { kind: 'stop', rest: this.words.slice(this.at + 1) };
    if (value.startsWith('--')) return this.long(word);
    if (value.startsWith('-') && value.length > 1) {
      this.letter = 1;
      return this.short(word);
    }
    this.at++;
    return { kind: 'word', word };
  }

  private long(word: SourcedText): Step {
    this.at++;
    const { value } = word;
    const equals = value.indexOf('=');
    const name = equals < 0 ? value : value.slice(0, equals);
    const found = this.find(name.slice(2));
    if (found === undefined || (equals >= 0 && found.entry.takes === 'nothing')) {
      return { kind: 'unknown', word, name };
    }
    if (equals >= 0) {
      return this.option({ ...found, word, name, isAttached: true }, subText(word, equals + 1, value.length));
    }
    return this.valued({ ...found, word, name, isAttached: false });
  }

  /** One letter of `-p`, `-ptcp` or `-nvL`. */
  private short(word: SourcedText): Step {
    const { value } = word;
    const at = this.letter;
    const letter = value[at] ?? '';
    const isLast = at + 1 >= value.length;
    this.letter = isLast ? 0 : at + 1;
    if (isLast) this.at++;
    if (letter === unknownText) {
      if (!isLast) this.at++;
      this.letter = 0;
      return { kind: 'guess', word };
    }
    const entry = shortOptions.get(letter);
    const name = `-${letter}`;
    if (entry === undefined) {
      if (!isLast) this.at++;
      this.letter = 0;
      return { kind: 'unknown', word, name: value };
    }
    if (entry.takes === 'nothing') return this.option({ entry, word, name, isAttached: false });
    if (isLast) return this.valued({ entry, word, name, isAttached: false });
    this.letter = 0;
    this.at++;
    return this.option({ entry, word, name, isAttached: true }, subText(word, at + 1, value.length));
  }

  private valued(option: ReadOption): Step {
    if (option.entry.takes !== 'value') return this.option(option);
    const value = this.take();
    return value === undefined
      ? { kind: 'valueless', word: option.word, entry: option.entry }
      : this.option(option, value);
  }

  private option(option: ReadOption, value?: SourcedText): Step {
    if (value === undefined) return { kind: 'option', option };
    return { kind: 'option', option: { ...option, value: withAddressNames(value, option.entry) } };
  }

  private find(name: string): Found | undefined {
    const exact = ownByName.get(name) ?? this.loadedByName(name);
    if (exact !== undefined) return exact;
    const beginnings: Found[] = ownFound.filter(({ entry }) => entry.name.startsWith(name));
    for (const extension of this.loaded) {
      for (const entry of extension.options) {
        if (entry.name.startsWith(name)) beginnings.push({ entry, extension });
      }
    }
    const [first] = beginnings;
    return beginnings.every(({ entry }) => entry.id === first?.entry.id) ? first : undefined;
  }

  private loadedByName(name: string): Found | undefined {
    for (const extension of this.loaded) {
      const entry = extension.options.find((each) => each.name === name);
      if (entry !== undefined) return { entry, extension };
    }
    return undefined;
  }
}

const ownFound: readonly Found[] = ownOptions.map((entry) => ({ entry }));
const ownByName: ReadonlyMap<string, Found> = new Map(ownFound.map((found) => [found.entry.name, found]));

interface Found {
  readonly entry: OptionEntry;
  readonly extension?: Extension;
}

/** A value behind `=` may be unknown, a name may not. */
function hasUnknownName(value: string): boolean {
  const equals = value.indexOf('=');
  return (equals < 0 ? value : value.slice(0, equals)).includes(unknownText);
}
