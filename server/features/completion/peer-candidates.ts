import type { Chart } from '../../model/chart';
import type { PortSlot } from '../../model/port-slot';
import type { SourceFile } from '../../model/snapshot';
import { nearProjects } from '../../units/near-projects';
import { isMounted } from '../../units/service-reach';
import type { Candidate } from './candidate';
import { servicePorts } from './service-ports';

/**
 * The hosts with their ports that a program can send requests to: the services of the compose projects that its
 * configuration belongs to, each with what its container listens on. The service that the program itself runs in is none.
 *
 * @param typed The beginning of the host that stands there.
 */
export function* peerCandidates(
  { snapshot, books: { knowledge } }: Chart,
  file: SourceFile,
  slot: PortSlot,
  typed: string,
): Iterable<Candidate> {
  for (const { services } of nearProjects([...snapshot.files.values()], file)) {
    for (const service of services) {
      if (service.network.kind !== 'own' && service.network.kind !== 'unsaid') continue;
      if (service.definitions.some((each) => isMounted(each.file, each.service, file))) continue;
      for (const candidate of servicePorts(knowledge, service, slot)) {
        const peer = service.name;
        if (`${peer}:${candidate.port}`.startsWith(typed)) yield { ...candidate, peer };
      }
    }
  }
}
