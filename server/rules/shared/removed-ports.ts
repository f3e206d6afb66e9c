import type { ServiceDefinition } from '../../model/compose-project';
import type { Fix } from '../../model/finding';

/**
 * Takes the key `ports` out of a definition with its lines; undefined where other text shares them (`{ image: a,
 * ports: […] }`).
 */
export function removedPorts({ file, service }: ServiceDefinition): Fix | undefined {
  if (service.portsSpan === undefined) return undefined;
  const { text } = file;
  const start = text.lastIndexOf('\n', service.portsSpan.start - 1) + 1;
  const newline = text.indexOf('\n', service.portsSpan.end);
  const end = newline < 0 ? text.length : newline + 1;
  const before = text.slice(start, service.portsSpan.start);
  const after = text.slice(service.portsSpan.end, end);
  if (before.trim() !== '' || !/^[ \t]*(?:#.*)?\r?\n?$/.test(after)) return undefined;
  return { title: 'Remove "ports"', edits: [{ uri: file.uri, span: { start, end }, text: '' }] };
}
