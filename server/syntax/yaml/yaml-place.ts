import { lineStart } from '../../model/lines';
import type { KeyPlace, Quoting } from '../../model/service';
import type { YamlMapping, YamlNode } from './yaml';

/** How the text is written that begins at `start`, behind its mark where it has one. */
export function quotingAt(text: string, start: number): Quoting {
  if (markAt(text, start - 1) !== undefined) return 'quoted';
  let at = start;
  while (start - at < deepestIndent && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  // A line of its own is one of a block scalar, which takes no marks, or of a scalar that goes on.
  return at === 0 || text[at - 1] === '\n' ? 'fixed' : 'plain';
}

/**
 * The place in front of a key of a mapping: in braces a comma parts the keys, elsewhere they stand one below the other, the
 * first one behind the dashes of the lists that the mapping is an item of. Undefined where anything else is in front.
 */
export function keyPlace(text: string, { flow }: YamlMapping, { span }: YamlNode): KeyPlace | undefined {
  const { start } = span;
  const quote = markAt(text, start);
  const place = { span: { start, end: start }, ...(quote && { quote }) };
  if (flow) return { ...place, separator: ', ' };
  const line = lineStart(text, start);
  const before = text.slice(line, start);
  if (!/^ *(?:- +)*$/.test(before)) return undefined;
  const lineBreak = text.startsWith('\r\n', line - 2) ? '\r\n' : '\n';
  return { ...place, separator: `${lineBreak}${' '.repeat(before.length)}` };
}

/** In blanks; a text may be used by thousands of aliases, and each time it is looked at anew. */
const deepestIndent = 1024;

function markAt(text: string, at: number): '"' | "'" | undefined {
  const mark = text[at];
  return mark === '"' || mark === "'" ? mark : undefined;
}
