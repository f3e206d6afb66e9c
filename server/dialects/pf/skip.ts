import type { PfCursor } from '../../syntax/pf/pf-cursor';
import { syntaxFault } from '../../syntax/pf/pf-port-spec';
import { type PfToken, startsStatement } from '../../syntax/pf/pf-tokens';
import type { PfNotes } from './notes';

/**
 * Goes past a list in braces, over several lines if need be; a line that begins a statement is none of a list, so
 * there the bracket was forgotten.
 *
 * @returns The tokens of the list.
 */
export function skipBraces(cursor: PfCursor, notes: PfNotes): readonly PfToken[] {
  const { span } = cursor.token;
  const tokens: PfToken[] = [];
  let depth = 0;
  do {
    const { token } = cursor;
    const isOver = token.kind === 'newline' && startsStatement(cursor.text, token.span.end);
    if (token.kind === 'end' || isOver) {
      notes.fault(syntaxFault({ start: span.start, end: span.end }, 'The list is never closed'));
      return tokens;
    }
    if (cursor.isMark('{')) depth += 1;
    if (cursor.isMark('}')) depth -= 1;
    tokens.push(cursor.advance());
  } while (depth > 0);
  return tokens;
}

/** Goes past brackets, which end on the line that they begin on. */
export function skipParentheses(cursor: PfCursor): void {
  let depth = 0;
  do {
    if (cursor.isLineEnd()) return;
    if (cursor.isMark('(')) depth += 1;
    if (cursor.isMark(')')) depth -= 1;
    cursor.advance();
  } while (depth > 0);
}

/** Goes past the value of an option: a word, a list, `! em0`, `>= 1000`, `S/SA`, `100/10`. */
export function skipValue(cursor: PfCursor, notes: PfNotes): void {
  while (cursor.token.kind === 'mark' && operators.has(cursor.token.value)) cursor.advance();
  if (cursor.isLineEnd()) return;
  if (cursor.isMark('{')) skipBraces(cursor, notes);
  else if (cursor.isMark('(')) skipParentheses(cursor);
  else if (cursor.token.kind !== 'mark') cursor.advance();
  else return;
  while (cursor.token.kind === 'mark' && joins.has(cursor.token.value)) {
    cursor.advance();
    if (!cursor.isLineEnd() && cursor.token.kind !== 'mark') cursor.advance();
  }
}

const operators: ReadonlySet<string> = new Set(['!', '=', '!=', '<', '<=', '>', '>=', '/']);

const joins: ReadonlySet<string> = new Set(['/', '><', '<>']);
