import type { ProjectService } from '../model/compose-project';
import type { Knowledge } from '../model/knowledge';
import type { PortRange, PortReference, Transport } from '../model/port';
import { serviceOwner } from '../model/service';
import { isNamedInBuild } from './built-ports';
import { runImage } from './run-image';
import { serviceSettings } from './service-settings';

/**
 * Tells whether anything says that a service's container listens on a port, beside its published ports: its image, its
 * Dockerfile, `expose`, or any setting or command of it that names the port.
 */
export function isSaidToListen(service: ProjectService, port: number, knowledge: Knowledge): boolean {
  const { definitions, build } = service;
  // What a Dockerfile within the compose file says beside its EXPOSE is not looked at.
  if (build === 'inline') return true;
  const own = definitions.flatMap(({ file, service: { name } }) =>
    file.namesOf(port).filter(({ owner, role }) => owner === serviceOwner(name) && isInside(role)),
  );
  const isSet =
    definitions.some((each) => [...each.service.environment.values()].includes(`${port}`)) ||
    [...serviceSettings(service).values()].some(({ value }) => value === `${port}`);
  if (own.length > 0 || isSet) return true;
  const image = runImage(service);
  const usual = image === undefined ? [] : (knowledge.image(image)?.record.ports ?? []);
  if (usual.some((each) => each.port === port)) return true;
  // A Dockerfile's ENV, CMD and EXPOSE all tell of the container.
  return isNamedInBuild(service, port);
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
