import type { BuiltFrom, ProjectService } from '../model/compose-project';
import { lineStart } from '../model/lines';
import type { PortReference } from '../model/port';
import type { SourceFile } from '../model/snapshot';
import { overlaps } from '../model/span';

/** A port that a build tells of. */
export type BuiltPort = Pick<PortReference, 'ports' | 'transport'>;

/**
 * The ports that the Dockerfile of a service tells of: what the stage that is built exposes, then what settings in the
 * file say, both with the arguments that the service builds it with. What hangs on an argument whose value nobody knows is left
 * out. Of a Dockerfile within a compose file it is what that exposes.
 */
export function builtPorts(service: ProjectService): readonly BuiltPort[] {
  const { built, inlineBuild } = service;
  if (built === undefined) return inlineBuild?.exposed ?? [];
  const settings = built.file.reading.references.filter(
    ({ role }) => role === 'declare' || role === 'listen',
  );
  return [...built.stage.exposed, ...settings].flatMap((reference) => asBuilt(service, reference));
}

/** The ports that the stage exposes which a service is built from; undefined where one of them could be any. */
export function builtExposes(service: ProjectService): readonly PortReference[] | undefined {
  const exposed = service.built?.stage.exposed ?? [];
  const known = exposed.flatMap((reference) => asBuilt(service, reference));
  return known.length < exposed.length ? undefined : known;
}

/** Tells whether the Dockerfile of a service names a port anywhere, as the service builds it. */
export function isNamedInBuild(service: ProjectService, port: number): boolean {
  const named = service.built?.file.namesOf(port) ?? [];
  return [...named.flatMap((reference) => asBuilt(service, reference)), ...builtPorts(service)].some(
    ({ ports }) => ports !== undefined && ports.first <= port && port <= ports.last,
  );
}

/**
 * A reference of the Dockerfile with the arguments that its service gives; none where its port could be any. Arguments go
 * over the values that the Dockerfile's ARG lines have (docs.docker.com, ARG: default values).
 */
function asBuilt({ built, build }: ProjectService, reference: PortReference): readonly PortReference[] {
  const given = typeof build === 'object' ? build.args : undefined;
  return built === undefined ? [] : withArguments(built, reference, given ?? new Map());
}

function withArguments(
  { file }: BuiltFrom,
  reference: PortReference,
  given: ReadonlyMap<string, string | undefined>,
): readonly PortReference[] {
  const { ports, portSpan, variables = [] } = reference;
  const places = variables.length === 0 ? [{ name: undefined, definition: portSpan }] : variables;
  // A default that stands where the variable is used counts for want of a value.
  const names = places.map(({ name, definition }) =>
    definition === undefined || (name !== undefined && overlaps(reference.span, definition))
      ? name
      : argumentAt(file, definition.start),
  );
  const touched = names.filter((name) => name !== undefined && given.has(name));
  if (touched.length === 0) return ports === undefined ? [] : [reference];
  const value = touched.length === 1 && names.length === 1 ? given.get(touched[0] ?? '') : undefined;
  const isWhole = variables.length === 0 || variables[0]?.value === undefined || isValueOf(reference);
  if (!isWhole || value === undefined || !/^[1-9][0-9]{0,4}$/.test(value) || Number(value) > 65535) return [];
  return [{ ...reference, ports: { first: Number(value), last: Number(value) } }];
}

/** Whether the port is what its one variable says, and no more. */
function isValueOf({ ports, variables: [variable] = [] }: PortReference): boolean {
  return ports?.first === ports?.last && variable?.value === `${ports?.first}`;
}

/** The argument whose default stands at a place; undefined where that is no line of ARG. */
function argumentAt({ text }: SourceFile, at: number): string | undefined {
  const before = text.slice(lineStart(text, at), at);
  return /^\s*ARG\s/i.test(before) ? /([A-Za-z_][A-Za-z0-9_]*)=["']?$/.exec(before)?.[1] : undefined;
}
