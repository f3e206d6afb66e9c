import type { Span } from '../../model/span';
import type { SourcedText } from '../sourced-text';
import { readAtStart, readMarkupDeclaration, readProcessingInstruction } from './xml-prolog';
import { addFault, find, isXmlBlank, lineEnd, Scan } from './xml-scan';
import { readEndTag, readStartTag } from './xml-tags';
import { readCharacters } from './xml-text';

/** What a text says as XML: what a SAX parser would tell, in the order of the text, each with its characters. */
export interface XmlReading {
  readonly events: readonly XmlEvent[];
  /** Where and why a parser stops; the events behind it are what can be made out all the same. */
  readonly fault?: XmlFault;
}

/** An empty element has an end as well; an element that is never closed has none. */
export type XmlEvent =
  | { readonly kind: 'start'; readonly element: XmlElement }
  /** `end` is the offset behind the element: behind its end tag, where it has one. */
  | { readonly kind: 'end'; readonly element: XmlElement; readonly end: number }
  | { readonly kind: 'text'; readonly text: SourcedText };

export interface XmlElement {
  readonly name: string;
  readonly nameSpan: Span;
  /** The start tag from its `<` to its `>`. */
  readonly span: Span;
  readonly attributes: readonly XmlAttribute[];
  /** False where the tag has a mistake that a parser does not get past. */
  readonly isWhole: boolean;
}

export interface XmlAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  /** The value after references were replaced; a reference that nothing defines is `unknownText`. */
  readonly value: SourcedText;
  /** The characters between the quotation marks. */
  readonly valueSpan: Span;
}

/** The one fault that a parser tells. */
export interface XmlFault {
  readonly span: Span;
  /** What is wrong, in words that go on a sentence. */
  readonly reason: string;
  /** Expat's own words (libexpat lib/xmlparse.c, `XML_ErrorString`). */
  readonly expat: string;
}

/**
 * Reads XML 1.0 as expat does, as far as configuration files need it: elements, attributes, character references and
 * the five entities, comments, CDATA sections, processing instructions, the XML declaration. A document type is passed
 * over; entities that it may define are unknown. Goes on after a fault, in linear time.
 */
export function readXml(text: string): XmlReading {
  const scan = new Scan(text);
  readAtStart(scan);
  while (scan.at < text.length) {
    const markup = find(scan, '<', scan.at);
    const end = markup < 0 ? text.length : markup;
    if (end > scan.at) readText(scan, end);
    scan.at = end;
    if (markup >= 0) readMarkup(scan);
  }
  const open = scan.open.at(-1);
  if (open !== undefined) {
    addFault(scan, open.nameSpan, `<${open.name}> is never closed`, 'no element found');
  } else if (!scan.hasRoot) {
    addFault(scan, { start: 0, end: 0 }, 'there is no element in the file', 'no element found');
  }
  return scan.fault === undefined ? { events: scan.events } : { events: scan.events, fault: scan.fault };
}

function readText(scan: Scan, end: number): void {
  if (scan.open.length > 0) {
    const stray = find(scan, ']]>', scan.at);
    if (stray >= 0 && stray < end) {
      const span = { start: stray, end: stray + 3 };
      addFault(scan, span, 'a text cannot have "]]>" in it', 'not well-formed (invalid token)');
    }
    scan.events.push({ kind: 'text', text: readCharacters(scan, scan.at, end, 'text') });
    return;
  }
  let at = scan.at;
  while (at < end && isXmlBlank(scan.text.charCodeAt(at))) at += 1;
  if (at === end) return;
  const stop = Math.min(end, lineEnd(scan, at));
  const span = { start: at, end: at + scan.text.slice(at, stop).trimEnd().length };
  const expat =
    scan.text.charAt(at) === '&' || scan.text.charCodeAt(at) < 32
      ? 'not well-formed (invalid token)'
      : scan.hasRoot
        ? 'junk after document element'
        : 'syntax error';
  const place = scan.hasRoot ? 'behind the last element' : 'before the first element';
  addFault(scan, span, `a text stands ${place}`, expat);
}

function readMarkup(scan: Scan): void {
  const { text, at } = scan;
  if (text.startsWith('<!--', at)) readComment(scan);
  else if (text.startsWith('<![CDATA[', at)) readCdata(scan);
  else if (text.startsWith('<!', at)) readMarkupDeclaration(scan);
  else if (text.startsWith('<?', at)) readProcessingInstruction(scan);
  else if (text.startsWith('</', at)) readEndTag(scan);
  else readStartTag(scan);
}

function readComment(scan: Scan): void {
  const { at } = scan;
  const dashes = find(scan, '--', at + 4);
  const isClosed = dashes >= 0 && scan.text.startsWith('>', dashes + 2);
  if (isClosed) {
    scan.at = dashes + 3;
    return;
  }
  if (dashes >= 0 && dashes + 2 < scan.text.length) {
    const span = { start: dashes, end: dashes + 2 };
    addFault(scan, span, 'a comment cannot have "--" in it', 'not well-formed (invalid token)');
  } else {
    addFault(scan, { start: at, end: at + 4 }, 'the comment is never closed', 'unclosed token');
  }
  const end = dashes < 0 ? -1 : find(scan, '-->', dashes);
  // What follows an open comment is read nevertheless: somebody is typing it.
  scan.at = end < 0 ? lineEnd(scan, at) : end + 3;
}

function readCdata(scan: Scan): void {
  const { at } = scan;
  const start = at + '<![CDATA['.length;
  const end = find(scan, ']]>', start);
  if (scan.open.length === 0) {
    const span = { start: at, end: start };
    addFault(scan, span, 'a CDATA section stands outside of the elements', 'syntax error');
  } else if (end < 0) {
    addFault(scan, { start: at, end: start }, 'the CDATA section is never closed', 'unclosed CDATA section');
  }
  const stop = end < 0 ? Math.max(start, lineEnd(scan, at)) : end;
  if (stop > start && scan.open.length > 0) {
    scan.events.push({ kind: 'text', text: readCharacters(scan, start, stop, 'cdata') });
  }
  scan.at = end < 0 ? stop : end + 3;
}
