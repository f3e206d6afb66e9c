import type { Books, Knowledge } from '../../model/knowledge';
import type { Transport } from '../../model/port';
import { commonPorts } from '../../registry/common-ports';
import { serviceNames, serviceNumber, serviceTransports } from '../../syntax/services/services';
import { type Candidate, candidateOf } from './candidate';

/** How many rows of the registry are looked through for one beginning of a name. */
const rowsSeen = 400;

/**
 * Services and programs whose name begins as typed, the best known first; the number goes into the text. Those of other
 * transports are beside the point where the text says which one it is.
 */
export function namedCandidates(
  { registry, knowledge }: Books,
  typed: string,
  wanted: Transport | undefined,
): readonly Candidate[] {
  const isCommon = (candidate: Candidate): boolean => commonPorts.some(({ port }) => port === candidate.port);
  const rank = (candidate: Candidate): number =>
    (isCommon(candidate) ? 0 : 1000) +
    (candidate.name?.length ?? 0) +
    (candidate.port < 1024 ? 0 : 100) +
    (services.includes(candidate) ? 0 : 10);
  const services = registry.byPrefix(typed, rowsSeen).flatMap(candidateOf);
  const named = new Set(services.map(({ port, name }) => `${port} ${name?.toLowerCase()}`));
  // Where the program bears the service's name, one of the two will do.
  const programs = programCandidates(knowledge, typed, wanted).filter(
    ({ port, name }) => !named.has(`${port} ${name?.toLowerCase()}`),
  );
  return [...services, ...programs]
    .filter(({ transport }) =>
      wanted === undefined ? transport === 'tcp' || transport === 'udp' : transport === wanted,
    )
    .sort((a, b) => rank(a) - rank(b) || a.port - b.port || (a.transport < b.transport ? -1 : 1));
}

/** Programs that are found on a port of their own: typing `graf` leads to Grafana's. */
function programCandidates(
  knowledge: Knowledge,
  typed: string,
  wanted: Transport | undefined,
): readonly Candidate[] {
  const beginning = typed.toLowerCase();
  return knowledge
    .all()
    .practice.filter(
      ({ software, certainty }) => certainty === 'default' && software.toLowerCase().startsWith(beginning),
    )
    .flatMap(({ ports, transports: [first = 'tcp', ...others], software }) => {
      const transport = wanted === undefined ? first : [first, ...others].find((each) => each === wanted);
      const why = `a port of ${software}`;
      return transport === undefined ? [] : [{ port: ports.first, transport, why, name: software }];
    });
}

/**
 * The service names that a packet filter looks up, as names: where the format takes one, the name is what people mean
 * to type. Where the text says the transport, those that have it.
 */
export function serviceCandidates(typed: string, wanted: Transport | undefined): readonly Candidate[] {
  return [...serviceNames()]
    .filter((name) => name.startsWith(typed))
    .flatMap((name) => {
      const transport = wanted ?? serviceTransports(name)[0] ?? 'tcp';
      const port = serviceNumber(name, transport);
      return port === undefined
        ? []
        : [{ port, transport, why: `the service name of ${port}`, name, isWrittenAsName: true }];
    })
    .sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
}
