import { lineEnd } from '../../model/lines';
import type { Span } from '../../model/span';
import { literalText, type SourcedText, SourcedTextBuilder } from '../sourced-text';

/** A heredoc of a shell script. */
export interface Heredoc {
  /** The line that opens it. */
  readonly line: Span;
  /** The lines of its body, without the one that ends it. */
  readonly body: Span;
  /** True when the shell takes the tabs before each line away (`<<-`). */
  readonly hasTabs: boolean;
}

/**
 * The heredocs of a shell script, in order: from the line after the one that opens it to the line that is its name
 * alone (POSIX, Shell Command Language, 2.7.4). One whose end does not come is none: someone is typing it.
 */
export function heredocs(text: string): Heredoc[] {
  const found: Heredoc[] = [];
  const lastLines = lastLinesOf(text);
  let start = 0;
  while (start < text.length) {
    const line = { start, end: lineEnd(text, start) };
    start = line.end + 1;
    for (const { name, hasTabs } of openedIn(text.slice(line.start, line.end))) {
      if ((lastLines().get(name) ?? -1) < start) continue;
      const from = start;
      while (start < text.length) {
        const end = lineEnd(text, start);
        const written = text.slice(start, end).replace(/\r$/, '');
        const isEnd = (hasTabs ? written.replace(/^\t+/, '') : written) === name;
        if (isEnd) {
          found.push({ line, body: { start: from, end: start }, hasTabs });
          start = end + 1;
          break;
        }
        start = end + 1;
      }
    }
  }
  return found;
}

/** The script without what stands in heredocs: that is nobody's command. */
export function withoutBodies(text: string, documents: readonly Heredoc[]): SourcedText {
  if (documents.length === 0) return literalText(text, 0);
  const builder = new SourcedTextBuilder();
  let from = 0;
  for (const { body } of documents) {
    builder.literal(text.slice(from, body.start), from);
    from = body.end;
  }
  builder.literal(text.slice(from), from);
  return builder.text();
}

/** `<<NAME`, `<<-NAME`, `<<'NAME'`; not `<<<` and not in a comment. */
function openedIn(line: string): { readonly name: string; readonly hasTabs: boolean }[] {
  if (!line.includes('<<') || /^\s*#/.test(line)) return [];
  const opened: { name: string; hasTabs: boolean }[] = [];
  const operator = /(?<!<)<<(?!<)(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([A-Za-z_][A-Za-z0-9_.-]*))/g;
  for (const [, dash, single, double, plain] of line.matchAll(operator)) {
    opened.push({ name: single ?? double ?? plain ?? '', hasTabs: dash === '-' });
  }
  return opened;
}

/** Where each line stands last, built when it is first asked for: so a script of open heredocs stays linear. */
function lastLinesOf(text: string): () => ReadonlyMap<string, number> {
  let lines: Map<string, number> | undefined;
  return () => {
    if (lines !== undefined) return lines;
    lines = new Map();
    for (let start = 0; start < text.length; ) {
      const end = lineEnd(text, start);
      // No name is longer than this.
      if (end - start < 200) lines.set(text.slice(start, end).trim(), start);
      start = end + 1;
    }
    return lines;
  };
}
