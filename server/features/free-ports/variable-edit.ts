import type { Edit } from '../../model/finding';
import { type PortReference, portsText } from '../../model/port';
import type { SourceFile } from '../../model/snapshot';
import { type Span, slice } from '../../model/span';

/**
 * Puts a variable with the same port as its default in place of a port that is written in digits; undefined where it is
 * written in another way. An entry or value without quotes gets them, for YAML reads braces otherwise.
 */
export function variableEdit(
  { uri, text }: SourceFile,
  { span, portSpan, ports }: PortReference,
  variable: string,
): Edit | undefined {
  const written = slice(text, portSpan);
  if (ports === undefined || written !== portsText(ports)) return undefined;
  const port = `\${${variable}:-${written}}`;
  const entry = slice(text, span);
  const isShort = /^[^\s{},]+$/.test(entry) && entry !== written;
  const scalar: Span = isShort ? span : portSpan;
  const isQuoted = /["']/.test(text[scalar.start - 1] ?? '') || /^["']/.test(slice(text, scalar));
  if (isQuoted) return { uri, span: portSpan, text: port };
  // A line of its own is one of a block scalar, which takes no quotes, or of a scalar that goes on.
  const line = text.slice(text.lastIndexOf('\n', scalar.start - 1) + 1, scalar.start);
  if (line.trim() === '') return undefined;
  const whole = slice(text, scalar);
  const at = portSpan.start - scalar.start;
  const filled = `${whole.slice(0, at)}${port}${whole.slice(portSpan.end - scalar.start)}`;
  return { uri, span: scalar, text: `"${filled}"` };
}
