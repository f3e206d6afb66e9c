import type { Books, Knowledge } from '../../model/knowledge';
import { commonPorts } from '../../registry/common-ports';
import { serviceNames, serviceNumber, serviceTransports } from '../../syntax/services/services';
import { type Candidate, candidateOf } from './candidate';

/** How many rows of the registry are looked through for one beginning of a name. */
const rowsSeen = 400;

/** Services and programs whose name begins as typed, the best known first; the number goes into the text. */
export function namedCandidates({ registry, knowledge }: Books, typed: string): readonly Candidate[] {
  const isCommon = (candidate: Candidate): boolean => commonPorts.some(({ port }) => port === candidate.port);
  const rank = (candidate: Candidate): number =>
    (isCommon(candidate) ? 0 : 1000) +
    (candidate.name?.length ?? 0) +
    (candidate.port < 1024 ? 0 : 100) +
    (services.includes(candidate) ? 0 : 10);
  const services = registry.byPrefix(typed, rowsSeen).flatMap(candidateOf);
  const named = new Set(services.map(({ port, name }) => `${port} ${name?.toLowerCase()}`));
  // Where the program bears the service's name, one of the two will do.
  const programs = programCandidates(knowledge, typed).filter(
    ({ port, name }) => !named.has(`${port} ${name?.toLowerCase()}`),
  );
  return [...services, ...programs]
    .filter(({ transport }) => transport === 'tcp' || transport === 'udp')
    .sort((a, b) => rank(a) - rank(b) || a.port - b.port || (a.transport < b.transport ? -1 : 1));
}

/** Programs that are found on a port of their own: typing `graf` leads to Grafana's. */
function programCandidates(knowledge: Knowledge, typed: string): readonly Candidate[] {
  const wanted = typed.toLowerCase();
  return knowledge
    .all()
    .practice.filter(
      ({ software, certainty }) => certainty === 'default' && software.toLowerCase().startsWith(wanted),
    )
    .map(({ ports, transports: [transport = 'tcp'], software }) => ({
      port: ports.first,
      transport,
      why: `a port of ${software}`,
      name: software,
    }));
}

/**
 * The service names that a packet filter looks up, as names: where the format takes one, the name is what people mean
 * to type.
 */
export function serviceCandidates(typed: string): readonly Candidate[] {
  return [...serviceNames()]
    .filter((name) => name.startsWith(typed))
    .flatMap((name) => {
      const [transport = 'tcp'] = serviceTransports(name);
      const port = serviceNumber(name, transport);
      return port === undefined
        ? []
        : [{ port, transport, why: `the service name of ${port}`, name, isWrittenAsName: true }];
    })
    .sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
}
