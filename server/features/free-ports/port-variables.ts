import type { Edit } from '../../model/finding';
import { type PortReference, portsText } from '../../model/port';
import type { PortEntry, Service } from '../../model/service';
import type { SourceFile } from '../../model/snapshot';
import { type Span, slice } from '../../model/span';

/** The variable that gives an entry's host port, and what has to be written for that; or why it cannot be given so. */
export type NamedPort =
  | { readonly variable: string; readonly edits: readonly Edit[] }
  | { readonly reason: string };

/**
 * Names the host port of an entry. A port in digits gets a variable called after its service (`WEB_PORT`, and
 * `WEB_PORT_443` for further ports of the service) with the digits as its default; one that is a variable already keeps it.
 *
 * @param files Those whose variables come from one environment file: a name means the same in all of them.
 */
export function namedPort(
  file: SourceFile,
  service: Service,
  { target, publish }: PortEntry,
  files: readonly SourceFile[],
): NamedPort {
  if (publish?.ports === undefined) return { reason: 'its port is not known' };
  const { variables = [], portSpan, ports } = publish;
  const written = slice(file.text, portSpan);
  if (variables.length > 0) {
    const [variable, ...more] = variables;
    const isWhole = more.length === 0 && variable?.value === portsText(ports);
    return variable !== undefined && isWhole
      ? { variable: variable.name, edits: [] }
      : { reason: 'its port is made of several parts' };
  }
  if (written !== portsText(ports)) return { reason: 'its port is not written in digits' };
  const variable = nameFor(service, target, files);
  return { variable, edits: [quoted(file, publish, `\${${variable}:-${written}}`)] };
}

/** A name that no variable of the files has. */
function nameFor(service: Service, target: PortReference, files: readonly SourceFile[]): string {
  const base = service.name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=[0-9])|^_+/, 'P_')
    .replace(/_$/, '');
  const first = firstTarget(service.name, files);
  const own = target.ports?.first;
  const isFirst = first === undefined || (first.ports?.first === own && first.transport === target.transport);
  const transport =
    target.transport === undefined || target.transport === 'tcp' ? '' : `_${target.transport.toUpperCase()}`;
  const name = isFirst ? `${base}_PORT` : `${base}_PORT_${own}${transport}`;
  const isUsed = files.some(({ text }) => usesName(text, name));
  return isUsed ? name.replace(/_PORT/, '_HOST_PORT') : name;
}

/** The container port of the first entry of a service that has a host port, in the first file that has one. */
function firstTarget(service: string, files: readonly SourceFile[]): PortReference | undefined {
  return files
    .flatMap(({ reading }) => reading.services ?? [])
    .filter(({ name }) => name === service)
    .flatMap(({ ports }) => ports.filter(({ publish }) => publish !== undefined))
    .at(0)?.target;
}

function usesName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? ''}${text[at + name.length] ?? ''}`;
    if (!/[A-Za-z0-9_]/.test(around)) return true;
  }
  return false;
}

/** Puts text in place of the port; an entry or value without quotes gets them, for YAML reads braces otherwise. */
function quoted({ uri, text }: SourceFile, { span, portSpan }: PortReference, port: string): Edit {
  const entry = slice(text, span);
  const isShort = /^[^\s{},]+$/.test(entry) && entry !== slice(text, portSpan);
  const scalar: Span = isShort ? span : portSpan;
  const isQuoted = /["']/.test(text[scalar.start - 1] ?? '') || /^["']/.test(slice(text, scalar));
  if (isQuoted) return { uri, span: portSpan, text: port };
  const whole = slice(text, scalar);
  const at = portSpan.start - scalar.start;
  const filled = `${whole.slice(0, at)}${port}${whole.slice(portSpan.end - scalar.start)}`;
  return { uri, span: scalar, text: `"${filled}"` };
}
