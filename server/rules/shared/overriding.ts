import type { Publication } from '../../model/compose-project';
import type { Fix } from '../../model/finding';

/**
 * Has a list of ports replace the lists of earlier files, with `!override` between the key and its list (Compose 2.24.4
 * and later); undefined where the list does not stand under its own key.
 */
export function overriding({ file, from }: Publication): Fix | undefined {
  const start = from.portsSpan?.start;
  if (start === undefined) return undefined;
  const colon = file.text.indexOf(':', start);
  if (colon < 0 || !/^["']?ports["']?\s*$/.test(file.text.slice(start, colon))) return undefined;
  const span = { start: colon + 1, end: colon + 1 };
  return { title: 'Replace the list with !override', edits: [{ uri: file.uri, span, text: ' !override' }] };
}
