import type { ComposeProject } from '../model/compose-project';
import { folderOf } from '../model/file-name';
import type { FilterChain, PacketRule } from '../model/packet-filter';
import type { Transport } from '../model/port';
import { holds } from '../model/port-index';
import type { InputVerdict, PlacedRule, RuleSet, SetVerdict } from '../model/rule-set';
import type { SourceFile } from '../model/snapshot';

/**
 * What the rule sets of a workspace agree on; undefined where one of them lets the connection in, where none decides, and
 * where any is too clever to be understood. Chains that Docker's own packets are meant to go through (DOCKER-USER) show
 * that somebody has thought of it: then nothing is said.
 */
export function inputVerdict(
  sets: readonly RuleSet[],
  transport: Transport,
  port: number,
): InputVerdict | undefined {
  let agreed: InputVerdict | undefined;
  for (const set of sets) {
    const verdict = remembered(set, transport, port);
    if (verdict === 'silent') continue;
    if (verdict === 'unknown' || verdict.kind === 'accepts') return undefined;
    agreed ??= verdict;
  }
  return agreed;
}

/** A set is the same object until one of its files changes, and each port is asked for again with every edit elsewhere. */
function remembered(set: RuleSet, transport: Transport, port: number): SetVerdict {
  const key = `${transport}/${port}`;
  const known = set.verdicts.get(key);
  if (known !== undefined) return known;
  const found = setVerdict(set, transport, port);
  set.verdicts.set(key, found);
  return found;
}

function setVerdict(set: RuleSet, transport: Transport, port: number): SetVerdict {
  let agreed: SetVerdict = 'silent';
  for (const file of set.files) {
    for (const chain of file.reading.filter?.chains ?? []) {
      if (/docker/i.test(chain.name)) return 'unknown';
      if (chain.hook !== 'input' || chain.family === 'ipv6' || chain.lastMatchWins) continue;
      const rules = set.chains.find(({ name }) => name === chain.name)?.rules ?? [];
      const verdict = verdictOf(rules, chain, file, transport, port);
      if (verdict === 'silent') continue;
      if (verdict === 'unknown' || verdict.kind === 'accepts') return verdict;
      if (agreed === 'silent') agreed = verdict;
    }
  }
  return agreed;
}

/**
 * The rule sets that are surely for the machine that files of a folder are about: those below the folder, and those whose
 * own folder lies beside it.
 */
export function setsNear(
  folder: string,
  sets: readonly RuleSet[],
  projects: readonly ComposeProject[],
): readonly RuleSet[] {
  return sets.filter(({ files: [root] }) => {
    const own = root?.folder ?? '';
    if (own.startsWith(folder)) return true;
    // What another project has for itself is another machine's, as far as anybody can tell.
    const isOthers = projects.some(
      (other) => other.isFound && own.startsWith(other.folder) && !folder.startsWith(other.folder),
    );
    return !isOthers && folder.startsWith(folderOf(own.slice(0, -1)));
  });
}

function verdictOf(
  rules: readonly PlacedRule[],
  chain: FilterChain,
  file: SourceFile,
  transport: Transport,
  port: number,
): SetVerdict {
  let restricting: PlacedRule | undefined;
  for (const placed of rules) {
    const { rule } = placed;
    if (!canMatch(rule, transport, port) || rule.verdict === 'continue') continue;
    const isTotal = matchesAll(rule);
    if (rule.verdict === 'accept') {
      if (isTotal) return { kind: 'accepts', rule: placed, file, chain };
      if (!isFromSome(rule)) return 'unknown';
      restricting ??= placed;
    } else if (rule.verdict === 'drop' || rule.verdict === 'reject') {
      if (rule.branch !== undefined) return 'unknown';
      if (!isTotal) continue;
      if (restricting !== undefined) return { kind: 'restricts', rule: restricting, file, chain };
      return { kind: rule.ports === undefined ? 'drops' : 'denies', rule: placed, file, chain };
    } else {
      return 'unknown';
    }
  }
  // A script that sets the policy sets up the whole; one that only adds rules says nothing of the rest.
  if (chain.policy === undefined) return restricting === undefined ? 'silent' : 'unknown';
  if (chain.policy === 'accept') return { kind: 'accepts', file, chain };
  return restricting === undefined
    ? { kind: 'drops', file, chain }
    : { kind: 'restricts', rule: restricting, file, chain };
}

/** Whether some new connection from outside to the port can meet the rule. */
function canMatch(rule: PacketRule, transport: Transport, port: number): boolean {
  if (rule.protocol !== undefined || rule.family === 'ipv6' || rule.inInterface === 'lo') return false;
  if (rule.transports !== undefined && !rule.transports.includes(transport)) return false;
  if (rule.states !== undefined && !rule.states.includes('NEW')) return false;
  const { ports } = rule;
  return ports === undefined || ports.ranges.some((range) => holds(range, port)) !== ports.isNegated;
}

/** Whether every such connection meets it. */
function matchesAll({ source, destination, inInterface, sourcePorts, others, branch }: PacketRule): boolean {
  const conditions = [source, destination, inInterface, sourcePorts, branch];
  return others.length === 0 && conditions.every((condition) => condition === undefined);
}

/** Whether the addresses that it comes from are all that it asks for beside the port. */
function isFromSome({ source, destination, inInterface, sourcePorts, others, branch }: PacketRule): boolean {
  const conditions = [destination, inInterface, sourcePorts, branch];
  return (
    source !== undefined && others.length === 0 && conditions.every((condition) => condition === undefined)
  );
}
