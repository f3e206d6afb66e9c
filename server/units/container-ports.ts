import type { ProjectService } from '../model/compose-project';
import type { Knowledge } from '../model/knowledge';
import type { PortRange, PortReference, Transport } from '../model/port';
import { serviceOwner } from '../model/service';

/**
 * Tells whether anything says that a service's container listens on a port, beside its published ports: its image, its
 * Dockerfile, `expose`, or any setting or command of it that names the port.
 */
export function isSaidToListen(
  { definitions, image, build, built }: ProjectService,
  port: number,
  knowledge: Knowledge,
): boolean {
  // A Dockerfile that was not read could expose it.
  if (build === 'inline') return true;
  const own = definitions.flatMap(({ file, service }) =>
    file.namesOf(port).filter(({ owner, role }) => owner === serviceOwner(service.name) && isInside(role)),
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
  return role !== 'publish' && role !== 'target' && role !== 'connect' && role !== 'link';
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
