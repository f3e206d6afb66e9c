import { address } from '../../model/address';
import { lineEnd } from '../../model/lines';
import type { PortSlot } from '../../model/port-slot';
import type { DotenvSetting } from '../../syntax/docker/dotenv';

/**
 * The place of a port in the value of a setting: empty, half-typed or complete, within quotation marks or without.
 * Undefined where anything else stands there.
 */
export function valueSlot(
  text: string,
  { signEnd, valueFrom }: DotenvSetting,
): Pick<PortSlot, 'span' | 'after'> | undefined {
  const line = text.slice(valueFrom, lineEnd(text, valueFrom));
  const [whole, begun = '', digits = ''] = defaultAlone.exec(line) ?? [];
  if (whole !== undefined) {
    const from = valueFrom + begun.length;
    return { span: { start: from, end: from + digits.length } };
  }
  const [, quote = '', typed = ''] = /^(["']?)([0-9A-Za-z]*)/.exec(line) ?? [];
  const start = valueFrom + quote.length;
  const span = { start, end: start + typed.length };
  const rest = line.slice(quote.length + typed.length);
  if (quote !== '') {
    if (rest.startsWith(quote)) return { span };
    return rest.trim() === '' ? { span, after: quote } : undefined;
  }
  if (typed !== '') return rest.trim() === '' || /^[ \t]+#/.test(rest) ? { span } : undefined;
  return emptySlot(text, signEnd, valueFrom, rest);
}

/** A variable that is the whole value, with a default (compose-go dotenv/parser.go fills one in but in single marks). */
const defaultAlone = /^("?\$\{[A-Za-z_][A-Za-z0-9_]*:?-)([0-9]*)\}"?[ \t\r]*(?:#.*)?$/;

/** The place of the port in a URL whose host is written: `postgres://localhost:`, whatever follows. */
export function urlSlot(
  text: string,
  { valueFrom }: DotenvSetting,
): Pick<PortSlot, 'span' | 'address'> | undefined {
  const line = text.slice(valueFrom, Math.min(lineEnd(text, valueFrom), valueFrom + longestUrl));
  const [whole, host = '', typed = ''] =
    /^["']?[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@]*@)?([A-Za-z0-9_.-]+):([0-9]*)(?=["'/?#\s,]|$)/i.exec(line) ?? [];
  if (whole === undefined) return undefined;
  const end = valueFrom + whole.length;
  return { span: { start: end - typed.length, end }, address: address(host) };
}

/** In UTF-16 code units; a port stands near the beginning. */
const longestUrl = 512;

/** Blanks before the place are replaced, for shells want none; those of `NAME: value`, and one before a comment, stay. */
function emptySlot(
  text: string,
  signEnd: number,
  valueFrom: number,
  rest: string,
): Pick<PortSlot, 'span'> | undefined {
  const isComment = rest.startsWith('#') && valueFrom > signEnd;
  if (rest.trim() !== '' && !isComment) return undefined;
  const end = isComment ? valueFrom - 1 : valueFrom;
  return { span: { start: text[signEnd - 1] === '=' ? signEnd : end, end } };
}
