import type { ProjectService, Publication, PublicationClaim } from '../model/compose-project';
import { type PortRange, portsText } from '../model/port';
import type { RuleOf } from '../model/rule';
import type { SourceFile } from '../model/snapshot';
import { slice } from '../model/span';
import { collide } from '../units/collide';
import { overriding } from './shared/overriding';

export const overrideKeepsPort: RuleOf<'project'> = {
  id: 'override-keeps-port',
  over: 'project',
  severity: 'warning',
  summary: 'A file that goes over another one and gives a container port a second host port.',
  rationale:
    'Compose adds the ports of all files up: the host port of the earlier file stays published, too. `!override` in front of the list replaces it (Compose 2.24.4 and later).',
  *check(project) {
    for (const service of project.services) {
      const [first, ...others] = service.definitions;
      if (others.every(({ file }) => file === first?.file)) continue;
      const { claims } = service;
      const adding = addingFiles(claims);
      for (const [index, second] of claims.entries()) {
        const { publication: own } = second;
        const earlier = claims
          .slice(0, index)
          .find(
            ({ publication, file }) =>
              file !== own.file && isSameTarget(publication, own) && goesOver(publication, own, service),
          );
        if (earlier === undefined || cannotStay(earlier, second)) continue;
        if (adding.has(own.file)) continue;
        const fix = overriding(own);
        yield {
          uri: own.file.uri,
          span: own.span,
          message: `This adds to "${written(earlier.publication)}" and does not replace it: service "${service.name}" publishes ${hostWords(earlier, second)} and ${hostWords(second, earlier)}.`,
          related: [
            { uri: earlier.file.uri, span: earlier.publication.span, message: 'This entry stays published.' },
          ],
          fixes: fix === undefined ? [] : [fix],
        };
      }
    }
  },
};

/** The files that give one container port several host ports: their lists are meant to add more. */
function addingFiles(claims: readonly PublicationClaim[]): ReadonlySet<SourceFile> {
  const adds = (one: PublicationClaim): boolean =>
    claims.some(
      (each) => each !== one && each.file === one.file && isSameTarget(each.publication, one.publication),
    );
  return new Set(claims.filter(adds).map(({ file }) => file));
}

/**
 * Tells whether a definition goes over another one. One in a file and one in what that file includes do so in the newest
 * Compose alone (compose-go 2.10); before, both are refused together unless they are the same.
 */
function goesOver(one: Publication, other: Publication, { definitions }: ProjectService): boolean {
  const [earlier, later] = [one, other].map(({ from }) =>
    definitions.find(({ service }) => service === from),
  );
  return earlier?.root !== later?.root || earlier?.include === later?.include;
}

/**
 * Tells whether two claims of a service cannot be bound side by side, which is told of as a conflict. One that takes any
 * port of a range gives way.
 */
function cannotStay(one: PublicationClaim, other: PublicationClaim): boolean {
  return collide(one, other) !== undefined && !one.isFlexible && !other.isFlexible;
}

/** Tells whether two entries lead to the same container port. */
function isSameTarget({ target: one }: Publication, { target: other }: Publication): boolean {
  return one.transport === other.transport && common(one.ports, other.ports) !== undefined;
}

function common(one: PortRange | undefined, other: PortRange | undefined): PortRange | undefined {
  if (one === undefined || other === undefined) return undefined;
  const first = Math.max(one.first, other.first);
  const last = Math.min(one.last, other.last);
  return first <= last ? { first, last } : undefined;
}

/** The host ports of a claim for the container ports that another one is about, too. */
function hostWords({ ports, isFlexible, publication }: PublicationClaim, other: PublicationClaim): string {
  const inside = publication.target.ports;
  const both = common(inside, other.publication.target.ports);
  if (isFlexible || inside === undefined || both === undefined)
    return `${isFlexible ? 'one of the host ports' : 'host port'} ${portsText(ports)}`;
  const by = ports.first - inside.first;
  const { first, last } = { first: both.first + by, last: both.last + by };
  return `host port${first === last ? '' : 's'} ${portsText({ first, last })}`;
}

function written({ file, target }: Publication): string {
  return slice(file.text, target.span);
}
