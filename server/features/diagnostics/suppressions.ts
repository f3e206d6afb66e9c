import type { CommentStyle } from '../../model/comments';
import { lineAt, lineBehind } from '../../model/lines';
import type { Span } from '../../model/span';
import type { Suppression } from '../../model/suppression';

/** What a comment begins with that has findings ignored. */
const mark = 'portolan-ignore';

/** What stands for the reason until somebody writes one: the comment holds with it and without, and it is no reason. */
export const unsaidReason = 'say why';

/**
 * The suppressions in a text: `# portolan-ignore RULE[, RULE][: reason]` at the end of a line is about that line, alone on
 * a line about the next line that is no such comment; `portolan-ignore-file` is about the whole file.
 *
 * The mark has to stand right behind the comment's opening, and that at the beginning of the line or behind a blank, and
 * not in quotation marks that were opened on the same line. A line of a text that goes over many lines (a block scalar, a
 * here document) is not told from a comment. In linear time: each line is looked at once.
 */
export function suppressionsIn(text: string, style: CommentStyle): readonly Suppression[] {
  const comments: Comment[] = [];
  for (let at = text.indexOf(mark); at >= 0; ) {
    const line = lineAt(text, at);
    const comment = commentIn(text, line, style);
    if (comment !== undefined) comments.push(comment);
    at = text.indexOf(mark, line.end);
  }
  const scopes = scopesOf(text, comments);
  return comments.flatMap((comment, index) => read(text, comment, scopes[index]));
}

/** A comment of ours on a line. */
interface Comment {
  readonly line: Span;
  /** From its opening to its end, its closing included. */
  readonly span: Span;
  /** What is written in it behind the mark. */
  readonly words: Span;
  readonly isAlone: boolean;
  readonly isForFile: boolean;
}

function commentIn(text: string, line: Span, style: CommentStyle): Comment | undefined {
  const first = skipBlanks(text, line.start, line.end);
  const start = text.startsWith(style.open, first)
    ? first
    : style.isBehindCode
      ? openingBehind(text, first, line.end, style)
      : undefined;
  if (start === undefined) return undefined;
  const at = skipBlanks(text, start + style.open.length, line.end);
  if (!text.startsWith(mark, at)) return undefined;
  const isForFile = text.startsWith(`${mark}-file`, at);
  const from = at + mark.length + (isForFile ? '-file'.length : 0);
  if (from < line.end && !isBlank(text[from])) return undefined;
  const closed = style.close === undefined ? -1 : text.slice(from, line.end).indexOf(style.close);
  const to = closed < 0 ? line.end : from + closed;
  const end = closed < 0 || style.close === undefined ? line.end : to + style.close.length;
  const isAlone = start === first && skipBlanks(text, end, line.end) === line.end;
  return { line, span: { start, end }, words: { start: from, end: to }, isAlone, isForFile };
}

/** Where a comment of ours opens behind code: outside of the quotation marks of this line. */
function openingBehind(text: string, from: number, end: number, style: CommentStyle): number | undefined {
  let quote: string | undefined;
  for (let at = from; at < end; at += 1) {
    const character = text[at];
    if (quote !== undefined) {
      if (character === '\\' && quote === '"') at += 1;
      else if (character === quote) quote = undefined;
    } else if (text.startsWith(style.open, at) && (isBlank(text[at - 1]) || style.close !== undefined)) {
      const inside = skipBlanks(text, at + style.open.length, end);
      if (text.startsWith(mark, inside) || style.close === undefined) return at;
    } else if ((character === '"' || character === "'") && opensQuote(text[at - 1])) {
      quote = character;
    }
  }
  return undefined;
}

/** Elsewhere it is an apostrophe, or closes what a line before has opened. */
function opensQuote(before: string | undefined): boolean {
  return before === undefined || isBlank(before) || '\n[{(,:=-'.includes(before);
}

function read(text: string, comment: Comment, scope: Span | undefined): readonly Suppression[] {
  const { words } = comment;
  const colon = text.slice(words.start, words.end).indexOf(':');
  const listEnd = colon < 0 ? words.end : words.start + colon;
  const reason = colon < 0 ? '' : text.slice(listEnd + 1, words.end).trim();
  const names = namesIn(text, { start: words.start, end: listEnd });
  const whole = wholeComment(text, comment);
  const common = { ...(scope && { scope }), ...(reason !== '' && reason !== unsaidReason && { reason }) };
  if (names.length === 0) return [{ rule: '', span: comment.span, removal: whole, ...common }];
  return names.map((span, index) => ({
    rule: text.slice(span.start, span.end),
    span,
    removal: names.length === 1 ? whole : oneOf(names, index, span),
    ...common,
  }));
}

/** The words of a list that commas or blanks divide. */
function namesIn(text: string, { start, end }: Span): readonly Span[] {
  return [...text.slice(start, end).matchAll(/[^\s,]+/g)].map(({ index, 0: { length } }) => ({
    start: start + index,
    end: start + index + length,
  }));
}

/** What each comment is about: its line, or the one below; comments of ours in between are about the same one. */
function scopesOf(text: string, comments: readonly Comment[]): readonly (Span | undefined)[] {
  const lines: Span[] = [];
  for (let index = comments.length - 1; index >= 0; index -= 1) {
    const { line, isAlone } = comments[index] as Comment;
    const below = lineBehind(text, line.end);
    const next = comments[index + 1];
    const isChained = next?.isAlone === true && next.line.start === below.start;
    lines[index] = !isAlone ? line : isChained ? (lines[index + 1] ?? below) : below;
  }
  return comments.map(({ isForFile }, index) => (isForFile ? undefined : lines[index]));
}

function wholeComment(text: string, { line, span, isAlone }: Comment): Span {
  if (isAlone) return { start: line.start, end: lineBehind(text, line.end).start };
  let { start } = span;
  while (start > line.start && isBlank(text[start - 1])) start -= 1;
  return { start, end: span.end };
}

/** One name of several goes with the comma on its right, the last one with that on its left. */
function oneOf(names: readonly Span[], index: number, { start, end }: Span): Span {
  const next = names[index + 1];
  return next === undefined ? { start: names[index - 1]?.end ?? start, end } : { start, end: next.start };
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text[at])) at += 1;
  return at;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
