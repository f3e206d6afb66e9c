import { commentsOf } from '../dialects';
import type { CommentStyle } from '../model/comments';
import type { Fix } from '../model/finding';
import { lineAt } from '../model/lines';
import type { SourceFile } from '../model/snapshot';
import type { Span } from '../model/span';
import { unusedSuppression } from '../rules/unused-suppression';
import { unsaidReason } from './diagnostics/suppressions';

/**
 * The ways to have what a rule finds on a line ignored by a comment: on a line of its own above, where a comment can stand there, else for
 * the whole file at its top. Whoever takes one finds the place for the reason. A comment can never be ignored by another one above it.
 */
export function ignoring({ uri, text, dialect }: SourceFile, rule: string, line: Span): readonly Fix[] {
  if (rule === unusedSuppression.id) return [];
  const style = commentsOf(dialect);
  const end = lineBreak(text, line);
  if (takesCommentAbove(text, line, style)) {
    const indent = /^[ \t]*/.exec(text.slice(line.start, line.end))?.[0] ?? '';
    const comment = `${indent}${written(style, `portolan-ignore ${rule}: ${unsaidReason}`)}${end}`;
    return [{ title: `Ignore ${rule} here`, edits: [{ uri, span: at(line.start), text: comment }] }];
  }
  const comment = `${written(style, `portolan-ignore-file ${rule}: ${unsaidReason}`)}${end}`;
  const top = topOf(text);
  const isBehindText = top > 0 && text[top - 1] !== '\n' && text[top - 1] !== '\uFEFF';
  const edits = [{ uri, span: at(top), text: isBehindText ? `${end}${comment}` : comment }];
  return [{ title: `Ignore ${rule} in this file`, edits }];
}

function written({ open, close }: CommentStyle, words: string): string {
  return [open, words, ...(close === undefined ? [] : [close])].join(' ');
}

/** The characters that end the line, and so the one that is put above it. */
function lineBreak(text: string, { end }: Span): string {
  return text[end] === '\r' ? '\r\n' : '\n';
}

/** Whether a line of its own above is a comment to the program: not where the line only goes on with another one. */
function takesCommentAbove(text: string, line: Span, { close }: CommentStyle): boolean {
  const first = text.slice(line.start, line.end).trimStart();
  if (close !== undefined) return first.startsWith('<') && !first.startsWith('<?');
  if (line.start === 0 || line.start === topOf(text)) return true;
  const above = text.slice(lineAt(text, line.start - 1).start, line.start).trimEnd();
  // A line goes on behind a backslash, in Dockerfiles for Windows behind a backtick.
  if (above.endsWith('\\') || above.endsWith('`')) return false;
  return line.start >= topOf(text) && !isInBlockText(text, line);
}

/** Whether the line belongs to a text that YAML begins with `|` or `>` on a line that is indented less. */
function isInBlockText(text: string, line: Span): boolean {
  let indent = indentOf(text, line);
  let { start } = line;
  while (indent > 0 && start > 0) {
    const above = lineAt(text, start - 1);
    const words = text.slice(above.start, above.end).trim();
    if (words !== '' && indentOf(text, above) < indent) {
      if (/(?:^|[:\-\s])[|>](?:[+-]?[1-9]?|[1-9][+-])?(?:\s+#.*)?$/.test(words.slice(-200))) return true;
      indent = indentOf(text, above);
    }
    if (above.start >= start) return false;
    start = above.start;
  }
  return false;
}

function indentOf(text: string, { start, end }: Span): number {
  let at = start;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at - start;
}

/**
 * Where a comment for the whole file can stand: behind what programs read of the first lines (a byte order mark, `#!`, an
 * XML declaration, YAML's `%YAML`, a Dockerfile's `# syntax=` and `# escape=`, which count in front of all else alone).
 */
function topOf(text: string): number {
  let top = text.startsWith('\uFEFF') ? 1 : 0;
  const declaration = text.startsWith('<?', top) ? text.indexOf('?>', top) : -1;
  if (declaration >= 0) {
    const behind = declaration + 2;
    const rest = /^[ \t]*\r?\n/.exec(text.slice(behind, behind + 80));
    return behind + (rest?.[0].length ?? 0);
  }
  while (top < text.length) {
    const { start, end } = lineAt(text, top);
    const line = text.slice(start, Math.min(end, start + 200));
    if (!/^(?:#!|%|[ \t]*#[ \t]*[A-Za-z]+[ \t]*=)/.test(line)) break;
    const feed = text.indexOf('\n', end);
    if (feed < 0) return text.length;
    top = feed + 1;
  }
  return top;
}

function at(offset: number): Span {
  return { start: offset, end: offset };
}
