import type { ProjectService } from '../../model/compose-project';
import type { Knowledge } from '../../model/knowledge';
import type { PortSlot } from '../../model/port-slot';
import { serviceOwner } from '../../model/service';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { sameSpan } from '../../model/span';
import { calledServices, mergedDefinitions, nearProjects } from '../../units/near-projects';
import { runImage } from '../../units/run-image';
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

/** A slot, and the services that it stands in, as each project puts them together. */
export interface ServedSlot extends PortSlot {
  readonly services: readonly ProjectService[];
  /** How many containers of one project get what is typed there: replicas, and services that share the text. */
  readonly takers: number;
  /** Those of the services that are in the machine's network. */
  readonly onHost: readonly ProjectService[];
}

/**
 * A slot with its services, and with the image whose programs run in their container, whichever file gives the service that,
 * be it a Dockerfile that it is built from.
 */
export function servedSlot(snapshot: Snapshot, file: SourceFile, slot: PortSlot): ServedSlot {
  const owners = ownersOf(file, slot);
  const merged = mergedDefinitions(snapshot, file, owners);
  const services = merged.flatMap((each) => each.own);
  const all = merged.map((each) => containersOf([...each.own, ...each.heirs]));
  const takers = Math.max(1, owners.size, ...all);
  const { image: own, ...bare } = slot;
  const image = services.length === 0 ? own : services.map(runImage).find((each) => each !== undefined);
  const onHost = merged.flatMap((each) => each.onHost);
  return { ...bare, services, takers, onHost, ...(image !== undefined && { image }) };
}

/** The names of the services that a slot stands in: several where they use its text by an alias. */
function ownersOf({ reading }: SourceFile, { owner, span }: PortSlot): ReadonlySet<string> {
  const { slots, services = [] } = reading;
  if (services.length === 0) return new Set();
  const owners = new Set([
    owner,
    ...slots.filter((each) => sameSpan(each.span, span)).map((each) => each.owner),
  ]);
  return new Set(services.map(({ name }) => name).filter((name) => owners.has(serviceOwner(name))));
}

function containersOf(services: readonly ProjectService[]): number {
  const counts = services.map(({ replicas }) => replicas?.count ?? 1);
  return counts
    .map((count) => (count === 'unknown' || count > mostReplicas ? 1 : count))
    .reduce((sum, count) => sum + count, 0);
}

/** More containers of a service than this are not put on one machine. */
const mostReplicas = 1000;

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
