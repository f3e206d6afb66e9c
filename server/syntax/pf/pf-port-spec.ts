import type { FaultFix } from '../../model/fault';
import type { Span } from '../../model/span';
import type { PfCursor } from './pf-cursor';
import { type PfPortItem, readPortItem } from './pf-port-item';
import { isPortToken, type PfPortForm } from './pf-port-value';
import { pfRefusal } from './pf-refusal';
import { startsStatement } from './pf-tokens';
import { isPfKeyword } from './pf-words';

/** Something that pfctl stops at. */
export interface PfSyntaxFault {
  readonly rule: 'syntax-error' | 'missing-port';
  readonly span: Span;
  readonly message: string;
  readonly fixes?: readonly FaultFix[];
}

/** A place between tokens where a port may be typed. */
export interface PfGap {
  readonly offset: number;
  readonly before?: string;
  readonly after?: string;
  /** True behind an operator, with which a range cannot stand. */
  readonly isCompared?: true;
}

/** What stands behind the word `port`: one expression or a list of them. */
export interface PfPortSpec {
  /** From the word `port` on. */
  readonly span: Span;
  readonly items: readonly PfPortItem[];
  readonly gaps: readonly PfGap[];
  /** The characters in a macro's definition that open the list, where it comes out of one. */
  readonly opening?: Span;
  readonly faults: readonly PfSyntaxFault[];
}

/**
 * Reads `portspec` of parse.y, the word `port` in front of it included: in a list the comma between two ports may be
 * missing, but none may stand in front of the first one, behind the last one or at the end of a line.
 */
export function readPortSpec(cursor: PfCursor): PfPortSpec {
  const word = cursor.advance();
  const spec: Draft = { items: [], gaps: [], faults: [] };
  const opening = cursor.isMark('{') ? cursor.token.written : undefined;
  if (cursor.isMark('{')) readList(cursor, spec);
  else readSingle(cursor, word.span, spec);
  const span = { start: word.span.start, end: cursor.previousEnd };
  return { span, ...spec, ...(opening && { opening }) };
}

interface Draft {
  readonly items: PfPortItem[];
  readonly gaps: PfGap[];
  readonly faults: PfSyntaxFault[];
}

function readSingle(cursor: PfCursor, word: Span, spec: Draft): void {
  const item = readPortItem(cursor, 'operators');
  if (item === undefined) {
    const span = { start: word.start, end: cursor.previousEnd };
    spec.faults.push(missing(span));
    const gap = emptyGap(cursor);
    if (gap !== undefined) spec.gaps.push({ ...gap, ...comparison(cursor) });
    return;
  }
  add(cursor, item, spec);
  const { start } = item.span;
  if (!cursor.isMark(',') && cursor.token.kind !== 'number') return;
  let { end } = item.span;
  while (cursor.isMark(',') || cursor.token.kind === 'number') {
    if (cursor.isMark(',')) cursor.advance();
    const more = readPortItem(cursor, 'operators');
    if (more === undefined) continue;
    add(cursor, more, spec);
    end = more.span.end;
  }
  const span = { start, end: cursor.previousEnd };
  const text = `{ ${cursor.text.slice(start, end)} }`;
  const isLiteral = spec.items.every(({ variables }) => variables.length === 0) && spec.items.length > 1;
  spec.faults.push({
    rule: 'syntax-error',
    span,
    message: pfRefusal(`Several ports stand in braces: ${short(text)}`, 'syntax error'),
    ...(isLiteral && { fixes: [{ title: 'Put the ports in braces', span, text }] }),
  });
}

function readList(cursor: PfCursor, spec: Draft): void {
  const open = cursor.advance();
  const faults: PfSyntaxFault[] = [];
  let comma: Span | undefined;
  for (;;) {
    gapsBefore(cursor, spec);
    if (cursor.token.kind === 'newline') {
      // A line that begins a statement is no part of a list.
      if (startsStatement(cursor.text, cursor.token.span.end)) {
        unclosed(open.span, spec);
        return;
      }
      if (comma !== undefined) faults.push(lineEndComma(comma));
      comma = undefined;
      cursor.advance();
    } else if (cursor.isMark('}')) {
      cursor.advance();
      if (spec.items.length === 0 && faults.length === 0) {
        const span = { start: open.span.start, end: cursor.previousEnd };
        faults.push(syntaxFault(span, 'The list is empty'));
      }
      if (comma !== undefined) faults.push(strayComma(comma));
      // pfctl tells of the first one.
      spec.faults.push(...faults.slice(0, 1));
      return;
    } else if (cursor.isMark(',')) {
      const { span } = cursor.advance();
      if (comma !== undefined || spec.items.length === 0) faults.push(strayComma(span));
      comma = span;
    } else if (cursor.token.kind === 'end' || isKeyword(cursor)) {
      unclosed(open.span, spec);
      return;
    } else {
      comma = undefined;
      const item = readPortItem(cursor, 'operators');
      if (item !== undefined) add(cursor, item, spec);
      else if (!isKeyword(cursor) && !cursor.isMark('}') && !cursor.isLineEnd()) {
        const { span } = cursor.advance();
        faults.push(syntaxFault(span, `"${cursor.text.slice(span.start, span.end)}" is no port`));
      }
    }
  }
}

/** What `->`, `rdr-to` and their kin take behind the word `port`: a single value without operators. */
export function readTargetPort(cursor: PfCursor, form: PfPortForm): PfPortSpec {
  const word = cursor.advance();
  const spec: Draft = { items: [], gaps: [], faults: [] };
  if (cursor.isMark('{')) {
    const list: Draft = { items: [], gaps: [], faults: [] };
    const { start } = cursor.token.span;
    readList(cursor, list);
    const span = { start, end: cursor.previousEnd };
    const isUnclosed = list.faults.some(({ span: at }) => at.start === start && at.end === start + 1);
    spec.faults.push(
      ...(isUnclosed
        ? list.faults
        : [syntaxFault(span, 'A packet is sent on to one port or range, not to a list')]),
    );
  } else {
    const item = readPortItem(cursor, form);
    if (item !== undefined) add(cursor, item, spec);
    else if (cursor.token.kind === 'mark' && !cursor.isMark('}')) {
      spec.faults.push(syntaxFault(cursor.token.span, `"${cursor.token.value}" cannot stand in front of it`));
      cursor.advance();
    } else {
      spec.faults.push(missing(word.span));
      const gap = emptyGap(cursor);
      if (gap !== undefined) spec.gaps.push(gap);
    }
  }
  return { span: { start: word.span.start, end: cursor.previousEnd }, ...spec };
}

function add(cursor: PfCursor, item: PfPortItem, spec: Draft): void {
  spec.items.push(item);
  const isBinary = item.operator === '><' || item.operator === '<>';
  if (isBinary && item.values.length === 1)
    spec.faults.push(missing({ ...item.span, end: cursor.previousEnd }));
}

function isKeyword({ token: { kind, value } }: PfCursor): boolean {
  return kind === 'word' && isPfKeyword(value);
}

function unclosed(span: Span, spec: Draft): void {
  spec.faults.push(syntaxFault(span, 'The list is never closed'));
}

function missing(span: Span): PfSyntaxFault {
  return { rule: 'missing-port', span, message: pfRefusal('A port is missing here', 'syntax error') };
}

function strayComma(span: Span): PfSyntaxFault {
  const fixes = [{ title: 'Remove the comma', span, text: '' }];
  return { ...syntaxFault(span, 'A comma stands between two ports only'), fixes };
}

function lineEndComma(span: Span): PfSyntaxFault {
  const reason = 'A line of a list cannot end with a comma, unless a backslash joins it with the next one';
  return { ...syntaxFault(span, reason), fixes: [{ title: 'Remove the comma', span, text: '' }] };
}

/** A fault with the words that pfctl has for everything that its grammar has no place for. */
export function syntaxFault(span: Span, reason: string): PfSyntaxFault {
  return { rule: 'syntax-error', span, message: pfRefusal(reason, 'syntax error') };
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 36)} … }` : text;
}

/** Behind the word `port` when nothing stands there. */
function emptyGap(cursor: PfCursor): PfGap | undefined {
  const { text, previousEnd, token } = cursor;
  if (isPortToken(token)) return undefined;
  const blanks = /[ \t]{0,80}/y;
  blanks.lastIndex = previousEnd;
  const length = blanks.exec(text)?.[0].length ?? 0;
  if (length === 0) return { offset: previousEnd, before: ' ' };
  const isLast = previousEnd + length === text.length || /[\r\n#]/.test(text[previousEnd + length] ?? '');
  if (isLast) return { offset: previousEnd + length };
  return length > 1 ? { offset: previousEnd + 1 } : { offset: previousEnd + 1, after: ' ' };
}

/** The blanks between two parts of a list. */
function gapsBefore(cursor: PfCursor, spec: Draft): void {
  const { text, previousEnd, token } = cursor;
  if (token.variable !== undefined || token.span.start < previousEnd || cursor.isMark(',')) return;
  const between = text.slice(previousEnd, token.span.start);
  if (!/^[ \t]*$/.test(between)) return;
  const isItem = isPortToken(token);
  if (token.kind === 'newline' || token.kind === 'end') {
    // At the end of a line, and on one that holds nothing else.
    if (between !== '' || text[previousEnd - 1] === '\n')
      spec.gaps.push({ offset: token.span.start, ...comparison(cursor) });
  } else if (between.length > 1 && text[previousEnd - 1] !== '\n') {
    spec.gaps.push({ offset: previousEnd + 1, ...comparison(cursor) });
  } else if (!isItem && (between !== '' || /[{,]/.test(text[previousEnd - 1] ?? ''))) {
    const after = between === '' ? { before: ' ', after: ' ' } : { after: ' ' };
    spec.gaps.push({ offset: previousEnd + between.length, ...after, ...comparison(cursor) });
  }
}

function comparison({ text, previousEnd }: PfCursor): Pick<PfGap, 'isCompared'> {
  return /[<>=!]/.test(text[previousEnd - 1] ?? '') ? { isCompared: true } : {};
}
