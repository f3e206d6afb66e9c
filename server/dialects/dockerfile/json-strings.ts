import { skipSpace } from '../../syntax/blanks';
import { type SourcedText, SourcedTextBuilder, sourceSpan, subText } from '../../syntax/sourced-text';

/**
 * Reads a JSON array of strings, as the exec form of CMD, ENTRYPOINT and HEALTHCHECK is one. Answers undefined
 * for any other text: Docker then takes it for shell text, and so do we.
 */
export function jsonStrings(text: SourcedText): SourcedText[] | undefined {
  const { value } = text;
  const strings: SourcedText[] = [];
  let at = skipSpace(value, 0, value.length);
  if (value[at] !== '[') return undefined;
  at = skipSpace(value, at + 1, value.length);
  while (value[at] !== ']' || strings.length > 0) {
    const read = jsonString(text, at);
    if (read === undefined) return undefined;
    strings.push(read.string);
    at = skipSpace(value, read.next, value.length);
    if (value[at] === ']') break;
    if (value[at] !== ',') return undefined;
    at = skipSpace(value, at + 1, value.length);
  }
  return skipSpace(value, at + 1, value.length) === value.length ? strings : undefined;
}

interface StringRead {
  readonly string: SourcedText;
  readonly next: number;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function jsonString(text: SourcedText, quote: number): StringRead | undefined {
  const { value } = text;
  if (value[quote] !== '"') return undefined;
  const builder = new SourcedTextBuilder();
  let at = quote + 1;
  let from = at;
  while (at < value.length) {
    const char = value[at] ?? '';
    if (char < ' ') return undefined;
    if (char !== '"' && char !== '\\') {
      at++;
      continue;
    }
    if (at > from) builder.append(subText(text, from, at));
    if (char === '"') return { string: builder.text(), next: at + 1 };
    const escaped = escapeAt(value, at);
    if (escaped === undefined) return undefined;
    builder.replaced(escaped.char, sourceSpan(text, at, at + escaped.length));
    at += escaped.length;
    from = at;
  }
  return undefined;
}

function escapeAt(value: string, at: number): { readonly char: string; readonly length: number } | undefined {
  const kind = value[at + 1] ?? '';
  if (kind !== 'u') {
    const char = escapes[kind];
    return char === undefined ? undefined : { char, length: 2 };
  }
  const digits = value.slice(at + 2, at + 6);
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) return undefined;
  return { char: String.fromCharCode(Number.parseInt(digits, 16)), length: 6 };
}
