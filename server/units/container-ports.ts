import type { BuildStage } from '../model/build-stage';
import type { ProjectService } from '../model/compose-project';
import type { Knowledge } from '../model/knowledge';
import type { PortRange, PortReference, Transport } from '../model/port';
import type { SourceFile } from '../model/snapshot';
import { type FilesByAddress, fileAt } from './paths';

/** The Dockerfile that a service is built from, and its stage, where both are in the workspace. */
export interface BuiltFrom {
  readonly file: SourceFile;
  readonly stage: BuildStage;
}

/** Finds what a service is built from; undefined where it is not built, or not from what is known. */
export function builtFrom(
  { build, definitions }: ProjectService,
  known: FilesByAddress,
): BuiltFrom | undefined {
  const from = definitions.findLast(({ service }) => service.build === build)?.file;
  if (build === undefined || from === undefined) return undefined;
  const file = fileAt(known, from, `${build.context}/${build.dockerfile}`);
  const stages = file?.reading.stages ?? [];
  const target = build.target?.toLowerCase();
  const stage = target === undefined ? stages.at(-1) : stages.find(({ name }) => name === target);
  return file === undefined || stage === undefined ? undefined : { file, stage };
}

/**
 * Tells whether anything says that a service's container listens on a port, beside its published ports: its image, its
 * Dockerfile, `expose`, or any setting or command of it that names the port.
 */
export function isSaidToListen(
  { definitions, image }: ProjectService,
  built: BuiltFrom | undefined,
  port: number,
  knowledge: Knowledge,
): boolean {
  const own = definitions.flatMap(({ file, service }) =>
    file.namesOf(port).filter(({ owner, role }) => owner === `service "${service.name}"` && isInside(role)),
  );
  const isSet = definitions.some(({ service }) => [...service.environment.values()].includes(`${port}`));
  if (own.length > 0 || isSet) return true;
  const isAtImage = (name: string | undefined): boolean =>
    name !== undefined && knowledge.image(name)?.record.ports.some((each) => each.port === port) === true;
  if (isAtImage(image) || isAtImage(built?.stage.image)) return true;
  // A Dockerfile's ENV, CMD and EXPOSE all tell of the container.
  return (built?.file.namesOf(port).length ?? 0) > 0;
}

/** Roles that are about what a container does by itself. */
function isInside(role: PortReference['role']): boolean {
  return role !== 'publish' && role !== 'target' && role !== 'connect';
}

/** Tells whether a reference names exactly these ports for the transport. */
export function isAt(reference: PortReference, ports: PortRange, transport: Transport | undefined): boolean {
  const own = reference.ports;
  return (
    own !== undefined &&
    own.first <= ports.first &&
    ports.last <= own.last &&
    (reference.transport === undefined || transport === undefined || reference.transport === transport)
  );
}
