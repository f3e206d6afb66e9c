import type { ProjectService, Publication, PublicationClaim } from '../model/compose-project';
import { serviceOwner } from '../model/service';

/**
 * The host ports that a service binds when it starts. Left out is what cannot be known, and what takes no port of the
 * files' choosing: host port 0 and entries without a host port get one that is free, and with another container's network or the
 * host's Docker publishes nothing.
 */
export function publicationClaims(service: ProjectService): readonly PublicationClaim[] {
  if (service.network.kind !== 'own') return [];
  const count = service.replicas?.count ?? 1;
  const takers = count === 'unknown' ? 1 : count;
  return takers === 0 ? [] : service.ports.flatMap((publication) => claimOf(service, publication, takers));
}

/** Tells whether a service runs whatever profile is on; of unknown profiles nobody can tell. */
export function alwaysRuns({ profiles }: Pick<ProjectService, 'profiles'>): boolean {
  return profiles !== 'unknown' && profiles.length === 0;
}

function claimOf(
  service: ProjectService,
  publication: Publication,
  takers: number,
): readonly PublicationClaim[] {
  const { file, publish, target } = publication;
  const ports = publish?.ports;
  if (publish === undefined || ports === undefined || ports.first === 0 || ports.last > 65535) return [];
  if (publish.transport === undefined || publish.isAddressUnknown || publish.isRefused) return [];
  if (target.ports === undefined || ports.last < ports.first) return [];
  return [
    {
      ...{ file, reference: publish, ports, takers, service, publication },
      transport: publish.transport,
      ...(publish.address && { address: publish.address }),
      isFlexible: ports.first < ports.last && target.ports.first === target.ports.last,
      holder: serviceOwner(service.name),
    },
  ];
}
