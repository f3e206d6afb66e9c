import { exposureOf } from '../knowledge/exposure';
import type { RuleOf } from '../model/rule';
import { portMoves } from './shared/port-moves';
import { portWords } from './shared/port-words';

export const browserBlockedPort: RuleOf<'project'> = {
  id: 'browser-blocked-port',
  over: 'project',
  severity: 'warning',
  summary: 'A service for browsers on a host port that browsers refuse.',
  rationale:
    'The Fetch standard lists ports that web requests must not go to (6000, 6665 to 6669 and others); every browser answers with an error of its own (`ERR_UNSAFE_PORT`), whatever listens there.',
  *check(project, { books: { knowledge } }) {
    for (const claim of project.claims) {
      const { ports, transport, publication, reference, file, holder } = claim;
      if (transport !== 'tcp' || ports.first !== ports.last) continue;
      const meanings = knowledge.meanings(ports.first, transport);
      if (!meanings.some(({ kind }) => kind === 'browser-blocked')) continue;
      if (exposureOf(knowledge, publication.target) !== 'web') continue;
      yield {
        uri: file.uri,
        span: reference.usedAt ?? reference.portSpan,
        message: `Browsers refuse ${portWords(ports, transport, 'host')} (ERR_UNSAFE_PORT), and ${holder} is for browsers.`,
        related: [],
        fixes: [],
        moves: portMoves(claim),
      };
    }
  },
};
