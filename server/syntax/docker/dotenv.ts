import type { Variables } from '../../model/dialect';
import { lineEnd } from '../../model/lines';
import { literalText, unknownText } from '../sourced-text';
import { interpolate } from './interpolation';

/**
 * Reads the variables of a `.env` file as Compose does (compose-go dotenv/parser.go): `NAME=value` or `NAME: value`,
 * an optional `export`, single quotes literal, double quotes with escapes, both over several lines, and for an
 * unquoted value a comment from ` #` on. Values are substituted with the variables above them; one that hangs on
 * anything else is undefined. A line that is none of this is passed over.
 */
export function readVariables(text: string): Variables {
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const variables = new Map<string, string | undefined>();
  let at = 0;
  while (at < source.length) {
    const endOfLine = lineEnd(source, at);
    const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*[=:][ \t]*/.exec(
      source.slice(at, Math.min(endOfLine, at + longestName)),
    );
    if (assignment === null) {
      at = endOfLine + 1;
      continue;
    }
    const [whole, name = ''] = assignment;
    const { value, end } = readValue(source, at + whole.length, endOfLine);
    variables.set(name, value === undefined ? undefined : substituted(value, variables));
    at = lineEnd(source, end) + 1;
  }
  return variables;
}

/** How many characters of a value that is made of variables are followed. */
const longestValue = 512;

/** No name with its blanks is longer than this many characters. */
const longestName = 1024;

interface Value {
  /** Undefined where a quotation mark is never closed. */
  readonly value: Unsubstituted | undefined;
  readonly end: number;
}

interface Unsubstituted {
  readonly text: string;
  readonly isLiteral: boolean;
}

function readValue(source: string, from: number, lineEnd: number): Value {
  const quote = source[from];
  if (quote !== "'" && quote !== '"') {
    const line = source.slice(from, lineEnd);
    const comment = line.indexOf(' #');
    const text = (comment < 0 ? line : line.slice(0, comment)).trim();
    return { value: { text, isLiteral: false }, end: lineEnd };
  }
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === quote) {
      const inside = source.slice(from + 1, at);
      const text = quote === "'" ? inside.replaceAll("\\'", "'") : unescaped(inside);
      return { value: { text, isLiteral: quote === "'" }, end: at };
    }
  }
  return { value: undefined, end: lineEnd };
}

function unescaped(text: string): string {
  return text.replace(/\\([nrt"\\$])/g, (_, character: string) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function substituted({ text, isLiteral }: Unsubstituted, variables: Variables): string | undefined {
  if (isLiteral || !text.includes('$')) return text;
  const { value } = interpolate(literalText(text, 0), variables).text;
  // A value of this length names no ports; without the limit, variables made of variables grow without end.
  return value.includes(unknownText) || value.length > longestValue ? undefined : value;
}
