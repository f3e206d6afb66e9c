import type { ServiceDefinition } from '../../model/compose-project';
import type { Fix } from '../../model/finding';
import { linesOf } from '../../model/lines';

/**
 * Takes the key `ports` out of a definition with its lines; undefined where other text shares them (`{ image: a,
 * ports: […] }`).
 */
export function removedPorts({ file, service }: ServiceDefinition): Fix | undefined {
  if (service.portsSpan === undefined) return undefined;
  const { text } = file;
  const span = linesOf(text, service.portsSpan);
  const before = text.slice(span.start, service.portsSpan.start);
  const after = text.slice(service.portsSpan.end, span.end);
  if (before.trim() !== '' || !/^[ \t]*(?:#.*)?\r?\n?$/.test(after)) return undefined;
  return { title: 'Remove "ports"', edits: [{ uri: file.uri, span, text: '' }] };
}
