import type { Span } from '../../model/span';
import { NextPlace } from '../next-place';
import { literalText, type SourcedText, SourcedTextBuilder } from '../sourced-text';
import { TemplateMarks } from '../template-marks';
import { skipLua } from './nginx-lua';

/** One word of a directive: its name or an argument. */
export interface NginxWord {
  /** What nginx makes of it, without quotation marks and escapes. */
  readonly text: SourcedText;
  /** With its quotation marks. */
  readonly span: Span;
  readonly isQuoted: boolean;
  /** True when nothing but blanks stands before it on its line. */
  readonly startsLine: boolean;
  /** True when a template engine fills in a part of it. */
  readonly isTemplate: boolean;
}

/** A word, one of the marks `;`, `{` and `}`, or a character that cannot stand where it stands. */
export type NginxToken =
  | { readonly kind: 'word'; readonly word: NginxWord }
  | { readonly kind: ';' | '{' | '}'; readonly span: Span }
  | {
      readonly kind: 'unexpected';
      /** The character, or the quotation mark that is not closed on its line. */
      readonly span: Span;
      /** What nginx does not expect; absent where it reads on to the end of the file. */
      readonly char?: string;
      readonly isQuote: boolean;
    };

/**
 * Cuts a text into words as nginx does (src/core/ngx_conf_file.c: ngx_conf_read_token): blanks are space, tab, CR and
 * LF; a word may be wholly in quotation marks, behind which only a blank, `;`, `{` or `)` may follow; `#` begins a
 * comment where a word could begin; a backslash takes the next character along; the brace of `${` opens no block.
 * A template's marks are kept together. The word of a quotation mark that nothing closes ends with its line, so that
 * the rest of the file can still be read.
 */
export class NginxLexer {
  /** True once a template's mark stood outside of quotation marks. */
  hasTemplates = false;
  /** True once a template's mark stood where it can leave out, repeat or add whole directives. */
  hasTemplateLines = false;
  /** True when a template's mark was met since this was last set to false. */
  metTemplate = false;
  private at: number;
  private startsLine = true;
  private unexpected: NginxToken | undefined;
  private readonly marks: TemplateMarks;
  private readonly newlines: NextPlace;
  /** From where on a quotation mark of this kind is known to be never closed. */
  private readonly unclosed = new Map<string, number>();

  constructor(private readonly text: string) {
    this.at = text.startsWith('\uFEFF') ? 1 : 0;
    this.marks = new TemplateMarks(text);
    this.newlines = new NextPlace(text, '\n');
  }

  /** The next token; undefined at the end of the text. */
  next(): NginxToken | undefined {
    if (this.unexpected !== undefined) {
      const token = this.unexpected;
      this.unexpected = undefined;
      return token;
    }
    this.skipBlanks();
    const start = this.at;
    const char = this.text[start];
    if (char === undefined) return undefined;
    if (char === ';' || char === '}' || (char === '{' && this.marks.at(start) === undefined)) {
      this.at = start + 1;
      this.startsLine = false;
      return { kind: char, span: { start, end: start + 1 } };
    }
    const word = char === '"' || char === "'" ? this.quoted(char) : this.plain();
    this.startsLine = false;
    return { kind: 'word', word };
  }

  /** Skips raw Lua up to the brace that closes its block, which stays to be read. */
  skipLua(): void {
    this.at = skipLua(this.text, this.at);
    this.startsLine = false;
  }

  /** Blanks, comments, and the statements of a template engine, which leave nothing behind. */
  private skipBlanks(): void {
    for (;;) {
      const char = this.text[this.at];
      if (char === '\n') {
        this.startsLine = true;
        this.at++;
      } else if (char === ' ' || char === '\t' || char === '\r') {
        this.at++;
      } else if (char === '#') {
        this.at = this.newlines.after(this.at);
      } else {
        const mark = char === '{' || char === '<' ? this.marks.at(this.at) : undefined;
        if (mark === undefined || !(mark.isControl || this.standsAlone(mark.end))) return;
        this.meet();
        this.hasTemplateLines = true;
        this.at = mark.end;
      }
    }
  }

  /** A mark that is a line by itself stands for whole directives. */
  private standsAlone(end: number): boolean {
    if (!this.startsLine) return false;
    let at = end;
    while (' \t\r'.includes(this.text[at] ?? '\n')) at++;
    return (this.text[at] ?? '\n') === '\n';
  }

  private meet(): void {
    this.hasTemplates = true;
    this.metTemplate = true;
  }

  private plain(): NginxWord {
    const { text, startsLine } = this;
    const start = this.at;
    let at = start;
    let variable = false;
    let hasEscapes = false;
    let isTemplate = false;
    for (; at < text.length; at++) {
      const char = text[at];
      const mark = char === '{' || char === '<' ? this.marks.at(at) : undefined;
      if (mark !== undefined) {
        this.meet();
        isTemplate = true;
        at = mark.end - 1;
        continue;
      }
      if (char === '{' && variable) continue;
      if (at > start && (isBlank(char) || char === ';' || char === '{')) break;
      variable = char === '$';
      if (char === '\\') {
        hasEscapes = true;
        at++;
      }
    }
    this.at = Math.min(at, text.length);
    const span = { start, end: this.at };
    return { text: this.unescaped(span, hasEscapes), span, isQuoted: false, startsLine, isTemplate };
  }

  private quoted(quote: string): NginxWord {
    const { text, startsLine } = this;
    const start = this.at;
    const { end, isTemplate } = this.closing(quote, start + 1);
    const next = text[end + 1];
    const fits = next === undefined || isBlank(next) || ';{)}'.includes(next);
    const lineEnd = this.newlines.after(start);
    if (end >= text.length || (!fits && lineEnd < end)) return this.unclosedQuote(start, lineEnd, next);
    this.at = end + 1;
    const span = { start: start + 1, end };
    if (!fits) {
      const at = { start: this.at, end: this.at + 1 };
      this.unexpected = { kind: 'unexpected', span: at, char: next, isQuote: false };
    }
    const escaped = text.slice(span.start, span.end).includes('\\');
    const whole = { start, end: end + 1 };
    return { text: this.unescaped(span, escaped), span: whole, isQuoted: true, startsLine, isTemplate };
  }

  /** The quotation mark was forgotten at the end of the word, or stands where none belongs. */
  private unclosedQuote(start: number, lineEnd: number, next: string | undefined): NginxWord {
    const { text, startsLine } = this;
    let end = lineEnd;
    while (end > start + 1 && ' \t\r;'.includes(text[end - 1] ?? '')) end--;
    this.at = end;
    const span = { start, end: start + 1 };
    this.unexpected = { kind: 'unexpected', span, isQuote: true, ...(next !== undefined && { char: next }) };
    const inner = { start: start + 1, end };
    const escaped = text.slice(inner.start, end).includes('\\');
    const value = this.unescaped(inner, escaped);
    return { text: value, span: { start, end }, isQuoted: true, startsLine, isTemplate: false };
  }

  /** The place of the quotation mark that closes, or the end of the text. */
  private closing(quote: string, from: number): { readonly end: number; readonly isTemplate: boolean } {
    const { text, unclosed } = this;
    let isTemplate = false;
    if (from > (unclosed.get(quote) ?? text.length)) return { end: text.length, isTemplate };
    for (let at = from; at < text.length; at++) {
      const char = text[at];
      if (char === '\\') at++;
      else if (char === quote) return { end: at, isTemplate };
      else if (char === '{' && text[at + 1] === '{') {
        // Quotation marks in a template's expression belong to the expression.
        const mark = this.marks.at(at, this.newlines.after(at));
        if (mark === undefined) continue;
        isTemplate = true;
        at = mark.end - 1;
      }
    }
    unclosed.set(quote, from);
    return { end: text.length, isTemplate };
  }

  /** `\"`, `\'` and `\\` are the character, `\t`, `\r` and `\n` a blank; other backslashes stay. */
  private unescaped({ start, end }: Span, hasEscapes: boolean): SourcedText {
    const { text } = this;
    if (!hasEscapes) return literalText(text.slice(start, end), start);
    const builder = new SourcedTextBuilder();
    let from = start;
    for (let at = start; at < end; at++) {
      const value = text[at] === '\\' && at + 1 < end ? escapes.get(text[at + 1] ?? '') : undefined;
      if (value === undefined) continue;
      builder.literal(text.slice(from, at), from);
      builder.replaced(value, { start: at, end: at + 2 });
      at++;
      from = at + 1;
    }
    builder.literal(text.slice(from, end), from);
    if (builder.isEmpty) builder.replaced('', { start, end });
    return builder.text();
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ...['"', "'", '\\'].map((char): [string, string] => [char, char]),
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
]);

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n';
}
