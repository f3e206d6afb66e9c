import type { Knowledge } from '../../model/knowledge';
import type { PortSlot } from '../../model/port-slot';
import type { Service } from '../../model/service';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { isCalled, isMounted } from '../../units/service-reach';
import { type Candidate, referenceCandidates } from './candidate';

/**
 * The ports of the containers that the slot is about: of the one whose name stands in front as a host; where a program
 * is told to listen, of those that see this file, for what they publish is what a program in there listens on.
 */
export function containerCandidates(
  snapshot: Snapshot,
  knowledge: Knowledge,
  file: SourceFile,
  slot: PortSlot,
): readonly Candidate[] {
  const { role, address, transport } = slot;
  if (role === 'listen') return mounting(snapshot, file).flatMap((service) => portsOf(service, slot));
  if ((role !== 'connect' && role !== 'forward') || address?.kind !== 'name') return [];
  const services = called(snapshot, address.canonical);
  return [
    ...services.flatMap((service) => portsOf(service, slot)),
    ...services
      .flatMap((service) => ofImage(knowledge, service))
      .filter((candidate) => transport === undefined || candidate.transport === transport),
  ];
}

function called({ files }: Snapshot, host: string): readonly Service[] {
  return [...files.values()]
    .flatMap(({ reading }) => reading.services ?? [])
    .filter((service) => isCalled(service, host));
}

function mounting({ files }: Snapshot, file: SourceFile): readonly Service[] {
  return [...files.values()].flatMap((from) =>
    (from.reading.services ?? []).filter((service) => isMounted(from, service, file)),
  );
}

function portsOf({ ports, exposes }: Service, slot: PortSlot): readonly Candidate[] {
  const known = [...ports.map(({ target }) => target), ...exposes];
  return known.flatMap((reference) => referenceCandidates(reference, slot));
}

function ofImage(knowledge: Knowledge, { name, image }: Service): readonly Candidate[] {
  const record = image === undefined ? undefined : knowledge.image(image)?.record;
  return (record?.ports ?? []).map(({ port, transport }) => ({
    port,
    transport,
    why: `${record?.software} of service "${name}" listens there`,
  }));
}
