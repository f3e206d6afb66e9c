import { lineEnd } from '../../model/lines';

/**
 * The same text with every flow collection and quoted scalar that spans several lines on one line: line breaks and
 * comments inside them are made blanks, so that all offsets stay. Docker's YAML reader lets their lines stand as far
 * left as they like; the library wants them indented (YAML 1.2, section 6.1). What is opened and never closed stays.
 */
export function joinedFlow(text: string): string {
  const blanked: number[] = [];
  let lineStart = 0;
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '\n') {
      at += 1;
      lineStart = at;
    } else if (character === '#' && isBlank(text[at - 1])) {
      at = lineEnd(text, at);
    } else if ((character === '|' || character === '>') && startsValue(text, lineStart, at)) {
      at = endOfBlockScalar(text, lineStart, at);
    } else if (isOpening(character) && startsValue(text, lineStart, at)) {
      const found = endOfFlow(text, at);
      // Behind something that is never closed nothing can be told; to look on would cost the square of the length.
      if (found === undefined) break;
      for (const offset of found.blanked) blanked.push(offset);
      at = found.end;
    } else {
      at += 1;
    }
  }
  return blanked.length === 0 ? text : withBlanks(text, blanked);
}

/** The end of the collection or scalar that opens at `from`, and the characters in it to be made blanks. */
function endOfFlow(text: string, from: number): { end: number; blanked: readonly number[] } | undefined {
  const blanked: number[] = [];
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if ((character === '"' || character === "'") && (at === from || startsFlowValue(text, at))) {
      const close = endOfQuoted(text, at);
      if (close === undefined) return undefined;
      for (let inside = at; inside < close; inside += 1) if (isLineBreak(text[inside])) blanked.push(inside);
      at = close;
    } else if (character === '#' && isBlank(text[at - 1])) {
      const end = lineEnd(text, at);
      for (; at < end; at += 1) blanked.push(at);
    } else {
      if (character === '[' || character === '{') depth += 1;
      if (character === ']' || character === '}') depth -= 1;
      if (isLineBreak(character)) blanked.push(at);
      at += 1;
    }
    if (depth === 0) return { end: at, blanked };
  }
  return undefined;
}

function endOfQuoted(text: string, from: number): number | undefined {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return undefined;
}

/** A block scalar goes on over all lines that are indented further than the line it begins on. */
function endOfBlockScalar(text: string, lineStart: number, from: number): number {
  const indent = indentOf(text, lineStart);
  let at = lineEnd(text, from);
  while (at < text.length) {
    const next = at + 1;
    const end = lineEnd(text, next);
    if (text.slice(next, end).trim() !== '' && indentOf(text, next) <= indent) return at;
    at = end;
  }
  return at;
}

/** Tells whether a value can begin here: behind a dash, a colon or a blank-separated tag or anchor, or at a line's start. */
function startsValue(text: string, lineStart: number, at: number): boolean {
  if (at - lineStart > longestKey) return false;
  const before = text.slice(lineStart, at);
  return /^\s*(?:- +)*(?:[^\s#"'[\]{},][^#"'[\]{},]*:\s+|["'][^"']*["']\s*:\s+)?(?:[!&][^\s]*\s+)*$/.test(
    before,
  );
}

/** A key with its indentation is not longer than this. */
const longestKey = 256;

/** Inside a flow collection a quote opens a scalar only behind an indicator. */
function startsFlowValue(text: string, at: number): boolean {
  let before = at - 1;
  while (isBlank(text[before])) before -= 1;
  const character = text[before];
  return character !== undefined && '[{,:'.includes(character);
}

function withBlanks(text: string, blanked: readonly number[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const at of blanked) {
    parts.push(text.slice(from, at), ' ');
    from = at + 1;
  }
  return parts.join('') + text.slice(from);
}

function indentOf(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === ' ') at += 1;
  return at - lineStart;
}

function isOpening(character: string | undefined): boolean {
  return character === '[' || character === '{' || character === '"' || character === "'";
}

function isLineBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || character === ' ' || character === '\t' || isLineBreak(character);
}
