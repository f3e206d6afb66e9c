import type { Inline, Line } from './page';

/**
 * Reads the marks of a story's paragraph: `code`, **strong** and [links](https://…); all else is text. Every mark is
 * found in one pass, so it takes time in proportion to the text.
 */
export function markedLine(text: string): Line {
  const mark = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\][]+)\]\((https?:\/\/[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)/g;
  const line: Inline[] = [];
  let at = 0;
  for (const found of text.matchAll(mark)) {
    if (found.index > at) line.push(text.slice(at, found.index));
    line.push(inlineOf(found));
    at = found.index + found[0].length;
  }
  if (at < text.length) line.push(text.slice(at));
  return line;
}

function inlineOf([, code, strong, title, url]: RegExpMatchArray): Inline {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  return { kind: 'link', text: title ?? '', url: url ?? '' };
}

/** A registry reference: `[RFC6335]` leads to that RFC, a web address to its page, and anything else is text. */
export function referenceLine(text: string): Line {
  const parts = (text.match(/\[[^\]]*\]|[^[]+/g) ?? [])
    .map((part) => part.replace(/^\[|\]$/g, '').trim())
    .filter((part) => part !== '');
  return parts.flatMap((part, index) => [...(index === 0 ? [] : [', ']), linked(part)]);
}

function linked(part: string): Inline {
  const rfc = /^RFC ?(\d+)$/i.exec(part);
  if (rfc !== null) {
    return {
      kind: 'link',
      text: `RFC ${rfc[1]}`,
      url: `https://www.rfc-editor.org/rfc/rfc${Number(rfc[1])}`,
    };
  }
  return /^https?:\/\/[^\s()<>]+$/.test(part) ? { kind: 'link', text: part, url: part } : part;
}
