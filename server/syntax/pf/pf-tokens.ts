import type { VariableUse } from '../../model/port';
import type { Span } from '../../model/span';
import { type Placeholder, Placeholders } from '../placeholders';
import { type SourcedText, SourcedTextBuilder, unknownText } from '../sourced-text';
import { PfCharacters } from './pf-characters';
import type { PfMacro } from './pf-macros';

/** One token of pf.conf(5). */
export interface PfToken {
  /**
   * `word` is a name or keyword, `number` decimal digits, `quoted` a string in quotation marks, `mark` punctuation,
   * `unknown` text that only another program or file knows: a macro that is not defined here, a template's placeholder.
   */
  readonly kind: 'word' | 'number' | 'quoted' | 'mark' | 'unknown' | 'newline' | 'end';
  readonly value: string;
  /** The characters of the file: for a token out of a macro those of `$name`. */
  readonly span: Span;
  /** The characters in the macro's definition that it was read from. */
  readonly written?: Span;
  /** The macro it comes out of, or the unknown one that it is. */
  readonly variable?: VariableUse;
  /** A string's value with the way back to its characters; absent for one out of a macro. */
  readonly text?: SourcedText;
  /** True for a string whose closing quotation mark is missing. */
  readonly isOpen?: boolean;
}

/**
 * Takes pf.conf(5) apart as pfctl's `yylex` does (OpenBSD sbin/pfctl/parse.y, and FreeBSD's, which differs in the
 * marks alone): digits are a number only where a blank, a bracket, a comma, `/` or `=` ends them, else they begin a
 * word, and a word holds all punctuation but `( ) { } < > ! = / # ,`. A macro's text is put in where `$name` begins a
 * token, and never a second time inside of it.
 */
export class PfTokens {
  private readonly characters: PfCharacters;
  private readonly openQuotes = new Set<string>();
  private readonly placeholders: Placeholders;

  constructor(
    private readonly text: string,
    private readonly macros: ReadonlyMap<string, PfMacro>,
  ) {
    this.characters = new PfCharacters(text);
    this.placeholders = new Placeholders(text);
  }

  /** The next token; `end` again and again when there is none left. */
  next(): PfToken {
    const { characters } = this;
    for (;;) {
      const before = characters.mark();
      const char = characters.next();
      if (char === undefined) return { kind: 'end', value: '', span: characters.spanSince(before) };
      if (isBlank(char)) continue;
      if (char === '#') {
        characters.skipComment();
        continue;
      }
      if (char === '$' && !characters.isExpanding) {
        const unknown = this.macro(before);
        if (unknown !== undefined) return unknown;
        continue;
      }
      return this.token(char, before);
    }
  }

  /** Puts a macro's text in; answers a token where that text cannot be known. */
  private macro(before: number): PfToken | undefined {
    const { characters } = this;
    let name = '';
    for (
      let char = characters.peek();
      char !== undefined && /[A-Za-z0-9_]/.test(char);
      char = characters.peek()
    )
      name += characters.next();
    const span = characters.spanSince(before);
    const macro = this.macros.get(name);
    if (macro !== undefined && characters.expand(macro, span)) return undefined;
    return { kind: 'unknown', value: `$${name}`, span, variable: { name, span, from: 'unknown' } };
  }

  private token(char: string, before: number): PfToken {
    if (char === '\n') return this.made('newline', char, before);
    if (char === unknownText) return this.made('unknown', char, before);
    if (char === '"' || char === "'") return this.quoted(char, before);
    const placeholder = this.placeholder(before);
    if (placeholder !== undefined) return placeholder;
    const pair = char + (this.characters.peek() ?? '');
    if (pairs.has(pair)) {
      this.characters.next();
      return this.made('mark', pair, before);
    }
    if (char === '-' || isDigit(char)) {
      const number = this.number(char, before);
      if (number !== undefined) return number;
    }
    return /[A-Za-z0-9:_]/.test(char) ? this.word(char, before) : this.made('mark', char, before);
  }

  private number(first: string, before: number): PfToken | undefined {
    const { characters } = this;
    const start = characters.mark();
    let digits = first;
    for (let char = characters.peek(); char !== undefined && isDigit(char); char = characters.peek())
      digits += characters.next();
    if (digits !== '-' && endsNumber(characters.peek())) return this.made('number', decimal(digits), before);
    characters.reset(start);
    return undefined;
  }

  private word(first: string, before: number): PfToken {
    const { characters } = this;
    let word = first;
    for (let char = characters.peek(); char !== undefined && inWord(char); char = characters.peek())
      word += characters.next();
    return this.made('word', word, before);
  }

  /** Line ends inside of quotation marks are left out, and a backslash escapes the mark, a blank or a line end. */
  private quoted(quote: string, before: number): PfToken {
    const { characters } = this;
    const start = characters.mark();
    const value = new QuotedValue(this.text);
    while (!this.openQuotes.has(quote)) {
      const filledIn = characters.isExpanding ? undefined : this.placeholders.at(characters.offset);
      if (filledIn !== undefined) {
        value.unknown(filledIn);
        characters.skipTo(filledIn.end);
        continue;
      }
      const char = characters.nextQuoted();
      const at = characters.offset - 1;
      if (char === undefined) {
        // Behind a string without an end there is none with one, so nobody has to look again.
        this.openQuotes.add(quote);
      } else if (char === quote) {
        const made = this.made('quoted', value.value, before);
        return made.variable === undefined ? { ...made, text: value.sourced() } : made;
      } else if (char === '\n') {
        if (startsStatement(this.text, characters.offset)) break;
      } else if (char === '\\') {
        const next = characters.peekQuoted();
        if (next !== quote && next !== ' ' && next !== '\t' && next !== '\n') {
          value.add(char, at);
        } else if (characters.nextQuoted() !== '\n') {
          value.add(next, at + 1);
        }
      } else {
        value.add(char, at);
      }
    }
    characters.reset(start);
    const rest = characters.restOfLine();
    return { ...this.made('quoted', rest, before), isOpen: true };
  }

  /** What something fills in before pfctl reads the text: `{{ port }}`, `<%= port %>`, `@PORT@`. */
  private placeholder(before: number): PfToken | undefined {
    const { characters } = this;
    const found = characters.isExpanding ? undefined : this.placeholders.at(characters.offset - 1);
    if (found === undefined) return undefined;
    characters.skipTo(found.end);
    const made = this.made('unknown', '', before);
    return { ...made, variable: { name: found.name, span: made.span, from: 'unknown' } };
  }

  private made(kind: PfToken['kind'], value: string, before: number): PfToken {
    const { characters } = this;
    const span = characters.spanSince(before);
    const origin = characters.originSince(before);
    return origin === undefined ? { kind, value, span } : { kind, value, span, ...origin };
  }
}

/** Puts a string together, run by run of characters that stand side by side. */
class QuotedValue {
  value = '';
  private readonly builder = new SourcedTextBuilder();
  private start = 0;
  private end = 0;

  constructor(private readonly text: string) {}

  add(char: string, at: number): void {
    if (at !== this.end) this.flush(at);
    this.value += char;
    this.end = at + 1;
  }

  unknown({ name, start, end }: Placeholder): void {
    this.flush(end);
    this.value += unknownText;
    const span = { start, end };
    this.builder.replaced(unknownText, span, { name, span, from: 'unknown' });
  }

  sourced(): SourcedText {
    this.flush(this.end);
    return this.builder.text();
  }

  private flush(next: number): void {
    this.builder.literal(this.text.slice(this.start, this.end), this.start);
    this.start = next;
    this.end = next;
  }
}

/** Tells whether a statement of pf.conf begins at the offset, blanks left out: no string goes on like this. */
export function startsStatement(text: string, offset: number): boolean {
  statement.lastIndex = offset;
  return statement.test(text);
}

const statement =
  /[ \t]{0,80}(?:(?:pass|block|match)[ \t]+(?:in|out|log|quick|on|return|drop|all|inet6?|proto|from|to)\b|set[ \t]+[a-z-]+[ \t]|table[ \t]*<|(?:[a-z]+-)?anchor[ \t]|(?:rdr|nat|binat)[ \t]+(?:pass|on|inet6?|proto|from|log)\b|scrub[ \t]+(?:in|out|on|all)\b|antispoof[ \t]|include[ \t]|load[ \t]+anchor|[A-Za-z0-9_]{1,80}[ \t]{0,20}=[ \t]{0,20}["'])/y;

const pairs: ReadonlySet<string> = new Set(['!=', '<=', '>=', '<>', '><', '->']);

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\uFEFF';
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

/** `allowed_to_end_number` of parse.y. */
function endsNumber(char: string | undefined): boolean {
  return char === undefined || /[\s),/}=]/.test(char);
}

/** `allowed_in_string` of parse.y: letters, digits and ASCII punctuation but the marks of the grammar. */
function inWord(char: string): boolean {
  return char > ' ' && char < '\x7f' && !'(){}<>!=/#,'.includes(char);
}

/** The digits as pfctl writes the number that it made of them: without zeros in front. */
function decimal(digits: string): string {
  const plain = digits.replace(/^(-?)0+(?=[0-9])/, '$1');
  return plain === '-0' ? '0' : plain;
}
