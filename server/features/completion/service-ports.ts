import type { ProjectService } from '../../model/compose-project';
import type { Knowledge } from '../../model/knowledge';
import type { PortSlot } from '../../model/port-slot';
import { builtPorts } from '../../units/built-ports';
import { runImage } from '../../units/run-image';
import { settingPorts } from '../../units/service-settings';
import { type Candidate, portCandidates, referenceCandidates } from './candidate';

/**
 * What the container of a service listens on, as far as its files tell: what they publish and expose, what its image and
 * its settings say, and what its image is built with.
 */
export function servicePorts(
  knowledge: Knowledge,
  service: ProjectService,
  slot: Pick<PortSlot, 'transport'>,
): readonly Candidate[] {
  const fits = ({ transport }: Candidate): boolean =>
    slot.transport === undefined || transport === slot.transport;
  return [
    ...publishedPorts(service, slot),
    ...imagePorts(knowledge, service).filter(fits),
    ...innerPorts(service, slot),
  ];
}

/** What a service's own settings and the image that is built for it say. */
export function innerPorts(service: ProjectService, slot: Pick<PortSlot, 'transport'>): readonly Candidate[] {
  const why = `the image that is built for service "${service.name}" has it`;
  const built = builtPorts(service).flatMap((port) => {
    const found = portCandidates(port, slot, why);
    // Where no range goes, its first port is one that the image has.
    const { ports: { first } = { first: 0 } } = port;
    return found.length > 0 ? found : portCandidates({ ...port, ports: { first, last: first } }, slot, why);
  });
  return [...hostedPorts(service), ...built].filter(
    ({ transport }) => slot.transport === undefined || transport === slot.transport,
  );
}

/** The container's ports that the files of a service publish or expose. */
export function publishedPorts(
  { ports, definitions }: ProjectService,
  slot: Pick<PortSlot, 'transport'>,
): readonly Candidate[] {
  const exposed = definitions.flatMap(({ service }) => service.exposes);
  return [...ports.map(({ target }) => target), ...exposed].flatMap((reference) =>
    referenceCandidates(reference, slot),
  );
}

function imagePorts(knowledge: Knowledge, service: ProjectService): readonly Candidate[] {
  const { name } = service;
  const image = runImage(service);
  const record = image === undefined ? undefined : knowledge.image(image)?.record;
  return (record?.ports ?? []).map(({ port, transport }) => ({
    port,
    transport,
    why: `${record?.software} of service "${name}" listens there`,
  }));
}

/**
 * Programs that are hosted take the port they listen on from the variable PORT; whether other settings are about what they
 * listen on is not sure enough to offer them.
 */
function hostedPorts(service: ProjectService): readonly Candidate[] {
  return settingPorts(service)
    .filter(({ name }) => name === 'PORT')
    .map(({ port }) => ({ port, transport: 'tcp', why: `PORT of service "${service.name}"` }));
}
