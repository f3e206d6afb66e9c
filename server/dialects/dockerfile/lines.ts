import type { Span } from '../../model/span';
import { isBlank, isSpace, skipSpace } from '../../syntax/blanks';
import { type SourcedText, SourcedTextBuilder, sourceSpan, subText } from '../../syntax/sourced-text';
import { isExpansionFault } from './expansion/expansion';
import { expandWord } from './expansion/shell-expansion';
import { jsonStrings } from './json-strings';

/** The character that continues a line and escapes within it. */
export type EscapeToken = '\\' | '`';

/** One instruction of a Dockerfile: its logical line taken apart, each part with the way back to the source. */
export interface DockerfileInstruction {
  /** In capitals. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** Words that begin with `--` before the arguments. */
  readonly flags: readonly SourcedText[];
  /** All that follows, without the blanks around it. */
  readonly arguments: SourcedText;
  /** Places where one more argument may be typed: blank lines within, and the end when a blank stands before it. */
  readonly gaps: readonly number[];
  /** Where the last line that gives it words ends, without its newline. */
  readonly end: number;
  /** True for what ONBUILD keeps for later. */
  readonly isTrigger?: true;
}

/** A Dockerfile as instructions. */
export interface DockerfileLines {
  readonly escape: EscapeToken;
  readonly instructions: readonly DockerfileInstruction[];
}

/**
 * Reads a Dockerfile into instructions as BuildKit does (moby/buildkit frontend/dockerfile/parser/parser.go):
 * lines that end in the escape token join with nothing in between, comments and blank lines within are skipped,
 * the bodies of heredocs belong to RUN, COPY and ADD. A byte-order mark, CRLF and a missing last newline do not
 * matter. A heredoc without an end, which Docker refuses, is read as if it had no body: someone is typing it.
 */
export function dockerfileLines(text: string): DockerfileLines {
  const lines = physicalLines(text);
  const token = escapeDirective(text, lines);
  const bodies = heredocBodies(text, lines);
  const instructions: DockerfileInstruction[] = [];
  let next = 0;
  while (next < lines.length) {
    const passed = passOver(text, lines, next, token);
    if (passed !== undefined) {
      next = passed;
      continue;
    }
    const read = logicalLine(text, lines, next, token);
    next = read.next;
    if (read.line === undefined) continue;
    const instruction = splitInstruction(read.line, read, token);
    if (instruction === undefined) continue;
    instructions.push(instruction);
    if (takesHeredocs(instruction)) next = bodies.after(read.line.value, next);
  }
  return { escape: token, instructions };
}

/** The instruction that ONBUILD keeps for later; undefined when none is typed yet. */
export function triggerOf(
  onbuild: DockerfileInstruction,
  token: EscapeToken,
): DockerfileInstruction | undefined {
  const trigger = splitInstruction(onbuild.arguments, onbuild, token);
  return trigger && { ...trigger, isTrigger: true };
}

/** The words of a text as BuildKit splits EXPOSE and FROM: on blanks alone, before any quote is looked at. */
export function blankSeparated(text: SourcedText): SourcedText[] {
  const words: SourcedText[] = [];
  let start = 0;
  for (let at = 0; at <= text.value.length; at++) {
    if (at < text.value.length && !isBlank(text.value.charCodeAt(at))) continue;
    if (at > start) words.push(subText(text, start, at));
    start = at + 1;
  }
  return words;
}

/** Without the newline: `end` stands before it and before the carriage returns that belong to it. */
function physicalLines(text: string): Span[] {
  const lines: Span[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const stop = newline < 0 ? text.length : newline;
    let end = stop;
    while (end > start && text[end - 1] === '\r') end--;
    lines.push({ start, end });
    start = stop + 1;
  }
  return lines;
}

/** Directives stand in the first lines only: the first line that is none ends them (parser/directives.go). */
function escapeDirective(text: string, lines: readonly Span[]): EscapeToken {
  for (const { start, end } of lines) {
    const line = text.slice(start, end).trimStart();
    const match = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S.*)$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (name === undefined || !['syntax', 'escape', 'check'].includes(name)) return '\\';
    const value = match?.[2]?.trimEnd();
    if (name === 'escape') return value === '`' ? '`' : '\\';
  }
  return '\\';
}

/** The instructions that nothing is read of; they make up most of a Dockerfile. */
const passedOver = /(?:RUN|LABEL|WORKDIR|VOLUME|STOPSIGNAL|SHELL|MAINTAINER)(?=[ \t])/iy;

/**
 * The index of the line that follows an instruction that nothing is read of, found without taking it apart; undefined for every
 * other line, and where a heredoc may begin.
 */
function passOver(
  text: string,
  lines: readonly Span[],
  first: number,
  token: EscapeToken,
): number | undefined {
  const { start, end } = lines[first] ?? { start: 0, end: 0 };
  passedOver.lastIndex = skipSpace(text, start, end);
  if (!passedOver.test(text)) return undefined;
  for (let index = first; index < lines.length; index++) {
    const line = lines[index] ?? { start: 0, end: 0 };
    const content = skipSpace(text, line.start, line.end);
    const isSkipped = index > first && (content === line.end || text[content] === '#');
    if (isSkipped) continue;
    if (text.slice(content, line.end).includes('<<')) return undefined;
    if (continuation(text, line.start, line.end, token) === undefined) return index + 1;
  }
  return lines.length;
}

interface LogicalLine {
  /** Absent for a blank line or a comment. */
  readonly line?: SourcedText;
  readonly gaps: readonly number[];
  /** Where the last line with words ends. */
  readonly end: number;
  /** The index of the physical line that follows. */
  readonly next: number;
}

function logicalLine(text: string, lines: readonly Span[], first: number, token: EscapeToken): LogicalLine {
  const builder = new SourcedTextBuilder();
  const gaps: number[] = [];
  let index = first;
  let end: number | undefined;
  let lastWords = 0;
  let blankBefore = false;
  for (; index < lines.length; index++) {
    const { start, end: lineEnd } = lines[index] ?? { start: 0, end: 0 };
    const content = skipSpace(text, start, lineEnd);
    const continues = index > first;
    if (text[content] === '#' && content < lineEnd) {
      if (continues) continue;
      return { gaps, end: lineEnd, next: index + 1 };
    }
    if (content === lineEnd) {
      if (!continues) return { gaps, end: lineEnd, next: index + 1 };
      if (blankBefore || lineEnd > start) gaps.push(lineEnd);
      continue;
    }
    lastWords = lineEnd;
    const stop = continuation(text, start, lineEnd, token);
    const from = continues ? start : content;
    builder.literal(text.slice(from, stop ?? lineEnd), from);
    blankBefore = isBlank(text.charCodeAt((stop ?? lineEnd) - 1));
    if (stop !== undefined) continue;
    end = lineEnd;
    break;
  }
  // A text that ends in an open continuation goes on in the empty line at its end.
  const open = end === undefined && text.endsWith('\n') && gaps.at(-1) !== text.length;
  if (blankBefore && (open || end !== undefined)) gaps.push(end ?? text.length);
  return { line: builder.text(), gaps, end: lastWords, next: index + 1 };
}

/** Where the escape token stands that ends the line; two of them are an escaped one, which continues nothing. */
function continuation(text: string, start: number, end: number, token: EscapeToken): number | undefined {
  let at = end - 1;
  while (at >= start && (text[at] === ' ' || text[at] === '\t')) at--;
  if (at < start || text[at] !== token) return undefined;
  return at > start && text[at - 1] === token ? undefined : at;
}

/** parser/split_command.go: the keyword ends at the first blank; then come flags, then the arguments. */
function splitInstruction(
  line: SourcedText,
  { gaps, end: lastWords }: Pick<LogicalLine, 'gaps' | 'end'>,
  token: EscapeToken,
): DockerfileInstruction | undefined {
  const { value } = line;
  const start = skipSpace(value, 0, value.length);
  let end = start;
  while (end < value.length && !isBlank(value.charCodeAt(end))) end++;
  if (end === start) return undefined;
  const flags: SourcedText[] = [];
  let from = skipSpace(value, end, value.length);
  while (value.startsWith('--', from)) {
    const stop = flagEnd(value, from, token);
    const flag = value.slice(from, stop);
    if (flag !== '--') flags.push(subText(line, from, stop));
    from = skipSpace(value, stop, value.length);
    if (flag === '--') break;
  }
  const keywordSpan = sourceSpan(line, start, end);
  let to = value.length;
  while (to > from && isSpace(value.charCodeAt(to - 1))) to--;
  return {
    keyword: value.slice(start, end).toUpperCase(),
    keywordSpan,
    flags,
    arguments: subText(line, from, to),
    gaps: gaps.filter((gap) => gap > keywordSpan.end),
    end: lastWords,
  };
}

/** Quotes and escapes keep blanks within a flag. */
function flagEnd(value: string, from: number, token: EscapeToken): number {
  let quote: string | undefined;
  let at = from;
  for (; at < value.length; at++) {
    const char = value[at];
    if (char === token) at++;
    else if (quote !== undefined) quote = char === quote ? undefined : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (isSpace(value.charCodeAt(at))) break;
  }
  return Math.min(at, value.length);
}

function takesHeredocs({ keyword, arguments: rest }: DockerfileInstruction): boolean {
  const name = keyword === 'ONBUILD' ? /^\S*/.exec(rest.value)?.[0].toUpperCase() : keyword;
  if (name !== 'RUN' && name !== 'COPY' && name !== 'ADD') return false;
  return rest.value.includes('<<') && jsonStrings(rest) === undefined;
}

/** Finds the ends of heredocs; a search that would fail costs nothing, so a file of open heredocs stays linear. */
function heredocBodies(text: string, lines: readonly Span[]) {
  let lastLines: ReadonlyMap<string, number> | undefined;
  const lineOf = (index: number): string => text.slice(lines[index]?.start, lines[index]?.end);
  const lastOf = (terminator: string): number => {
    lastLines ??= new Map(
      lines.flatMap(({ start, end }, index): [string, number][] => {
        const line = text.slice(start, end);
        const withoutTabs = line.replace(/^\t+/, '');
        return withoutTabs === line
          ? [[line, index]]
          : [
              [line, index],
              [withoutTabs, index],
            ];
      }),
    );
    return lastLines.get(terminator) ?? -1;
  };
  return {
    /** The index of the physical line after the bodies of all heredocs that the logical line opens. */
    after(line: string, next: number): number {
      let index = next;
      for (const { name, chomp } of heredocs(line)) {
        let at = index;
        while (at <= lastOf(name) && (chomp ? lineOf(at).replace(/^\t+/, '') : lineOf(at)) !== name) at++;
        if (at > lastOf(name)) return index;
        index = at + 1;
      }
      return index;
    },
  };
}

interface Heredoc {
  readonly name: string;
  readonly chomp: boolean;
}

/**
 * The heredocs that a line opens. BuildKit looks for them in the line's shell words with the default escape
 * token whatever the directive says, and a line whose words cannot be told has none (`heredocsFromLine`).
 */
function heredocs(line: string): Heredoc[] {
  const options = { escape: '\\', keepUnset: true } as const;
  const read = expandWord(line, { ...options, raw: true });
  if (isExpansionFault(read)) return [];
  return read.words.flatMap(({ value }) => {
    const match = /^\d*<<(-?)([^<]*)$/.exec(value);
    const names = expandWord(match?.[2]?.trimStart() ?? '', options);
    if (isExpansionFault(names) || names.words.length !== 1) return [];
    return [{ name: names.words[0]?.value ?? '', chomp: match?.[1] === '-' }];
  });
}
