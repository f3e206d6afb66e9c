import type { Span } from '../../model/span';
import type { XmlElement, XmlEvent, XmlFault } from './xml';

/** Where the reader stands in a text, and what it has found so far. */
export class Scan {
  at = 0;
  readonly events: XmlEvent[] = [];
  /** The elements around the place, from the outermost inwards. */
  readonly open: XmlElement[] = [];
  /** How many elements of a name are open: an end tag without one is passed over. */
  readonly openNames = new Map<string, number>();
  hasRoot = false;
  hasDoctype = false;
  fault: XmlFault | undefined;
  readonly found = new Map<string, { readonly from: number; readonly at: number }>();

  constructor(readonly text: string) {}
}

/** Notes what stops a parser; only the first such thing counts. */
export function addFault(scan: Scan, span: Span, reason: string, expat: string): void {
  scan.fault ??= { span, reason, expat };
}

/**
 * Where `wanted` stands next, from `from` on; -1 where it does not. What was found is kept, so that asking again and
 * again, always further on, goes through the text once.
 */
export function find(scan: Scan, wanted: string, from: number): number {
  const last = scan.found.get(wanted);
  if (last !== undefined && last.from <= from && (last.at < 0 || from <= last.at)) return last.at;
  const at = scan.text.indexOf(wanted, from);
  scan.found.set(wanted, { from, at });
  return at;
}

/** Where the line ends in which `from` stands: before its line break. */
export function lineEnd(scan: Scan, from: number): number {
  const at = find(scan, '\n', from);
  return at < 0 ? scan.text.length : at;
}

/** XML knows four blanks (XML 1.0, production 3). */
export function isXmlBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** The place of the first character from `from` on that is no blank. */
export function skipXmlBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isXmlBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the name that begins at `from` ends; `from` itself where none begins. */
export function nameEnd(text: string, from: number): number {
  name.lastIndex = from;
  return name.test(text) ? name.lastIndex : from;
}

/** Names as XML 1.0 has them, with the letters of today's Unicode. */
const name = /[\p{L}_:][\p{L}\p{M}\p{N}_:.\-\u00B7]*/uy;
