import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { together } from '../engine';
import type { Edit } from '../model/finding';
import { grouped } from '../model/grouped';
import type { Uri } from '../model/snapshot';
import type { LintReport } from './lint-report';

/**
 * Writes the fixes that nobody could want otherwise into the files that were listed. A file that is no UTF-8 stays as it is:
 * not all of its bytes would come back.
 */
export function applySafeFixes({ inputs, inspection }: LintReport): void {
  const listed = new Set(inputs.files.map(({ uri }) => uri));
  const fixes = inputs.files
    .flatMap(({ uri }) => inspection.of(uri))
    .flatMap(({ fixes: [first] }) => (first?.isSafe ? [first] : []))
    .filter(({ edits }) => edits.every(({ uri }) => listed.has(uri)));
  for (const [uri, edits] of grouped(together(fixes), ({ uri: edited }) => edited)) apply(uri, edits);
}

function apply(uri: Uri, edits: readonly Edit[]): void {
  const path = fileURLToPath(uri);
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) return;
  // Places count from behind a byte order mark.
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const before = text.slice(mark.length);
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: inserted } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    parts.push(before.slice(at, span.start), inserted);
    at = span.end;
  }
  writeFileSync(path, [mark, ...parts, before.slice(at)].join(''));
}
