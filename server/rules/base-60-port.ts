import type { RuleOf } from '../model/rule';
import { slice } from '../model/span';

/** What YAML 1.1 reads as a number to the base of 60 (yaml.org/type/int.html). */
const base60 = /^[1-9][0-9_]*(?::[0-5]?[0-9])+$/;

export const base60Port: RuleOf<'file'> = {
  id: 'base-60-port',
  over: 'file',
  group: 'compose',
  severity: 'hint',
  summary: 'An entry without quotes that older YAML reads as a number to the base of 60.',
  rationale:
    'YAML 1.1 reads `22:22` as 1342. Docker Compose does not, but podman-compose and docker-compose 1 do; with quotes all of them read a mapping. Only container ports below 60 are concerned.',
  *check(file) {
    const told = new Set<number>();
    for (const { target, writing } of (file.reading.services ?? []).flatMap(({ ports }) => ports)) {
      const { span } = target;
      const text = slice(file.text, span);
      if (
        writing.quoting === 'quoted' ||
        target.ports?.first === 0 ||
        !base60.test(text) ||
        told.has(span.start)
      )
        continue;
      told.add(span.start);
      const number = text
        .replaceAll('_', '')
        .split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0);
      yield {
        uri: file.uri,
        span,
        message: `Without quotes ${text} is the number ${number} to podman-compose and docker-compose 1 (YAML 1.1, base 60).`,
        related: [],
        fixes: [
          {
            title: 'Put it in quotes',
            edits: [{ uri: file.uri, span, text: `"${text}"` }],
            isSafe: true as const,
          },
        ],
      };
    }
  },
};
