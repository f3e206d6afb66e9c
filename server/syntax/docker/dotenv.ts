import type { Variables } from '../../model/dialect';
import { lineEnd } from '../../model/lines';
import type { VariableUse } from '../../model/port';
import type { Span } from '../../model/span';
import { literalText, type SourcedText, SourcedTextBuilder, spanOf, unknownText } from '../sourced-text';
import { interpolate } from './interpolation';

/** One `NAME=value` of an environment file. */
export interface DotenvSetting {
  readonly name: string;
  /** Where the equals sign or the colon ends. */
  readonly signEnd: number;
  /** Where the value begins, with its quotation mark. */
  readonly valueFrom: number;
  /** What the program sees; absent for a quotation mark that is never closed, and a value too long to be followed. */
  readonly value?: SourcedText;
}

/**
 * Reads an environment file as Compose does (compose-go dotenv/parser.go): `NAME=value` or `NAME: value`, an optional
 * `export`, single quotes literal, double quotes with escapes, both over several lines, and for an unquoted value a
 * comment from ` #` on. Values are substituted with the variables above them. A line that is none of this is passed
 * over.
 */
export function dotenv(text: string, given: Variables = new Map()): readonly DotenvSetting[] {
  const settings: DotenvSetting[] = [];
  const above: Above = { given, values: new Map(given), definitions: new Map() };
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const endOfLine = lineEnd(text, at);
    const assignment = /^([ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*[=:])[ \t]*/.exec(
      text.slice(at, Math.min(endOfLine, at + longestName)),
    );
    if (assignment === null) {
      at = endOfLine + 1;
      continue;
    }
    const [whole, start = '', name = ''] = assignment;
    const valueFrom = at + whole.length;
    const written = writtenValue(text, valueFrom, endOfLine);
    const value = written.text && (written.isLiteral ? written.text : substituted(written.text, above));
    define(above, name, value);
    settings.push({ name, signEnd: at + start.length, valueFrom, ...(value && { value }) });
    at = lineEnd(text, written.end) + 1;
  }
  return settings;
}

/**
 * The variables of an environment file by their names; one that hangs on anything else than the file is undefined.
 *
 * @param given What goes over the file's own lines where values are substituted; absent for nothing.
 */
export function readVariables(text: string, given?: Variables): Variables {
  return new Map(dotenv(text, given).map(({ name, value }) => [name, knownValue(value)]));
}

/**
 * The values that a file gives where Compose takes them as they stand (`env_file` with `format: raw`), as far as they are the
 * same in the usual format: those with marks and variables in them are unknown.
 */
export function readRawVariables(text: string): Variables {
  return new Map(
    dotenv(text).flatMap(({ name, value, valueFrom }) => {
      if (value === undefined) return [];
      const isPlain = /^[^"'$#\\]*$/.test(value.value) && !/["']/.test(text[valueFrom] ?? '');
      return [[name, isPlain ? value.value : undefined]];
    }),
  );
}

/** How many characters of a value that is made of variables are followed. */
const longestValue = 512;

/** No name with its blanks is longer than this many characters. */
const longestName = 1024;

/** What the lines above say of each variable. */
interface Above {
  /** What stays, whatever the lines say. */
  readonly given: Variables;
  readonly values: Map<string, string | undefined>;
  /** The characters that give the value. */
  readonly definitions: Map<string, Span | undefined>;
}

function define({ given, values, definitions }: Above, name: string, value: SourcedText | undefined): void {
  if (given.has(name)) return;
  values.set(name, knownValue(value));
  definitions.set(name, value && definitionOf(value));
}

function knownValue(value: SourcedText | undefined): string | undefined {
  return value?.value.includes(unknownText) ? undefined : value?.value;
}

/** The characters that give a value: its own, or those of the one variable that it repeats. */
function definitionOf(value: SourcedText): Span | undefined {
  const [piece] = value.pieces;
  if (piece === undefined || value.pieces.length > 1) return undefined;
  return piece.exact ? spanOf(value) : piece.variable?.definition;
}

interface Written {
  /** Undefined where a quotation mark is never closed. */
  readonly text: SourcedText | undefined;
  /** True for what stands as it is, dollar signs and all. */
  readonly isLiteral: boolean;
  readonly end: number;
}

function writtenValue(source: string, from: number, lineEnd: number): Written {
  const quote = source[from];
  if (quote !== "'" && quote !== '"') {
    const line = source.slice(from, lineEnd);
    const comment = line.indexOf(' #');
    const text = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
    const blanks = text.length - text.trimStart().length;
    return { text: literalText(text.slice(blanks), from + blanks), isLiteral: false, end: lineEnd };
  }
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === quote)
      return { text: unquoted(source, from + 1, at, quote), isLiteral: quote === "'", end: at };
  }
  return { text: undefined, isLiteral: true, end: lineEnd };
}

/** What stands between quotation marks, without escapes; a line ends in a line feed alone. */
function unquoted(source: string, from: number, to: number, quote: string): SourcedText {
  const builder = new SourcedTextBuilder();
  const escapes = quote === '"' ? doubleEscapes : singleEscapes;
  let run = from;
  for (let at = from; at < to; at += 1) {
    const two = source.slice(at, at + 2);
    const replacement = at + 1 < to ? escapes.get(two) : undefined;
    if (replacement !== undefined) {
      builder.literal(source.slice(run, at), run);
      builder.replaced(replacement, { start: at, end: at + 2 });
      run = at + 2;
    }
    if (replacement !== undefined || source[at] === '\\') at += 1;
  }
  builder.literal(source.slice(run, to), run);
  return builder.isEmpty ? literalText('', from) : builder.text();
}

const singleEscapes: ReadonlyMap<string, string> = new Map([
  ["\\'", "'"],
  ['\r\n', '\n'],
]);

/** An escaped dollar sign stays one when variables are substituted: there `$$` stands for it. */
const doubleEscapes: ReadonlyMap<string, string> = new Map([
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
  ['\\"', '"'],
  ['\\\\', '\\'],
  ['\\$', '$$'],
  ['\r\n', '\n'],
]);

function substituted(text: SourcedText, { values, definitions }: Above): SourcedText | undefined {
  if (!text.value.includes('$')) return text;
  const { value, pieces } = interpolate(text, values).text;
  // A value of this length names no ports; without the limit, variables made of variables grow without end.
  if (value.length > longestValue) return undefined;
  const told = pieces.map((piece) => {
    const variable = piece.variable && ownUse(piece.variable, definitions);
    return variable === undefined ? piece : { ...piece, variable };
  });
  return { value, pieces: told };
}

/** The file's own lines give the value here, where another file would have it from this one. */
function ownUse(use: VariableUse, definitions: Above['definitions']): VariableUse {
  const { name, span } = use;
  if (use.from === 'unknown') return { name, span, from: 'unknown' };
  if (use.from !== '.env') return use;
  const definition = use.definition ?? definitions.get(name);
  return { ...use, from: 'definition', ...(definition && { definition }) };
}
