import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../server/model/finding';

/** A finding under the code: blanks, carets, the rule's id and the message. */
const drawn = /^[ \t]*\^+(?:…)? [a-z0-9-]+: .*(?:\n|$)/gm;

/** Marks the caret in a file of a scenario. */
export const caret = '┃';

/** The file's own text, without the findings drawn into it and without the caret; and where the caret was. */
export function undrawn(body: string): { readonly text: string; readonly caret?: number } {
  const marked = body.replace(drawn, '').replace(/\n$/, '');
  const at = marked.indexOf(caret);
  const text = marked.replaceAll(caret, '');
  return at < 0 ? { text } : { text, caret: at };
}

/** The text with each finding drawn under the line that it begins on. */
export function draw(text: string, findings: readonly Finding[], caretAt: number | undefined): string {
  const document = TextDocument.create('', '', 0, text);
  const lines = text.split('\n');
  const below = new Map<number, string[]>();
  for (const { span, rule, message } of findings) {
    const from = document.positionAt(span.start);
    const to = document.positionAt(span.end);
    const lineText = (lines[from.line] ?? '').replace(/\r$/, '');
    const goesOn = to.line > from.line;
    const width = Math.max(1, (goesOn ? lineText.length : to.character) - from.character);
    const indent = lineText.slice(0, from.character).replace(/[^\t]/g, ' ');
    const rows = below.get(from.line) ?? [];
    rows.push(`${indent}${'^'.repeat(width)}${goesOn ? '…' : ''} ${rule}: ${message}`);
    below.set(from.line, rows);
  }
  const caretPosition = caretAt === undefined ? undefined : document.positionAt(caretAt);
  return lines
    .flatMap((line, index) => {
      const at = caretPosition?.line === index ? caretPosition.character : undefined;
      const shown = at === undefined ? line : line.slice(0, at) + caret + line.slice(at);
      return [shown, ...(below.get(index) ?? [])];
    })
    .join('\n');
}
