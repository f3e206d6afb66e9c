import type { Knowledge } from '../../model/knowledge';
import type { PortSlot } from '../../model/port-slot';
import type { Service } from '../../model/service';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { isCalled, isMounted } from '../../units/service-reach';
import { builtPorts } from './build-candidates';
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
    ...services.flatMap(({ service }) => portsOf(service, slot)),
    ...services
      .flatMap(({ service }) => [...ofImage(knowledge, service), ...ofSetting(service)])
      .filter((candidate) => transport === undefined || candidate.transport === transport),
    ...services.flatMap(({ from, service }) => builtPorts(snapshot, from, service, slot)),
  ];
}

/** Tells whether the host in front of a slot is the name of a service: the ports of others are not dialled there. */
export function isAtService(snapshot: Snapshot, { role, address }: PortSlot): boolean {
  if ((role !== 'connect' && role !== 'forward') || address?.kind !== 'name') return false;
  return called(snapshot, address.canonical).length > 0;
}

/** The services that a name leads to, each with the file that defines it. */
function called(
  { files }: Snapshot,
  host: string,
): readonly { readonly from: SourceFile; readonly service: Service }[] {
  return [...files.values()].flatMap((from) =>
    (from.reading.services ?? [])
      .filter((service) => isCalled(service, host))
      .map((service) => ({ from, service })),
  );
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

/** Programs that are hosted take the port they listen on from the variable PORT. */
function ofSetting({ name, environment }: Service): readonly Candidate[] {
  const value = environment.get('PORT') ?? '';
  if (!/^[1-9][0-9]{0,4}$/.test(value) || Number(value) > 65535) return [];
  return [{ port: Number(value), transport: 'tcp', why: `PORT of service "${name}"` }];
}
