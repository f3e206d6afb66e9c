import { addFault, find, lineEnd, nameEnd, type Scan } from './xml-scan';

/** Passes over a byte order mark and the XML declaration, which stands at the very start or nowhere. */
export function readAtStart(scan: Scan): void {
  const { text } = scan;
  if (text.startsWith('\uFEFF')) scan.at = 1;
  if (!/^<\?xml[ \t\r\n?]/.test(text.slice(scan.at, scan.at + 6))) return;
  const start = scan.at;
  const end = find(scan, '?>', start);
  if (end < 0) {
    addFault(scan, { start, end: start + 5 }, 'the XML declaration is never closed', 'unclosed token');
    scan.at = lineEnd(scan, start);
    return;
  }
  if (!declaration.test(text.slice(start + 5, end))) {
    const reason = 'the XML declaration is not version, encoding and standalone, in this order';
    addFault(scan, { start, end: end + 2 }, reason, 'XML declaration not well-formed');
  }
  scan.at = end + 2;
}

/** The pseudo-attributes of the declaration (libexpat lib/xmltok.c, `doParseXmlDecl`). */
const declaration = new RegExp(
  `^${pseudo('version', '[A-Za-z0-9._-]*')}` +
    `(?:${pseudo('encoding', '[A-Za-z][A-Za-z0-9._-]*')})?` +
    `(?:${pseudo('standalone', '(?:yes|no)')})?[ \\t\\r\\n]*$`,
);

function pseudo(name: string, value: string): string {
  const blank = '[ \\t\\r\\n]';
  return `${blank}+${name}${blank}*=${blank}*(?:"${value}"|'${value}')`;
}

/** Passes over a processing instruction. */
export function readProcessingInstruction(scan: Scan): void {
  const { text, at: start } = scan;
  const nameStart = start + 2;
  const stop = nameEnd(text, nameStart);
  const target = text.slice(nameStart, stop);
  const end = find(scan, '?>', nameStart);
  const span = { start, end: Math.max(stop, start + 2) };
  if (target === 'xml') {
    const expat = 'XML or text declaration not at start of entity';
    addFault(scan, span, 'the XML declaration does not stand at the very start of the file', expat);
  } else if (target === '' || target.toLowerCase() === 'xml' || !/^[ \t\r\n?]?$/.test(text.charAt(stop))) {
    addFault(scan, span, 'this is no processing instruction', 'not well-formed (invalid token)');
  } else if (end < 0) {
    addFault(scan, span, 'the processing instruction is never closed', 'unclosed token');
  }
  scan.at = end < 0 ? Math.max(stop, lineEnd(scan, start)) : end + 2;
}

/** Passes over a document type; nothing else may begin with `<!` here. */
export function readMarkupDeclaration(scan: Scan): void {
  const { text, at: start } = scan;
  const end =
    text.startsWith('<!DOCTYPE', start) && !scan.hasRoot && !scan.hasDoctype ? doctypeEnd(text, start) : -1;
  if (end < 0) {
    const isEnd = start + 2 >= text.length;
    const expat = isEnd
      ? 'unclosed token'
      : scan.hasRoot
        ? 'not well-formed (invalid token)'
        : 'syntax error';
    const reason = isEnd ? 'the tag is never closed' : 'this declaration cannot stand here';
    addFault(scan, { start, end: start + 2 }, reason, expat);
    scan.at = start + 2;
  } else {
    scan.at = end;
  }
  if (text.startsWith('<!DOCTYPE', start)) scan.hasDoctype = true;
}

/** Behind the `>` that closes it; quotes and the brackets of the internal subset can hold others. */
function doctypeEnd(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '[') {
      depth += 1;
    } else if (character === ']') {
      depth -= 1;
    } else if (character === '>' && depth <= 0) {
      return at + 1;
    }
  }
  return -1;
}
