import type { ComposeProject, ProjectService } from '../model/compose-project';
import { type PortReference, portsText } from '../model/port';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { SourceFile } from '../model/snapshot';
import { slice } from '../model/span';
import { builtFrom, isSaidToListen } from '../units/container-ports';
import { type FilesByAddress, folderOf } from '../units/paths';
import { type PublicationClaim, publicationClaims } from '../units/project-claims';

export const upstreamPortMismatch: RuleOf<'workspace'> = {
  id: 'upstream-port-mismatch',
  over: 'workspace',
  severity: 'warning',
  summary: 'A connection to a container by the port that only the host has.',
  rationale:
    'Containers reach each other by service name and container port. The host port of a mapping is on the host alone: `api:8080` finds nobody where `8080:3000` is published. It is told only where one project can be meant and nothing says that the container listens on that port, too.',
  *check({ files, known, projects }, { books }) {
    const names = projects.map((project) => ({ project, services: byName(project) }));
    for (const file of files) {
      const dialled = file.reading.references.filter(
        ({ role, address, ports }) =>
          role === 'connect' && address?.kind === 'name' && ports !== undefined && ports.first === ports.last,
      );
      for (const reference of dialled) {
        const host = reference.address?.canonical ?? '';
        const meant = names.filter(({ project, services }) => services.has(host) && isOf(file, project));
        const found = meant.map(({ services }) => mismatch(services.get(host), reference, known, books));
        const [claim] = found;
        // Where another project of that folder answers on the port, nobody knows which one is meant.
        if (claim === undefined || found.includes(undefined)) continue;
        yield finding(file, reference, host, claim);
      }
    }
  },
};

/** Every name by which other containers reach a service of the project. */
function byName({ services }: ComposeProject): ReadonlyMap<string, ProjectService> {
  return new Map(
    services.flatMap((service) =>
      [service.name, ...service.aliases].map((name) => [name.toLowerCase(), service]),
    ),
  );
}

/** Tells whether what a file dials is dialled in a project's networks: it is one of its files, or lies below them. */
function isOf(file: SourceFile, project: ComposeProject): boolean {
  if (file.reading.services !== undefined) return project.files.includes(file);
  return folderOf(file.uri).startsWith(project.folder);
}

/** The publication whose host port is dialled, when nothing listens there in the container. */
function mismatch(
  service: ProjectService | undefined,
  { ports }: PortReference,
  known: FilesByAddress,
  books: Parameters<RuleOf<'workspace'>['check']>[1]['books'],
): PublicationClaim | undefined {
  if (service === undefined || ports === undefined) return undefined;
  const claims = publicationClaims(service);
  const port = ports.first;
  const isTarget = service.ports.some(({ target }) => isIn(target.ports, port) || target.ports === undefined);
  const claim = claims.find((each) => isIn(each.ports, port) && each.transport === 'tcp');
  if (isTarget || claim === undefined || claim.isFlexible) return undefined;
  return isSaidToListen(service, builtFrom(service, known), port, books.knowledge) ? undefined : claim;
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
