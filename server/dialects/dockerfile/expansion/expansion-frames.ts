import { isSpace } from '../../../syntax/blanks';
import type { ExpansionText } from './expansion-text';

/** Reads text up to `stop`, or up to the end of the word; `quoted` text up to its quotation mark. */
export interface TextFrame {
  readonly kind: 'text' | 'quoted';
  readonly from: number;
  readonly stop?: '}' | '/';
  readonly rawEscapes: boolean;
  readonly out: ExpansionText;
}

/** A `${name<operator>…}` whose operand the frame above it reads. */
export interface DollarFrame {
  readonly kind: 'dollar';
  readonly from: number;
  readonly name: string;
  readonly operator: string;
  readonly operatorFrom: number;
  readonly all?: boolean;
  readonly pattern?: string;
}

/** Our words for a `${` that is left open. */
export const noBrace = 'the expression has no closing brace';

/** What Docker says when the word ends within a `${…}`, whatever else is wrong there: the outermost one is open. */
export function openExpression(
  frames: readonly (TextFrame | DollarFrame)[],
): { readonly from: number; readonly reason: string; readonly docker: string } | undefined {
  const open = frames.find((frame) => frame.kind === 'dollar');
  if (open === undefined) return undefined;
  const inPattern = open.operator === '/' && open.pattern === undefined;
  return {
    from: open.from,
    reason: inPattern ? 'the expression has no second slash' : noBrace,
    docker: inPattern ? `syntax error: missing '/' in \${}` : "syntax error: missing '}'",
  };
}

/** Tells whether a character stands for itself and nothing else in text outside quotes. */
export function isPlain(char: string, { stop }: TextFrame, escapeToken: string): boolean {
  return !'$\'"<'.includes(char) && char !== escapeToken && char !== stop && !isSpace(char.charCodeAt(0));
}
