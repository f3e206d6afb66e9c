import { isLoopback } from '../model/address';
import { grouped } from '../model/grouped';
import { portsText } from '../model/port';
import type { RuleOf } from '../model/rule';
import { hostEvidence } from '../units/host-nginx';
import { inputVerdict, setsNear } from '../units/input-verdict';
import { verdictRelated, verdictWords } from './shared/verdict-words';

export const listenNotAllowed: RuleOf<'workspace'> = {
  id: 'listen-not-allowed',
  over: 'workspace',
  severity: 'information',
  summary: 'A port that nginx on the host listens on and that the rule set lets nobody reach.',
  rationale:
    'The rule set of this workspace refuses what no rule lets in, and none lets this port in. It is told only where it is sure that nginx runs on the host, and every rule in front was understood.',
  *check({ configurations, projects, sets, hostContainers, isContained }) {
    if (sets.length === 0) return;
    for (const configuration of configurations) {
      if (hostEvidence(configuration, { projects, hostContainers, isContained }) === undefined) continue;
      const [main] = configuration.files;
      const near = main === undefined ? [] : setsNear(main.folder, sets, projects);
      const listens = configuration.claims.filter(
        ({ address, ports }) => ports.first === ports.last && (address === undefined || !isLoopback(address)),
      );
      const places = grouped(listens, ({ file, reference }) => `${file.uri} ${reference.portSpan.start}`);
      for (const [listen] of places.values()) {
        const verdict = listen && inputVerdict(near, listen.transport, listen.ports.first);
        if (listen === undefined || verdict === undefined) continue;
        if (verdict.kind !== 'drops' && verdict.kind !== 'denies') continue;
        yield {
          uri: listen.file.uri,
          span: listen.reference.portSpan,
          message: `${verdictWords(verdict)}, so nobody from outside reaches port ${portsText(listen.ports)}/${listen.transport}.`,
          related: verdictRelated(verdict),
          fixes: [],
        };
      }
    }
  },
};
