import type { VariableUse } from '../../model/port';
import type { Span } from '../../model/span';
import { sourceSpan } from '../sourced-text';
import { macroUse, type PfMacro } from './pf-macros';

/** Where a token of a macro comes from. */
export interface PfOrigin {
  readonly variable: VariableUse;
  /** Absent when a part of the token stands behind the macro. */
  readonly written?: Span;
}

/** How many characters of macros are read in one file: a long macro is soon used very often. */
const mostExpanded = 200_000;

/**
 * The characters that pfctl sees (`lgetc` and `igetc` of parse.y): a backslash at a line's end joins it with the next
 * one, in comments too, before any other character it is left out; and a macro's text takes the place of its name.
 */
export class PfCharacters {
  private budget = mostExpanded;
  private expansion: Expansion | undefined;
  /** How far the expansion was read. */
  private index = 0;
  private at = 0;

  constructor(private readonly text: string) {}

  /** The offset of the next character of the file. */
  get offset(): number {
    return this.at;
  }

  get isExpanding(): boolean {
    return this.expansion !== undefined && this.index < this.expansion.macro.value.value.length;
  }

  /** A place to come back to, and to measure from; only the last one taken inside a macro can be used. */
  mark(): number {
    return this.isExpanding ? -1 - this.index : this.at;
  }

  reset(mark: number): void {
    if (mark < 0) this.index = -1 - mark;
    if (mark >= 0) this.at = mark;
    else if (this.expansion !== undefined) this.at = this.expansion.span.end;
  }

  /** Puts a macro's text in front of what comes next; false when too much was put in already. */
  expand(macro: PfMacro, span: Span): boolean {
    const { length } = macro.value.value;
    if (length > this.budget) return false;
    this.budget -= length;
    this.expansion = { macro, span };
    this.index = 0;
    return true;
  }

  next(): string | undefined {
    for (;;) {
      const char = this.raw();
      if (char !== '\\') return char;
      const line = this.lineEnd();
      if (line === 0) return this.raw();
      this.at += line;
    }
  }

  peek(): string | undefined {
    const { at, index } = this;
    const char = this.next();
    this.at = at;
    this.index = index;
    return char;
  }

  /** Inside of quotation marks a backslash is a character like others. */
  nextQuoted(): string | undefined {
    const char = this.raw();
    if (char !== '\r' || this.isExpanding || this.text[this.at] !== '\n') return char;
    return this.raw();
  }

  peekQuoted(): string | undefined {
    const { at, index } = this;
    const char = this.nextQuoted();
    this.at = at;
    this.index = index;
    return char;
  }

  /** Stops in front of the line end. */
  skipComment(): void {
    for (let char = this.peek(); char !== undefined && char !== '\n'; char = this.peek()) this.next();
  }

  restOfLine(): string {
    let rest = '';
    for (let char = this.peekQuoted(); char !== undefined && char !== '\n'; char = this.peekQuoted()) {
      rest += char;
      this.nextQuoted();
    }
    return rest;
  }

  skipTo(offset: number): void {
    this.at = offset;
  }

  /** The characters of the file since the mark. */
  spanSince(mark: number): Span {
    if (mark >= 0) return { start: mark, end: this.at };
    const span = this.expansion?.span ?? { start: this.at, end: this.at };
    return { start: span.start, end: Math.max(span.end, this.at) };
  }

  /** The macro that the characters since the mark came out of, when they did. */
  originSince(mark: number): PfOrigin | undefined {
    if (mark >= 0 || this.expansion === undefined) return undefined;
    const { macro, span } = this.expansion;
    const variable = macroUse(macro, span);
    return this.at > span.end
      ? { variable }
      : { variable, written: sourceSpan(macro.value, -1 - mark, this.index) };
  }

  private raw(): string | undefined {
    if (this.expansion !== undefined && this.index < this.expansion.macro.value.value.length)
      return this.expansion.macro.value.value[this.index++];
    return this.at < this.text.length ? this.text[this.at++] : undefined;
  }

  /** How many characters the line end that comes next has; 0 when none does. */
  private lineEnd(): number {
    if (this.isExpanding) return 0;
    if (this.text[this.at] === '\n') return 1;
    return this.text.startsWith('\r\n', this.at) ? 2 : 0;
  }
}

interface Expansion {
  readonly macro: PfMacro;
  /** The characters of `$name`. */
  readonly span: Span;
}
