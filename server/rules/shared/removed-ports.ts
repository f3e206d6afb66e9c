import type { ProjectService, ServiceDefinition } from '../../model/compose-project';
import type { Fix } from '../../model/finding';
import { linesOf } from '../../model/lines';
import { sameSpan, slice } from '../../model/span';

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

/**
 * Tells whether the ports of a definition count for others than its service: they come in by `extends` or a merge key, or
 * others take them from here.
 */
export function sharesPorts(
  definition: ServiceDefinition,
  { name, definitions }: ProjectService,
  services: readonly ProjectService[],
): boolean {
  const { file, service } = definition;
  const { portsSpan } = service;
  if (portsSpan === undefined) return false;
  // What is extended stands in front of what extends it.
  if (definitions[definitions.indexOf(definition) + 1]?.service.extends !== undefined) return true;
  const others = services.filter((each) => each.name !== name).flatMap((each) => each.definitions);
  if (others.some((each) => each.service === service)) return true;
  if (!file.text.includes('&')) return false;
  // An anchor within the list may be used anywhere.
  if (slice(file.text, portsSpan).includes('&')) return true;
  return (file.reading.services ?? []).some(
    (each) =>
      each.name !== service.name && each.portsSpan !== undefined && sameSpan(each.portsSpan, portsSpan),
  );
}
