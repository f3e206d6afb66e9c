import type { Span } from '../../model/span';
import type { XmlAttribute, XmlElement } from './xml';
import { addFault, find, isXmlBlank, nameEnd, type Scan, skipXmlBlanks } from './xml-scan';
import { readCharacters } from './xml-text';

/** Reads a start tag or an empty element; a `<` that begins neither is passed over. */
export function readStartTag(scan: Scan): void {
  const { text, at: start } = scan;
  const end = nameEnd(text, start + 1);
  if (end === start + 1) {
    const isEnd = end >= text.length;
    const reason = isEnd ? 'the tag is never closed' : 'no name follows "<"';
    const span = { start, end: Math.min(start + 2, text.length) };
    addFault(scan, span, reason, isEnd ? 'unclosed token' : 'not well-formed (invalid token)');
    scan.at = start + 1;
    return;
  }
  if (scan.hasRoot && scan.open.length === 0) {
    const reason = 'a second element stands behind the first';
    addFault(scan, { start, end }, reason, 'junk after document element');
  }
  const tag: OpenTag = { start, attributes: [], names: new Set(), isWhole: true };
  scan.at = end;
  const before = scan.fault;
  const isEmpty = readAttributes(scan, tag);
  const element: XmlElement = {
    name: text.slice(start + 1, end),
    nameSpan: { start: start + 1, end },
    span: { start, end: scan.at },
    attributes: tag.attributes,
    isWhole: tag.isWhole && scan.fault === before,
  };
  scan.hasRoot = true;
  scan.events.push({ kind: 'start', element });
  if (isEmpty) {
    scan.events.push({ kind: 'end', element, end: scan.at });
  } else {
    scan.open.push(element);
    scan.openNames.set(element.name, (scan.openNames.get(element.name) ?? 0) + 1);
  }
}

/** Reads an end tag. One that closes an outer element closes all within; one that closes none is passed over. */
export function readEndTag(scan: Scan): void {
  const { text, at: start } = scan;
  const end = nameEnd(text, start + 2);
  const name = text.slice(start + 2, end);
  const after = skipXmlBlanks(text, end);
  const isClosed = name !== '' && text.startsWith('>', after);
  const innermost = scan.open.at(-1);
  if (!isClosed) {
    const isEnd = after >= text.length;
    const reason = isEnd ? 'the end tag is never closed' : 'this is no end tag';
    const expat = isEnd ? 'unclosed token' : 'not well-formed (invalid token)';
    addFault(scan, { start, end: Math.max(end, start + 2) }, reason, expat);
  } else if (innermost === undefined) {
    const reason = `</${name}> closes nothing`;
    addFault(scan, { start: start + 2, end }, reason, 'not well-formed (invalid token)');
  } else if (innermost.name !== name) {
    const reason = `</${name}> stands where </${innermost.name}> is expected`;
    addFault(scan, { start: start + 2, end }, reason, 'mismatched tag');
  }
  scan.at = isClosed ? after + 1 : Math.max(end, start + 2);
  if ((scan.openNames.get(name) ?? 0) === 0) return;
  for (let element = scan.open.pop(); element !== undefined; element = scan.open.pop()) {
    scan.openNames.set(element.name, (scan.openNames.get(element.name) ?? 1) - 1);
    scan.events.push({ kind: 'end', element, end: element.name === name ? scan.at : start });
    if (element.name === name) return;
  }
}

interface OpenTag {
  readonly start: number;
  readonly attributes: XmlAttribute[];
  readonly names: Set<string>;
  isWhole: boolean;
}

/** Reads on to the end of the tag and tells whether its element is empty. */
function readAttributes(scan: Scan, tag: OpenTag): boolean {
  const { text } = scan;
  for (;;) {
    const before = scan.at;
    scan.at = skipXmlBlanks(text, before);
    const character = text.charAt(scan.at);
    if (character === '') {
      refuse(scan, tag, { start: tag.start, end: before }, 'the tag is never closed', 'unclosed token');
      return false;
    }
    if (character === '>') {
      scan.at += 1;
      return false;
    }
    if (text.startsWith('/>', scan.at)) {
      scan.at += 2;
      return true;
    }
    if (character === '<') {
      refuse(scan, tag, { start: scan.at, end: scan.at + 1 }, 'the tag before it is not closed');
      return false;
    }
    const end = nameEnd(text, scan.at);
    if (end > scan.at) {
      const isApart = before < scan.at;
      readAttribute(scan, tag, end, isApart);
    } else {
      const isEnd = scan.at + 1 >= text.length && character === '/';
      const reason = isEnd
        ? 'the tag is never closed'
        : `${JSON.stringify(character)} is not expected in a tag`;
      const span = { start: scan.at, end: scan.at + 1 };
      refuse(scan, tag, span, reason, isEnd ? 'unclosed token' : undefined);
      scan.at += 1;
    }
  }
}

function readAttribute(scan: Scan, tag: OpenTag, end: number, isApart: boolean): void {
  const { text, at: start } = scan;
  const name = text.slice(start, end);
  const nameSpan = { start, end };
  if (!isApart) refuse(scan, tag, nameSpan, `a blank is missing before "${name}"`);
  scan.at = skipXmlBlanks(text, end);
  if (text.charAt(scan.at) !== '=') {
    const isEnd = scan.at >= text.length;
    refuse(scan, tag, nameSpan, `"${name}" has no value`, isEnd ? 'unclosed token' : undefined);
    scan.at = end;
    return;
  }
  if (tag.names.has(name)) refuse(scan, tag, nameSpan, `"${name}" stands there twice`, 'duplicate attribute');
  tag.names.add(name);
  scan.at = skipXmlBlanks(text, scan.at + 1);
  const quote = text.charAt(scan.at);
  const valueSpan =
    quote === '"' || quote === "'" ? readQuoted(scan, tag, quote) : readUnquoted(scan, tag, nameSpan);
  const value = readCharacters(scan, valueSpan.start, valueSpan.end, 'attribute');
  tag.attributes.push({ name, nameSpan, value, valueSpan });
}

/** A value that is not closed ends with its line, or with the tag. */
function readQuoted(scan: Scan, tag: OpenTag, quote: string): Span {
  const start = scan.at + 1;
  const close = find(scan, quote, start);
  const markup = find(scan, '<', start);
  if (close >= 0 && (markup < 0 || markup > close)) {
    scan.at = close + 1;
    return { start, end: close };
  }
  if (markup < 0) {
    refuse(scan, tag, { start: start - 1, end: start }, 'the value is never closed', 'unclosed token');
  } else {
    refuse(scan, tag, { start: markup, end: markup + 1 }, '"<" cannot stand in a value; is it closed?');
  }
  let end = start;
  while (end < scan.text.length && !'\n<>'.includes(scan.text.charAt(end))) end += 1;
  if (scan.text.startsWith('/>', end - 1) && end > start) end -= 1;
  scan.at = end;
  return { start, end };
}

function readUnquoted(scan: Scan, tag: OpenTag, nameSpan: Span): Span {
  const { text, at: start } = scan;
  let end = start;
  while (end < text.length && !isXmlBlank(text.charCodeAt(end)) && !'<>"\''.includes(text.charAt(end)))
    end += 1;
  if (text.startsWith('/>', end - 1) && end > start) end -= 1;
  const isEnd = start >= text.length;
  const span = end > start ? { start, end } : nameSpan;
  const reason = isEnd ? 'the tag is never closed' : 'the value has no quotation marks';
  refuse(scan, tag, span, reason, isEnd ? 'unclosed token' : undefined);
  scan.at = end;
  return { start, end };
}

function refuse(
  scan: Scan,
  tag: OpenTag,
  span: Span,
  reason: string,
  expat = 'not well-formed (invalid token)',
): void {
  tag.isWhole = false;
  addFault(scan, span, reason, expat);
}
