import type { Fault } from '../../model/fault';
import type { Span } from '../../model/span';
import type { NginxToken, NginxWord } from './nginx-lexer';
import { nginxRefusal } from './nginx-refusal';

/** What makes nginx stop reading a text, told at the characters that it stops at, in the order of the text. */
export class NginxTreeFaults {
  readonly faults: Fault[] = [];

  /** The words are a directive whose `;` is missing. */
  missingSemicolon(words: readonly NginxWord[], nginx: string): void {
    const last = words.at(-1);
    if (last === undefined) return;
    const { end } = last.span;
    this.report({
      rule: 'syntax-error',
      span: last.span,
      message: nginxRefusal(`A ";" is missing at the end of "${words[0]?.text.value ?? ''}"`, nginx),
      fixes: [{ title: 'Add the missing ";"', span: { start: end, end }, text: ';' }],
    });
  }

  extraSemicolon(span: Span): void {
    const message = nginxRefusal('There is no directive in front of ";"', 'unexpected ";"');
    this.report({
      rule: 'syntax-error',
      span,
      message,
      fixes: [{ title: 'Remove the ";"', span, text: '' }],
    });
  }

  neverClosed(words: readonly NginxWord[] | undefined, span: Span): void {
    const name = words?.[0]?.text.value;
    const what = name === undefined ? 'This brace' : `The block "${name}"`;
    this.fault(span, `${what} is never closed`, 'unexpected end of file, expecting "}"');
  }

  unexpectedChar({ span, char, isQuote }: Extract<NginxToken, { kind: 'unexpected' }>): void {
    const nginx = char === undefined ? endOfFileWords : `unexpected "${char}"`;
    if (isQuote) this.fault(span, 'This quotation mark is not closed on its line', nginx);
    else this.fault(span, `"${char}" stands right behind a quotation mark`, nginx);
  }

  byteOrderMark(): void {
    const reason = 'The file begins with a byte order mark, which nginx takes for a part of the first name';
    this.fault({ start: 0, end: 1 }, reason, 'unknown directive');
  }

  fault(span: Span, reason: string, nginx: string): void {
    this.report({ rule: 'syntax-error', span, message: nginxRefusal(reason, nginx) });
  }

  report(fault: Fault): void {
    if (this.faults.length < mostFaults) this.faults.push(fault);
  }
}

/** nginx's words where the text ends within a directive. */
export const endOfFileWords = 'unexpected end of file, expecting ";" or "}"';

/** nginx itself stops at the first one; a list without end helps nobody. */
const mostFaults = 500;
