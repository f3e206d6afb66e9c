import type { RuleOf } from '../model/rule';
import { upperFirst } from '../model/words';
import { portWords } from './shared/port-words';

export const ephemeralRangePort: RuleOf<'project'> = {
  id: 'ephemeral-range-port',
  over: 'project',
  severity: 'hint',
  summary: 'A fixed host port from the range that the system takes automatic ports of.',
  rationale:
    'Linux gives outgoing connections, and Docker entries without a host port, a port from 32768 to 60999. One of them can hold this very port at the moment when the container starts.',
  *check(project, { books: { knowledge } }) {
    for (const { ports, transport, reference, file } of project.claims) {
      if (ports.first !== ports.last) continue;
      const meaning = knowledge
        .meanings(ports.first, transport)
        .find(({ kind, platform }) => kind === 'ephemeral' && platform === 'linux');
      if (meaning === undefined) continue;
      yield {
        uri: file.uri,
        span: reference.usedAt ?? reference.portSpan,
        message: `${upperFirst(portWords(ports, transport, 'host'))} lies in the range ${meaning.ports.first}-${meaning.ports.last} that Linux takes automatic ports of, and can be in use when the container starts.`,
        related: [],
        fixes: [],
      };
    }
  },
};
