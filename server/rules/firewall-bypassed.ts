import { isWildcard } from '../model/address';
import type { PublicationClaim } from '../model/compose-project';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { InputVerdict } from '../model/rule-set';
import { inputVerdict, setsNear } from '../units/input-verdict';
import { alwaysRuns } from '../units/project-claims';
import { keptLocal } from './shared/kept-local';
import { portWords } from './shared/port-words';
import { verdictRelated, verdictWords } from './shared/verdict-words';

export const firewallBypassed: RuleOf<'workspace'> = {
  id: 'firewall-bypassed',
  over: 'workspace',
  severity: 'information',
  summary: 'A published port that the rule set of this workspace seems to keep closed.',
  rationale:
    "Docker sends what comes to a published port straight on to the container (DNAT in PREROUTING): it never meets the rules of INPUT, whether they are ufw's, iptables' or nftables'. With `127.0.0.1:` in front the port stays on the machine; rules for it belong into the chain DOCKER-USER. A rule that refuses the very port makes it a warning.",
  *check({ projects, sets }) {
    if (sets.length === 0) return;
    for (const { claims, folder } of projects.filter(({ isFound }) => isFound)) {
      const near = setsNear(folder, sets, projects);
      for (const claim of near.length === 0 ? [] : claims.filter(isOpen)) {
        const verdict = inputVerdict(near, claim.transport, claim.ports.first);
        if (verdict !== undefined && verdict.kind !== 'accepts') yield finding(claim, verdict);
      }
    }
  },
};

function finding(claim: PublicationClaim, verdict: InputVerdict): RuleFinding {
  const { file, reference, ports, transport } = claim;
  const fix = keptLocal(claim);
  return {
    uri: file.uri,
    span: reference.usedAt ?? reference.portSpan,
    ...(verdict.kind === 'denies' && { severity: 'warning' as const }),
    message: `${verdictWords(verdict)}, and ${portWords(ports, transport, 'host')} is open all the same: what Docker publishes does not pass INPUT.`,
    related: verdictRelated(verdict),
    fixes: fix === undefined ? [] : [fix],
  };
}

/** Published for other machines, on every address. */
function isOpen({ address, isFlexible, ports, service }: PublicationClaim): boolean {
  const isEverywhere = address === undefined || isWildcard(address);
  return isEverywhere && !isFlexible && ports.first === ports.last && alwaysRuns(service);
}
