import type { Edit } from '../../model/finding';
import type { Uri } from '../../model/snapshot';

/** A line that sets a variable: what stands in front of its value, and the value without a comment behind it. */
const setting = /^(\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=[ \t]*)([^\s#]*)/;

/**
 * What has to be written so that an environment file sets variables: where a line sets one already its value is
 * replaced, in the last line of several, which is the one that counts; the rest is added at the end.
 */
export function environmentEdits(
  uri: Uri,
  text: string,
  values: ReadonlyMap<string, string>,
): readonly Edit[] {
  const left = new Map(values);
  const edits: Edit[] = [];
  let end = text.length;
  for (const line of text.split(/(?<=\n)/).reverse()) {
    const start = end - line.length;
    end = start;
    const [, front = '', name = '', before = ''] = setting.exec(line) ?? [];
    const value = left.get(name);
    if (value === undefined) continue;
    left.delete(name);
    const from = start + front.length;
    edits.push({ uri, span: { start: from, end: from + before.length }, text: value });
  }
  if (left.size === 0) return edits;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : lineEnd;
  const lines = [...left].map(([name, value]) => `${name}=${value}${lineEnd}`);
  return [...edits, { uri, span: { start: text.length, end: text.length }, text: `${gap}${lines.join('')}` }];
}
