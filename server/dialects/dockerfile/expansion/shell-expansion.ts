import type { Span } from '../../../model/span';
import { isSpace } from '../../../syntax/blanks';
import {
  literalText,
  type SourcedText,
  sourceSpan,
  subText,
  unknownText,
} from '../../../syntax/sourced-text';
import type { Expansion, ExpansionFault } from './expansion';
import { type DollarFrame, isPlain, noBrace, openExpression, type TextFrame } from './expansion-frames';
import { ExpansionText, type Part } from './expansion-text';
import { ExpansionWords } from './expansion-words';
import { applyOperator, variablePart } from './shell-operators';
import { isSettable, nameEnd, type VariableState } from './shell-variables';

export interface ExpansionOptions {
  readonly escape: string;
  /** Without it every variable is unset. */
  readonly variable?: (name: string) => VariableState;
  /** Leave unset variables as they are written (`SkipUnsetEnv`). */
  readonly keepUnset?: boolean;
  /** Keep quotes and escapes in the words (`RawQuotes`, `RawEscapes`). */
  readonly raw?: boolean;
  /** How many words may come out; what follows is left out. */
  readonly mostWords?: number;
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
  const text = typeof word === 'string' ? literalText(word, 0) : word;
  // Most words hold nothing to expand.
  if (text.value !== '' && !special.test(text.value)) return { text, words: [text] };
  return new Expander(text, options).run();
}

const special = /[$'"<\\`\s\u0085]/;

/** How many characters the variables of one word may stand for. */
const longestExpansion = 4096;

class Expander {
  private readonly value: string;
  private at = 0;
  private spent = 0;
  private readonly frames: (TextFrame | DollarFrame)[] = [];
  private readonly words: ExpansionWords;

  constructor(
    private readonly word: SourcedText,
    private readonly options: ExpansionOptions,
  ) {
    this.value = word.value;
    this.words = new ExpansionWords(options.mostWords ?? Number.POSITIVE_INFINITY);
  }

  run(): Expansion | ExpansionFault {
    const out = new ExpansionText();
    this.frames.push({ kind: 'text', from: 0, rawEscapes: this.options.raw === true, out });
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      if (frame.kind === 'dollar' || (this.frames.length === 1 && this.atEnd())) break;
      const fault = frame.kind === 'quoted' ? this.stepQuoted(frame) : this.step(frame);
      if (fault !== undefined) return fault;
    }
    this.words.end();
    if (this.spent > longestExpansion) {
      const unknown = new ExpansionText();
      unknown.add({ value: unknownText, span: this.span(0, this.value.length) });
      return { text: unknown.sourced(), words: [unknown.sourced()] };
    }
    const lost = this.words.lost && this.span(this.words.lost.from, this.words.lost.to);
    return { text: out.sourced(), words: this.words.texts(), ...(lost && { lost }) };
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
      if (this.frames.length === 1) this.words.end();
    } else {
      const from = this.at++;
      while (!this.atEnd() && isPlain(this.value[this.at] ?? '', frame, this.options.escape)) this.at++;
      this.keep(frame, from, this.at);
    }
    return undefined;
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
      outside.out.add({ inner: frame.out });
      if (this.frames.length === 1) this.words.quoted(frame.out, frame.from);
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
    if (braced && this.atEnd()) return this.fault(from, noBrace, "syntax error: missing '}'");
    if (braced && '{}:'.includes(this.value[this.at] ?? '')) {
      const close = this.value.indexOf('}', this.at);
      const to = close < 0 ? this.value.length : close + 1;
      return this.fault(from, 'a variable name is missing', 'syntax error: bad substitution', to);
    }
    const nameFrom = this.at;
    this.at = nameEnd(this.value, nameFrom);
    const name = this.value.slice(nameFrom, this.at);
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
    if (!/^([-+?#%/]|:[^#%]?)$/.test(operator)) return this.unsupported(from, operatorFrom, operator);
    const all = operator === '/' && this.value[this.at] === '/';
    if (all) this.at++;
    this.frames.push({ kind: 'dollar', from, name, operator, operatorFrom, all });
    this.openOperand(from, operator === '/' ? '/' : '}', '#%/'.includes(operator));
    return undefined;
  }

  private openOperand(from: number, stop: '}' | '/', rawEscapes: boolean): void {
    this.words.lose(from);
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
    if (part === undefined) return this.unsupported(frame.from, frame.operatorFrom, frame.operator);
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
    return (isSettable(name) ? this.options.variable?.(name) : undefined) ?? 'unset';
  }

  /** Adds the value of a `$…`; its blanks end the word outside quotes. */
  private put(frame: TextFrame | DollarFrame | undefined, part: Part, from: number): void {
    if (frame === undefined || frame.kind === 'dollar') return;
    frame.out.add(part);
    if (this.frames.length === 1) this.words.value(part, from);
  }

  /** Adds characters that stand for themselves. */
  private keep(frame: TextFrame, from: number, to: number): void {
    if (to <= from) return;
    const literal = subText(this.word, from, to);
    frame.out.add({ literal });
    if (this.frames.length === 1) this.words.literal(literal, from);
  }

  private literal(out: ExpansionText, from: number, to: number): void {
    if (to > from) out.add({ literal: subText(this.word, from, to) });
  }

  private openQuote(from: number, kind: 'single' | 'double'): ExpansionFault {
    const docker = `unexpected end of statement while looking for matching ${kind}-quote`;
    return this.fault(from, 'the quotation mark has no partner', docker);
  }

  private unsupported(from: number, operatorFrom: number, operator: string): ExpansionFault {
    if (operator === '') return this.fault(from, noBrace, 'unsupported modifier (\uFFFD) in substitution');
    const docker = `unsupported modifier (${operator}) in substitution`;
    const reason = `"${operator}" is no operator that Docker knows here`;
    return this.fault(operatorFrom, reason, docker, operatorFrom + operator.length);
  }

  /** Whatever goes wrong at the end of the word within a `${…}`, Docker tells that the outermost one is open. */
  private fault(from: number, reason: string, docker: string, to = this.value.length): ExpansionFault {
    const open = this.atEnd() ? openExpression(this.frames) : undefined;
    return open === undefined
      ? { span: this.span(from, to), reason, docker }
      : { ...open, span: this.span(open.from, this.value.length) };
  }

  private atEnd(): boolean {
    return this.at >= this.value.length;
  }

  private span(from: number, to: number): Span {
    if (to - from < 2) return sourceSpan(this.word, from, to);
    // Both ends alone, so that an expression over many lines costs no more than one.
    const { start } = sourceSpan(this.word, from, from + 1);
    return { start, end: sourceSpan(this.word, to - 1, to).end };
  }
}
