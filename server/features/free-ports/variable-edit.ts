import type { Edit } from '../../model/finding';
import { type PortReference, portsText } from '../../model/port';
import type { SourceFile } from '../../model/snapshot';
import { type Span, slice } from '../../model/span';

/**
 * Puts a variable with the same port as its default in place of a port that is written in digits; undefined where it is
 * written in another way. A text without quotes gets them as a whole: between brackets YAML reads braces otherwise.
 */
export function variableEdit(
  { uri, text }: SourceFile,
  { span, portSpan, ports }: PortReference,
  variable: string,
): Edit | undefined {
  const written = slice(text, portSpan);
  if (ports === undefined || written !== portsText(ports)) return undefined;
  const port = `\${${variable}:-${written}}`;
  const scalar = scalarOf(text, span, portSpan);
  if (isQuoted(text, scalar)) return { uri, span: portSpan, text: port };
  // A line of its own is one of a block scalar, which takes no quotes, or of a scalar that goes on.
  const line = text.slice(text.lastIndexOf('\n', scalar.start - 1) + 1, scalar.start);
  if (line.trim() === '') return undefined;
  const whole = slice(text, scalar);
  // A backslash has a meaning between double quotes alone, and no mark can stand between its own kind.
  const quote = ['"', "'"].find((mark) => !whole.includes(mark) && !(mark === '"' && whole.includes('\\')));
  if (quote === undefined) return undefined;
  const at = portSpan.start - scalar.start;
  const filled = `${whole.slice(0, at)}${port}${whole.slice(portSpan.end - scalar.start)}`;
  return { uri, span: scalar, text: `${quote}${filled}${quote}` };
}

/**
 * The text of YAML that the port is in, without its quotes: the entry, or the value of one that is a mapping. A mapping
 * has braces around it or a colon with a blank behind it, which a text has nowhere but between quotes (YAML 1.2.2, 7.3.3).
 */
function scalarOf(text: string, entry: Span, port: Span): Span {
  const isMapping = !isQuoted(text, entry) && /^\{|:(?:\s|$)/.test(slice(text, entry));
  return isMapping ? port : entry;
}

function isQuoted(text: string, { start }: Span): boolean {
  return /["']/.test(text[start - 1] ?? '');
}
