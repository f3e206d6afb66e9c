import type { ProjectService, PublicationClaim } from '../model/compose-project';
import type { Knowledge } from '../model/knowledge';
import { type PortReference, portsText } from '../model/port';
import type { RuleFinding, RuleOf } from '../model/rule';
import { serviceOwner } from '../model/service';
import type { SourceFile } from '../model/snapshot';
import { slice } from '../model/span';
import { isSaidToListen } from '../units/container-ports';
import { isCalled } from '../units/service-reach';

export const upstreamPortMismatch: RuleOf<'dialer'> = {
  id: 'upstream-port-mismatch',
  over: 'dialer',
  severity: 'warning',
  summary: 'A connection to a container by the port that only the host has.',
  rationale:
    'Containers reach each other by service name and container port. The host port of a mapping is on the host alone: `api:8080` finds nobody where `8080:3000` is published. URLs of settings like `CORS_ALLOWED_ORIGINS` or `PUBLIC_URL` are for others. It is told only where one project can be meant and nothing says that the container listens on that port, too.',
  *check({ file, dialled, projects }, { books }) {
    for (const reference of dialled) {
      const host = reference.address?.canonical ?? '';
      if (isResolvedElsewhere(file, reference, host)) continue;
      const meant = projects.flatMap(({ services }) => services.filter((service) => isCalled(service, host)));
      const found = meant.map((service) => mismatch(service, reference, books.knowledge));
      const [claim] = found;
      // Where another project of that folder answers on the port, nobody knows which one is meant.
      if (claim !== undefined && !found.includes(undefined)) yield finding(file, reference, host, claim);
    }
  },
};

/**
 * A service on the host's network, or with an address of its own for the name, does not ask the project's networks. One
 * that names itself tells how others reach it.
 */
function isResolvedElsewhere(file: SourceFile, { owner }: PortReference, host: string): boolean {
  const dialling = file.reading.services?.find(({ name }) => owner === serviceOwner(name));
  if (dialling === undefined) return false;
  if (isCalled(dialling, host)) return true;
  const { kind } = dialling.network;
  const isInNetwork = kind === 'own' || kind === 'unsaid';
  return !isInNetwork || dialling.extraHosts.some((name) => name.toLowerCase() === host);
}

/** The publication whose host port is dialled, when nothing listens there in the container. */
function mismatch(
  service: ProjectService,
  { ports }: PortReference,
  knowledge: Knowledge,
): PublicationClaim | undefined {
  if (ports === undefined) return undefined;
  const port = ports.first;
  const isTarget = service.ports.some(({ target }) => isIn(target.ports, port) || target.ports === undefined);
  const claim = service.claims.find((each) => isIn(each.ports, port) && each.transport === 'tcp');
  if (isTarget || claim === undefined || claim.isFlexible) return undefined;
  return isSaidToListen(service, port, knowledge) ? undefined : claim;
}

function isIn(ports: PortReference['ports'], port: number): boolean {
  return ports !== undefined && ports.first <= port && port <= ports.last;
}

function finding(
  file: SourceFile,
  reference: PortReference,
  host: string,
  { publication, ports, file: home }: PublicationClaim,
): RuleFinding {
  const port = reference.ports?.first ?? 0;
  const inside = (publication.target.ports?.first ?? 0) + port - ports.first;
  const isDigits = slice(file.text, reference.portSpan) === portsText({ first: port, last: port });
  return {
    uri: file.uri,
    span: reference.portSpan,
    message: `"${host}" listens on its container port ${inside}; ${port} is its port on the host, where other containers do not look.`,
    related: [
      {
        uri: home.uri,
        span: publication.span,
        message: `Host port ${port} leads to container port ${inside}.`,
      },
    ],
    fixes: isDigits
      ? [
          {
            title: `Use the container port ${inside}`,
            edits: [{ uri: file.uri, span: reference.portSpan, text: `${inside}` }],
          },
        ]
      : [],
  };
}
