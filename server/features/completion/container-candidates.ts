import type { ProjectService } from '../../model/compose-project';
import type { Knowledge } from '../../model/knowledge';
import type { PortSlot } from '../../model/port-slot';
import { serviceOwner } from '../../model/service';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { runImage } from '../../units/listening-ports';
import { calledServices, mergedDefinitions, nearProjects } from '../../units/near-projects';
import { sees } from '../../units/service-reach';
import type { Candidate } from './candidate';
import { innerPorts, publishedPorts, servicePorts } from './service-ports';

/**
 * The ports of the containers that the slot is about: of the service that it stands in; of the one whose name stands in
 * front as a host; where a program is told to listen, of those that see this file, for what they publish is what a
 * program in there listens on.
 */
export function containerCandidates(
  snapshot: Snapshot,
  knowledge: Knowledge,
  file: SourceFile,
  slot: ServedSlot,
): readonly Candidate[] {
  const { role, accepts, counterpart } = slot;
  const isMappedToNothing = role === 'publish' && counterpart === undefined;
  if (role === 'target' || role === 'expose' || accepts === 'mapping' || isMappedToNothing)
    return slot.services.flatMap((service) => innerPorts(service, slot));
  if (role === 'listen') return mounting(snapshot, file).flatMap((service) => publishedPorts(service, slot));
  return atSlot(snapshot, file, slot).flatMap((service) => servicePorts(knowledge, service, slot));
}

/** Tells whether the host in front of a slot is the name of a service: the ports of others are not dialled there. */
export function isAtService(snapshot: Snapshot, file: SourceFile, slot: PortSlot): boolean {
  return atSlot(snapshot, file, slot).length > 0;
}

/** A slot, and the service that it stands in, as each project puts it together. */
export interface ServedSlot extends PortSlot {
  readonly services: readonly ProjectService[];
}

/**
 * A slot with its services, and with the image whose programs run in their container, whichever file gives the service that,
 * be it a Dockerfile that it is built from.
 */
export function servedSlot(snapshot: Snapshot, file: SourceFile, slot: PortSlot): ServedSlot {
  const services = ownServices(snapshot, file, slot);
  const { image: own, ...bare } = slot;
  const image = services.length === 0 ? own : services.map(runImage).find((each) => each !== undefined);
  return { ...bare, services, ...(image !== undefined && { image }) };
}

function ownServices(snapshot: Snapshot, file: SourceFile, { owner }: PortSlot): readonly ProjectService[] {
  const service = file.reading.services?.find(({ name }) => serviceOwner(name) === owner);
  return service === undefined ? [] : mergedDefinitions(snapshot, file, service.name);
}

function atSlot(
  snapshot: Snapshot,
  file: SourceFile,
  { role, address }: PortSlot,
): readonly ProjectService[] {
  if ((role !== 'connect' && role !== 'forward') || address?.kind !== 'name') return [];
  return calledServices(snapshot, file, address.canonical);
}

function mounting(snapshot: Snapshot, file: SourceFile): readonly ProjectService[] {
  return nearProjects(snapshot, file).flatMap(({ services }) =>
    services.filter((service) => sees(service, file)),
  );
}
