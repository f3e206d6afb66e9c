import { lineEnd } from '../../model/lines';

/**
 * Tells whether a text holds what iptables-save writes: a line `*filter`, or of another table, and a line `COMMIT` or
 * `:CHAIN POLICY`, each from the first column on, after the tabs that a shell takes away in a heredoc.
 */
export function looksLikeSave(text: string): boolean {
  return /^\t*\*(?:filter|nat|mangle|raw|security)[ \t]*\r?$/m.test(text) && endOrChain.test(text);
}

const endOrChain =
  /^\t*(?:COMMIT[ \t]*\r?$|:[A-Za-z0-9_{$][^\s:]{0,40} (?:-|ACCEPT|DROP|REJECT|QUEUE|RETURN)(?:[ \t]|\r?$))/m;

/** The same of a file as a whole: before its first table are comments alone. A script that holds such a text is none. */
export function isSaveFile(text: string): boolean {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const end = lineEnd(text, start);
    const line = text.slice(start, Math.min(end, start + 200)).trimEnd();
    if (line.startsWith('#!') && !text.slice(start, end).includes('tables-restore')) return false;
    if (line !== '' && !/^(?:#|\{[%#]|<%)/.test(line)) {
      return /^\*(?:filter|nat|mangle|raw|security)$/.test(line) && looksLikeSave(text.slice(start));
    }
    start = end + 1;
  }
  return false;
}
