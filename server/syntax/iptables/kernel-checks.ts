import { unknownText } from '../sourced-text';
import type { CommandState } from './command-state';

/** The table that a command is about; undefined when it cannot be known. */
export function tableOf({ table, place }: CommandState): string | undefined {
  if (place.isSaved) return place.table;
  if (table === undefined) return place.isTableOpen ? undefined : 'filter';
  return table.value.includes(unknownText) ? undefined : table.value;
}

/** Where a target may stand. */
interface TargetPlace {
  readonly table: string;
  readonly chains: readonly string[];
}

/**
 * The targets with ports are of one table, and of some of its built-in chains: the kernel refuses the rule elsewhere
 * (net/netfilter/xt_nat.c, xt_REDIRECT.c, xt_MASQUERADE.c, xt_TPROXY.c: `.table` and `.hooks`). `--test` does not ask
 * the kernel, so it lets them pass, and the file fails when it is loaded.
 */
const places: Readonly<Record<string, TargetPlace>> = {
  DNAT: { table: 'nat', chains: ['PREROUTING', 'OUTPUT'] },
  REDIRECT: { table: 'nat', chains: ['PREROUTING', 'OUTPUT'] },
  SNAT: { table: 'nat', chains: ['POSTROUTING', 'INPUT'] },
  MASQUERADE: { table: 'nat', chains: ['POSTROUTING'] },
  TPROXY: { table: 'mangle', chains: ['PREROUTING'] },
};

const builtIn: Readonly<Record<string, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** The chains that a table has by itself; none when there is no such table (iptables/nft.c, `xtables_ipv4`). */
export function builtInChains(table: string): readonly string[] {
  return builtIn[table] ?? [];
}

/** Checks where the kernel takes a target with ports. */
export function checkKernel(state: CommandState): void {
  const { target, chain } = state;
  const name = target?.extension?.name ?? '';
  const place = places[name];
  const table = tableOf(state);
  if (target === undefined || place === undefined || table === undefined) return;
  const words = kernelWords(state);
  if (table !== place.table) {
    const reason = `${name} works in the table ${place.table} alone, not in ${table}`;
    state.refuseWord('misplaced-directive', target.word, reason, words);
  } else if (chain && builtInChains(table).includes(chain.value) && !place.chains.includes(chain.value)) {
    const reason = `${name} works in ${place.chains.join(' and ')}, not in ${chain.value}`;
    state.refuseWord('misplaced-directive', target.word, reason, words);
  }
  if (name === 'TPROXY') checkTproxy(state, words);
}

/** net/netfilter/xt_TPROXY.c, `tproxy_tg4_check`: TCP or UDP, not negated. */
function checkTproxy(state: CommandState, words: string): void {
  const { protocol, target } = state;
  if (target === undefined || (protocol !== undefined && protocol.known === undefined)) return;
  if (protocol === undefined) {
    state.refuseWord('missing-transport', target.word, 'TPROXY needs "-p tcp" or "-p udp"', words);
  } else if (protocol.isNegated || ![6, 17].includes(protocol.known?.number ?? 0)) {
    state.refuseWord('invalid-transport', protocol.word, 'TPROXY works for tcp or udp alone', words);
  }
}

/** What iptables-restore tells of a rule that the kernel does not take. */
export function kernelWords({ command, chain }: CommandState): string {
  const verb = command === 'I' ? 'INSERT' : command === 'R' ? 'REPLACE' : 'APPEND';
  return `RULE_${verb} failed (Invalid argument): rule in chain ${chain?.value ?? ''}`;
}
