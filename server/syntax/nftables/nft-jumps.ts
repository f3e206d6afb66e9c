import type { NftKnown } from './nft-known';
import { fitsHook, tellHook } from './nft-nat-reading';
import type { NftNotes } from './nft-notes';
import type { NftExpr, NftNat, NftRule, NftRuleset, NftStatement, NftTableName } from './nft-tree';

/** What one chain does, as far as the kernel's check of jumps asks for it. */
interface ChainWork {
  readonly nats: NftNat[];
  readonly targets: Set<string>;
}

/**
 * Tells what the kernel refuses in a chain because of the base chain from which it is jumped to: `redirect` is
 * checked for every base chain that leads to it (net/netfilter/nf_tables_api.c, nft_chain_validate).
 */
export function judgeJumps(ruleset: NftRuleset, known: NftKnown, notes: NftNotes): void {
  const tables = new Map<string, { readonly table: NftTableName; readonly chains: Map<string, ChainWork> }>();
  for (const command of ruleset.commands) {
    if (command.kind !== 'table' && command.kind !== 'rule') continue;
    const { table } = command;
    const key = `${table.family} ${table.name}`;
    const entry = tables.get(key) ?? { table, chains: new Map<string, ChainWork>() };
    tables.set(key, entry);
    const chains =
      command.kind === 'table' ? command.chains : [{ name: command.chain, rules: [command.rule] }];
    for (const { name, rules } of chains) {
      const work = entry.chains.get(name) ?? { nats: [], targets: new Set() };
      entry.chains.set(name, work);
      for (const rule of rules) collect(rule, work, table, known);
    }
  }
  for (const { table, chains } of tables.values()) judgeTable(table, chains, known, notes);
}

function judgeTable(
  table: NftTableName,
  chains: ReadonlyMap<string, ChainWork>,
  known: NftKnown,
  notes: NftNotes,
): void {
  const told = new Set<NftNat>();
  const seen = new Set<string>();
  for (const base of chains.keys()) {
    const hook = known.hook(table, base);
    if (hook === undefined) continue;
    const waiting = [...(chains.get(base)?.targets ?? [])];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const key = `${hook.type} ${hook.hook} ${name}`;
      const work = chains.get(name);
      if (work === undefined || seen.has(key)) continue;
      seen.add(key);
      for (const target of work.targets) waiting.push(target);
      for (const nat of work.nats) {
        if (told.has(nat) || fitsHook(nat, hook)) continue;
        told.add(nat);
        tellHook(nat, hook, notes, `, and the chain ${base} leads here`);
      }
    }
  }
}

function collect(rule: NftRule, work: ChainWork, table: NftTableName, known: NftKnown): void {
  if (rule.isBroken || rule.isPartial) return;
  for (const statement of rule.statements) collectStatement(statement, work, table, known);
}

function collectStatement(
  statement: NftStatement,
  work: ChainWork,
  table: NftTableName,
  known: NftKnown,
): void {
  if (statement.kind === 'nat') work.nats.push(statement);
  else if (statement.kind === 'verdict' && statement.chain !== undefined) work.targets.add(statement.chain);
  else if (statement.kind === 'vmap') collectMap(statement.map, work, table, known);
  else if (statement.kind === 'subchain')
    for (const rule of statement.rules) collect(rule, work, table, known);
}

function collectMap(map: NftExpr, work: ChainWork, table: NftTableName, known: NftKnown): void {
  if (map.kind === 'set') {
    for (const { data } of map.elements)
      if (data?.kind === 'verdict' && data.chain !== undefined) work.targets.add(data.chain);
  } else if (map.kind === 'set-name') {
    for (const elements of known.set(table, map.name)?.elements ?? [])
      if (elements.kind === 'set') collectMap(elements, work, table, known);
  }
}
