import type { Edit } from '../../model/finding';
import { type PortReference, portsText } from '../../model/port';
import type { EntryWriting } from '../../model/service';
import type { SourceFile } from '../../model/snapshot';
import { slice } from '../../model/span';
import { quotedText } from '../../syntax/yaml/yaml-writing';

/**
 * Puts a variable with the same port as its default in place of a host port that is written in digits; undefined where it is
 * written in another way. A text without quotes gets them as a whole: between brackets YAML reads braces otherwise.
 */
export function variableEdit(
  { uri, text }: SourceFile,
  { span, portSpan, ports }: PortReference,
  { form, quoting }: EntryWriting,
  variable: string,
): Edit | undefined {
  const written = slice(text, portSpan);
  if (ports === undefined || written !== portsText(ports)) return undefined;
  const port = `\${${variable}:-${written}}`;
  if (quoting === 'quoted') return { uri, span: portSpan, text: port };
  if (quoting === 'fixed') return undefined;
  const around = form === 'short' ? span : portSpan;
  const [before, after] = [text.slice(around.start, portSpan.start), text.slice(portSpan.end, around.end)];
  const quoted = quotedText(`${before}${port}${after}`);
  return quoted === undefined ? undefined : { uri, span: around, text: quoted };
}
