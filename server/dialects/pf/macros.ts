import type { Span } from '../../model/span';
import { PfCursor } from '../../syntax/pf/pf-cursor';
import type { PfMacro } from '../../syntax/pf/pf-macros';
import { readPortItem } from '../../syntax/pf/pf-port-item';
import { syntaxFault } from '../../syntax/pf/pf-port-spec';
import { isPortToken, type PfPortValue } from '../../syntax/pf/pf-port-value';
import { pfRefusal } from '../../syntax/pf/pf-refusal';
import type { PfToken } from '../../syntax/pf/pf-tokens';
import { isPfKeyword } from '../../syntax/pf/pf-words';
import { SourcedTextBuilder, sourceSpan, unknownText } from '../../syntax/sourced-text';
import { macroSlot, type PfNotes } from './notes';

/**
 * Reads what stands behind `name =`, up to the end of the line: words, numbers and strings, which pfctl puts together
 * with a blank between two (`varset` and `varstring` of parse.y). Everything else needs quotation marks.
 */
export function readMacro(cursor: PfCursor, name: string, notes: PfNotes): PfMacro {
  cursor.advance();
  const { start } = cursor.token.span;
  const value = new SourcedTextBuilder();
  let first: PfToken | undefined;
  let wrong: PfToken | undefined;
  while (!cursor.isLineEnd()) {
    const token = cursor.advance();
    first ??= token;
    if (!isPortToken(token) && token.variable === undefined) wrong ??= token;
    if (value.length > 0) value.replaced(' ', { start: token.span.start, end: token.span.start });
    append(token, cursor.text, value);
    if (token.isOpen) notes.fault(openQuote(token));
  }
  const definition = { start, end: Math.max(start, cursor.previousEnd) };
  if (first !== undefined && wrong !== undefined) notes.fault(unquoted(cursor.text, wrong, definition));
  const text = value.text();
  const shown = text.value.replaceAll(unknownText, '…');
  const macro: PfMacro = { name, value: text, shown, definition };
  notes.macros.push(macro);
  return macro;
}

/** A string whose closing quotation mark is missing. */
export function openQuote({ span }: PfToken) {
  const place = { start: span.start, end: span.start + 1 };
  return {
    rule: 'syntax-error',
    span: place,
    message: pfRefusal(
      'The quotation mark is never closed',
      'reached end of file while parsing quoted string',
    ),
  };
}

function append(token: PfToken, text: string, value: SourcedTextBuilder): void {
  if (token.kind === 'unknown') {
    value.replaced(unknownText, token.span);
    return;
  }
  if (token.text !== undefined) {
    value.append(token.text);
    return;
  }
  const place = token.written ?? token.span;
  const { start } = place;
  if (text.slice(start, start + token.value.length) === token.value) value.literal(token.value, start);
  else value.replaced(token.value, place);
}

function unquoted(text: string, wrong: PfToken, whole: Span) {
  const written = text.slice(wrong.span.start, wrong.span.end);
  const what = isPfKeyword(wrong.value) ? 'is a keyword of pf, and in a macro' : 'in a macro';
  const value = text.slice(whole.start, whole.end);
  const fault = syntaxFault(wrong.span, `"${written}" ${what} needs quotation marks around it`);
  if (!/^[^"'$\\#\n]*$/.test(value)) return fault;
  return {
    ...fault,
    fixes: [{ title: 'Put the value in quotation marks', span: whole, text: `"${value}"` }],
  };
}

/**
 * Declares the ports of macros whose names say what they hold, although no rule of this file uses them as ports: they
 * are for a file that is loaded after this one. In these, and in those that a rule does use as a list of ports, there is a
 * place for the next one.
 */
export function declareNamed(notes: PfNotes): void {
  for (const macro of notes.macros) {
    const isNamed = /(?:^|_)ports?(?:_|$)|[a-z]Ports?$/i.test(macro.name);
    if (isNamed || notes.isPortList(macro)) gapIn(macro, notes);
    if (!isNamed) continue;
    const values = portsOnly(macro);
    for (const value of values ?? []) notes.declare(value);
  }
}

/** The place where the next port of a list in a macro can be typed: behind its brace, or behind a comma. */
function gapIn(macro: PfMacro, notes: PfNotes): void {
  const { value } = macro;
  const close = value.value.indexOf('}');
  let at = close;
  while (at > 0 && /[ \t]/.test(value.value.charAt(at - 1))) at -= 1;
  if (close < 0 || !/[{,]/.test(value.value.charAt(at - 1))) return;
  // One blank stays in front of what is typed.
  const offset = Math.min(at + 1, close);
  notes.slots.push(macroSlot(macro, sourceSpan(value, offset, offset)));
}

/** The ports of a macro that holds nothing else. */
function portsOnly(macro: PfMacro): PfPortValue[] | undefined {
  const values: PfPortValue[] = [];
  const cursor = new PfCursor(`$${macro.name}`, new Map([[macro.name, macro]]));
  while (cursor.token.kind !== 'end') {
    if (['{', '}', ','].some((mark) => cursor.isMark(mark))) {
      cursor.advance();
      continue;
    }
    const item = isPortToken(cursor.token) ? readPortItem(cursor, 'operators') : undefined;
    if (item?.ports === undefined) return undefined;
    values.push(...item.values);
  }
  return values;
}
