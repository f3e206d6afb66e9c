import { ipAddress } from '../../model/address';
import type { Chart } from '../../model/chart';
import type { ProjectService } from '../../model/compose-project';
import type { PortSlot } from '../../model/port-slot';
import type { SourceFile } from '../../model/snapshot';
import { nearProjects } from '../../units/near-projects';
import { sees, sharesNetwork } from '../../units/service-reach';
import type { Candidate } from './candidate';
import { publishedCandidates } from './published-candidates';
import { servicePorts } from './service-ports';

/**
 * The hosts with their ports that a program can send requests to: the services of the compose projects that its
 * configuration belongs to, each with what its container listens on. The service that the program itself runs in is
 * none, nor is one in other networks than that. A program in the machine's network knows none by its name: there it is
 * what is published.
 *
 * @param typed The beginning of the host that stands there.
 */
export function* peerCandidates(
  chart: Chart,
  file: SourceFile,
  slot: PortSlot,
  typed: string,
): Iterable<Candidate> {
  for (const each of isOnMachine(chart, file) ? onMachine(chart, file, slot) : inNetwork(chart, file, slot))
    if (`${each.peer}:${each.port}`.startsWith(typed)) yield each;
}

function projectsOf({ snapshot }: Chart, file: SourceFile) {
  return nearProjects(snapshot, file);
}

/** Whether all services that see the file are in the machine's network. */
function isOnMachine(chart: Chart, file: SourceFile): boolean {
  const seers = projectsOf(chart, file).flatMap(({ services }) =>
    services.filter((service) => sees(service, file)),
  );
  return seers.length > 0 && seers.every(({ network }) => network.kind === 'host');
}

function onMachine({ snapshot }: Chart, file: SourceFile, slot: PortSlot): readonly Candidate[] {
  const address = ipAddress(loopback);
  return publishedCandidates(snapshot, file, { ...slot, ...(address && { address }) }).map((candidate) => ({
    ...candidate,
    peer: loopback,
  }));
}

const loopback = '127.0.0.1';

function* inNetwork(chart: Chart, file: SourceFile, slot: PortSlot): Iterable<Candidate> {
  const { knowledge } = chart.books;
  for (const { services } of projectsOf(chart, file)) {
    const seers = services.filter((service) => sees(service, file));
    const callers = seers.filter(isInOwnNetwork);
    const isCallable = (service: ProjectService): boolean =>
      isInOwnNetwork(service) &&
      !seers.includes(service) &&
      (callers.length === 0 || callers.some((caller) => sharesNetwork(caller, service)));
    for (const service of services.filter(isCallable))
      for (const candidate of servicePorts(knowledge, service, slot))
        yield { ...candidate, peer: service.name };
  }
}

function isInOwnNetwork({ network: { kind } }: ProjectService): boolean {
  return kind === 'own';
}
