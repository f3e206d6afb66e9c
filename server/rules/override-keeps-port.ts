import type { ProjectService, Publication } from '../model/compose-project';
import { portsText } from '../model/port';
import type { RuleOf } from '../model/rule';
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
      for (const [index, second] of claims.entries()) {
        const { publication: own } = second;
        const earlier = claims
          .slice(0, index)
          .find(
            ({ publication, file }) =>
              file !== own.file && isSameTarget(publication, own) && goesOver(publication, own, service),
          );
        // Two entries that cannot be bound side by side are told of as a conflict.
        if (earlier === undefined || collide(earlier, second) !== undefined) continue;
        // A file that gives the container port several host ports wants many of them.
        if (
          claims.some(
            (each) => each !== second && each.file === own.file && isSameTarget(each.publication, own),
          )
        )
          continue;
        const fix = overriding(own);
        yield {
          uri: own.file.uri,
          span: own.span,
          message: `This adds to "${written(earlier.publication)}" and does not replace it: service "${service.name}" publishes host port ${portsText(earlier.ports)} and host port ${portsText(second.ports)}.`,
          related: [
            { uri: earlier.file.uri, span: earlier.publication.span, message: 'This entry stays published.' },
          ],
          fixes: fix === undefined ? [] : [fix],
        };
      }
    }
  },
};

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

function isSameTarget({ target: one }: Publication, { target: other }: Publication): boolean {
  return (
    one.transport === other.transport &&
    one.ports?.first === other.ports?.first &&
    one.ports?.last === other.ports?.last
  );
}

function written({ file, target }: Publication): string {
  return slice(file.text, target.span);
}
