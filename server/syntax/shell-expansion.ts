import type { Span } from '../model/span';
import { isSpace } from './blanks';
import { ExpansionText, type Part, partValue } from './expansion-text';
import { applyOperator, variablePart } from './shell-operators';
import { literalText, type SourcedText, sourceSpan, subText, unknownText } from './sourced-text';

/** A value that the text gives a variable; it may hold `unknownText`. */
export interface VariableValue {
  readonly value: string;
  readonly from: 'ARG' | 'ENV';
  readonly definition?: Span;
}

/** Besides a value: `unset` for certain, or `undeclared`: no text that was read sets it, but something else may. */
export type VariableState = VariableValue | 'unset' | 'undeclared';

export interface ExpansionOptions {
  readonly escape: string;
  /** Without it every variable is unset. */
  readonly variable?: (name: string) => VariableState;
  /** Leave unset variables as they are written (`SkipUnsetEnv`). */
  readonly keepUnset?: boolean;
  /** Keep quotes and escapes in the words (`RawQuotes`, `RawEscapes`). */
  readonly raw?: boolean;
}

/** A word after expansion: as one text, and as the words that blanks outside quotes make of it. */
export interface Expansion {
  readonly text: SourcedText;
  readonly words: readonly SourcedText[];
  /**
   * Text that got lost: BuildKit forgets what stands in a word before an unquoted `${V<operator>…}`, because it
   * reads the operand into the buffer that holds the word.
   */
  readonly lost?: Span;
}

/** Why Docker refuses the expansion. */
export interface ExpansionFault {
  readonly span: Span;
  /** What is wrong, in our words. */
  readonly reason: string;
  /** Docker's own words. */
  readonly docker: string;
}

/**
 * Expands quotes, escapes and variables as BuildKit does for EXPOSE, ENV and ARG, its bugs included
 * (moby/buildkit frontend/dockerfile/shell/lex.go). Frames stand on a stack of our own, so no depth of `${…}`
 * can overflow; variables cannot multiply a text without end: past `longestExpansion` the word is unknown.
 */
export function expandWord(
  word: SourcedText | string,
  options: ExpansionOptions,
): Expansion | ExpansionFault {
  return new Expander(typeof word === 'string' ? literalText(word, 0) : word, options).run();
}

/** Tells a fault from an expansion. */
export function isExpansionFault(read: Expansion | ExpansionFault): read is ExpansionFault {
  return 'docker' in read;
}

/** How many characters the variables of one word may stand for. */
const longestExpansion = 4096;

/** Reads text up to `stop`, or up to the end of the word; `quoted` text up to its quotation mark. */
interface TextFrame {
  readonly kind: 'text' | 'quoted';
  readonly from: number;
  readonly stop?: '}' | '/';
  readonly rawEscapes: boolean;
  readonly out: ExpansionText;
}

/** A `${name<operator>…}` whose operand the frame above it reads. */
interface DollarFrame {
  readonly kind: 'dollar';
  readonly from: number;
  readonly name: string;
  readonly operator: string;
  readonly operatorFrom: number;
  readonly all?: boolean;
  readonly pattern?: string;
}

class Expander {
  private readonly value: string;
  private at = 0;
  private spent = 0;
  private readonly frames: (TextFrame | DollarFrame)[] = [];
  private readonly words: ExpansionText[] = [];
  private current = new ExpansionText();
  private currentFrom = 0;
  private lost: Span | undefined;

  constructor(
    private readonly word: SourcedText,
    private readonly options: ExpansionOptions,
  ) {
    this.value = word.value;
  }

  run(): Expansion | ExpansionFault {
    const out = new ExpansionText();
    this.frames.push({ kind: 'text', from: 0, rawEscapes: this.options.raw === true, out });
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      if (frame.kind === 'dollar' || (this.frames.length === 1 && this.atEnd())) break;
      const fault = frame.kind === 'quoted' ? this.stepQuoted(frame) : this.step(frame);
      if (fault !== undefined) return fault;
    }
    this.endWord();
    if (this.spent > longestExpansion) {
      const unknown = new ExpansionText();
      unknown.add({ value: unknownText, span: this.span(0, this.value.length) });
      return { text: unknown.sourced(), words: [unknown.sourced()] };
    }
    const words = this.words.map((text) => text.sourced());
    return { text: out.sourced(), words, ...(this.lost && { lost: this.lost }) };
  }

  private step(frame: TextFrame): ExpansionFault | undefined {
    if (this.atEnd()) return this.fault(this.at, 'the expression does not end', `missing ${frame.stop}`);
    const char = this.value[this.at] ?? '';
    if (char === frame.stop) {
      this.at++;
      this.frames.pop();
      return this.operandRead(frame.out);
    }
    if (char === '$') return this.dollar();
    if (char === "'") return this.singleQuoted(frame);
    if (char === '"') {
      this.frames.push({ ...frame, kind: 'quoted', from: this.at++, out: new ExpansionText() });
    } else if (char === '<') {
      this.heredocSign(frame);
    } else if (char === this.options.escape) {
      const from = frame.rawEscapes ? this.at : this.at + 1;
      this.at = Math.min(this.at + 2, this.value.length);
      this.keep(frame, from, this.at);
    } else if (isSpace(char.charCodeAt(0))) {
      this.literal(frame.out, this.at, ++this.at);
      if (this.frames.length === 1) this.endWord();
    } else {
      const from = this.at++;
      while (!this.atEnd() && this.isPlain(frame)) this.at++;
      this.keep(frame, from, this.at);
    }
    return undefined;
  }

  private isPlain(frame: TextFrame): boolean {
    const char = this.value[this.at] ?? '';
    return (
      !'$\'"<'.includes(char) &&
      char !== this.options.escape &&
      char !== frame.stop &&
      !isSpace(char.charCodeAt(0))
    );
  }

  private stepQuoted(frame: TextFrame): ExpansionFault | undefined {
    if (this.atEnd()) return this.openQuote(frame.from, 'double');
    const char = this.value[this.at];
    if (char === '$') return this.dollar();
    if (char === '"') {
      this.frames.pop();
      const outside = this.frames.at(-1);
      if (outside === undefined || outside.kind === 'dollar') return undefined;
      if (this.options.raw) this.keep(outside, frame.from, frame.from + 1);
      this.put(outside, { inner: frame.out }, frame.from);
      if (this.options.raw) this.keep(outside, this.at, this.at + 1);
    } else if (char === this.options.escape) {
      const next = this.value[this.at + 1];
      if (frame.rawEscapes) this.literal(frame.out, this.at, this.at + 1);
      if (next === '"' || next === '$' || next === this.options.escape) this.at++;
      if (next !== undefined) this.literal(frame.out, this.at, this.at + 1);
    } else {
      this.literal(frame.out, this.at, this.at + 1);
    }
    this.at++;
    return undefined;
  }

  private singleQuoted(frame: TextFrame): ExpansionFault | undefined {
    const from = this.at;
    const close = this.value.indexOf("'", from + 1);
    this.at = close < 0 ? this.value.length : close + 1;
    if (close < 0) return this.openQuote(from, 'single');
    if (this.options.raw) this.keep(frame, from, close + 1);
    else this.keep(frame, from + 1, close);
    return undefined;
  }

  /** `<<` keeps the blanks after it in its word, so that a heredoc can be told from one word. */
  private heredocSign(frame: TextFrame): void {
    const from = this.at++;
    if (this.value[this.at] === '<') {
      this.at++;
      while (this.value[this.at] === ' ' || this.value[this.at] === '\t') this.at++;
    }
    this.keep(frame, from, this.at);
  }

  private dollar(): ExpansionFault | undefined {
    const from = this.at++;
    const braced = this.value[this.at] === '{';
    if (braced) this.at++;
    if (braced && this.atEnd()) return this.fault(from, 'the "${" has no "}"', "syntax error: missing '}'");
    if (braced && '{}:'.includes(this.value[this.at] ?? '')) {
      const close = this.value.indexOf('}', this.at);
      const to = close < 0 ? this.value.length : close + 1;
      return this.fault(from, 'a variable name is missing', 'syntax error: bad substitution', to);
    }
    const name = this.name();
    if (!braced && name === '') {
      this.put(this.frames.at(-1), { value: '$', span: this.span(from, this.at) }, from);
      return undefined;
    }
    const operatorFrom = this.at;
    if (!braced || this.value[this.at++] === '}') {
      this.putVariable(from, name);
      return undefined;
    }
    let operator = this.value[operatorFrom] ?? '';
    if (operator === ':') operator += this.value[this.at++] ?? '';
    if (!/^([-+?#%/]|:[^#%]?)$/.test(operator)) return this.unsupported(operatorFrom, operator);
    const all = operator === '/' && this.value[this.at] === '/';
    if (all) this.at++;
    this.frames.push({ kind: 'dollar', from, name, operator, operatorFrom, all });
    this.openOperand(from, operator === '/' ? '/' : '}', '#%/'.includes(operator));
    return undefined;
  }

  private openOperand(from: number, stop: '}' | '/', rawEscapes: boolean): void {
    if (this.current.value !== '') {
      const span = this.span(this.currentFrom, from);
      this.lost = { start: this.lost?.start ?? span.start, end: span.end };
    }
    this.current = new ExpansionText();
    this.frames.push({ kind: 'text', from, stop, rawEscapes, out: new ExpansionText() });
  }

  /** An operand is read up to its end: the second one of `${V/a/b}` follows, or the value is known. */
  private operandRead(operand: ExpansionText): ExpansionFault | undefined {
    const frame = this.frames.pop();
    if (frame?.kind !== 'dollar') return undefined;
    if (frame.operator === '/' && frame.pattern === undefined) {
      this.frames.push({ ...frame, pattern: operand.value });
      this.openOperand(frame.from, '}', true);
      return undefined;
    }
    const span = this.span(frame.from, this.at);
    const state = this.state(frame.name);
    if (this.options.keepUnset && typeof state === 'string') {
      this.put(this.frames.at(-1), { value: this.value.slice(frame.from, this.at), span }, frame.from);
      return undefined;
    }
    const part = applyOperator({ ...frame, operand, state, span });
    if (part === undefined) return this.unsupported(frame.operatorFrom, frame.operator);
    if ('docker' in part) return this.fault(frame.from, part.reason, part.docker, this.at);
    if (typeof state !== 'string') this.spent += state.value.length;
    this.put(this.frames.at(-1), part, frame.from);
    return undefined;
  }

  private putVariable(from: number, name: string): void {
    const span = this.span(from, this.at);
    const state = this.state(name);
    const unset = typeof state === 'string';
    if (!unset) this.spent += state.value.length;
    if (unset && this.options.keepUnset) {
      this.put(this.frames.at(-1), { value: this.value.slice(from, this.at), span }, from);
    } else if (this.spent <= longestExpansion) {
      this.put(this.frames.at(-1), variablePart(name, state, span), from);
    }
  }

  private state(name: string): VariableState {
    // `$1`, `$?` and the like are no variables that anyone can set.
    return /^[\p{L}_]/u.test(name) ? (this.options.variable?.(name) ?? 'unset') : 'unset';
  }

  /** A run of digits, one special parameter, or letters, digits and underscores. */
  private name(): string {
    const from = this.at;
    const first = this.value[from] ?? '';
    if ('@*#?-$!'.includes(first) && first !== '') this.at++;
    else {
      const pattern = /^\p{Nd}/u.test(first) ? /^\p{Nd}$/u : /^[\p{L}\p{Nd}_]$/u;
      while (!this.atEnd() && pattern.test(this.value[this.at] ?? '')) this.at++;
    }
    return this.value.slice(from, this.at);
  }

  /** Adds the value of a `$…` or of a quoted text; blanks of a value outside quotes end the word. */
  private put(frame: TextFrame | DollarFrame | undefined, part: Part, from: number): void {
    if (frame === undefined || frame.kind === 'dollar') return;
    frame.out.add(part);
    if (this.frames.length > 1) return;
    if (this.current.isEmpty) this.currentFrom = from;
    const value = partValue(part);
    if ('inner' in part ? part.variable === undefined : !/\s/.test(value)) {
      this.current.add(part);
      return;
    }
    const whole = new ExpansionText();
    whole.add(part);
    const text = whole.sourced();
    let start = 0;
    for (let at = 0; at <= value.length; at++) {
      if (at < value.length && !isSpace(value.charCodeAt(at))) continue;
      if (at > start) this.current.add({ literal: subText(text, start, at) });
      if (at < value.length) this.endWord();
      start = at + 1;
    }
  }

  /** Adds characters that stand for themselves. */
  private keep(frame: TextFrame | DollarFrame, from: number, to: number): void {
    if (frame.kind === 'dollar') return;
    this.literal(frame.out, from, to);
    if (this.frames.length > 1) return;
    if (this.current.isEmpty) this.currentFrom = from;
    this.literal(this.current, from, to);
  }

  private literal(out: ExpansionText, from: number, to: number): void {
    if (to > from) out.add({ literal: subText(this.word, from, to) });
  }

  private endWord(): void {
    if (this.current.value !== '') this.words.push(this.current);
    this.current = new ExpansionText();
  }

  private openQuote(from: number, kind: 'single' | 'double'): ExpansionFault {
    const docker = `unexpected end of statement while looking for matching ${kind}-quote`;
    return this.fault(from, 'the quotation mark has no partner', docker);
  }

  private unsupported(from: number, operator: string): ExpansionFault {
    const docker = `unsupported modifier (${operator === '' ? '\uFFFD' : operator}) in substitution`;
    const reason =
      operator === '' ? 'the "${" has no "}"' : `"${operator}" is no operator that Docker knows here`;
    return this.fault(
      from,
      reason,
      docker,
      Math.max(from + operator.length, Math.min(from + 1, this.value.length)),
    );
  }

  /** Whatever goes wrong at the end of the word within a `${…}`, Docker tells that the outermost one is open. */
  private fault(from: number, reason: string, docker: string, to = this.value.length): ExpansionFault {
    const open = this.atEnd() ? this.frames.find((frame) => frame.kind === 'dollar') : undefined;
    if (open === undefined) return { span: this.span(from, to), reason, docker };
    const inPattern = open.operator === '/' && open.pattern === undefined;
    return {
      span: this.span(open.from, this.value.length),
      reason: inPattern ? 'the "${" has no second "/"' : 'the "${" has no "}"',
      docker: `syntax error: missing ${inPattern ? "'/' in ${}" : "'}'"}`,
    };
  }

  private atEnd(): boolean {
    return this.at >= this.value.length;
  }

  private span(from: number, to: number): Span {
    return sourceSpan(this.word, from, to);
  }
}
