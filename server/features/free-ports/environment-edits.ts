import type { Edit } from '../../model/finding';
import type { Uri } from '../../model/snapshot';
import { dotenv } from '../../syntax/docker/dotenv';
import { spanOf } from '../../syntax/sourced-text';

/**
 * What has to be written so that an environment file sets variables: where one is set already its value is replaced, in
 * the last of several settings, which is the one that counts; the rest is added at the end. What is set so already stays.
 */
export function environmentEdits(
  uri: Uri,
  text: string,
  values: ReadonlyMap<string, string>,
): readonly Edit[] {
  const settings = new Map(dotenv(text).map((setting) => [setting.name, setting]));
  const edits: Edit[] = [];
  const lines: string[] = [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  for (const [name, value] of values) {
    const before = settings.get(name)?.value;
    if (before?.value === value) continue;
    // Digits are replaced where they stand; whatever else is there may be more than it seems, and a later line counts.
    if (
      before !== undefined &&
      /^[0-9]+(?:-[0-9]+)?$/.test(before.value) &&
      before.pieces.every(({ exact, variable }) => exact && variable === undefined)
    )
      edits.push({ uri, span: spanOf(before), text: value });
    else lines.push(`${name}=${value}${lineEnd}`);
  }
  if (lines.length === 0) return edits;
  const gap = text === '' || text.endsWith('\n') ? '' : lineEnd;
  return [...edits, { uri, span: { start: text.length, end: text.length }, text: `${gap}${lines.join('')}` }];
}
