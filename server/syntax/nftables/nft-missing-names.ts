import type { NftKnown } from './nft-known';
import type { NftNotes } from './nft-notes';
import { nftRefusal } from './nft-refusal';
import type {
  NftChain,
  NftExpr,
  NftPlace,
  NftRule,
  NftRuleset,
  NftStatement,
  NftTableName,
} from './nft-tree';

/**
 * Tells sets and chains that are named and nowhere declared, and policies of chains without a hook. A ruleset may build on one that is loaded already, so
 * that is certain only behind `flush ruleset`, in a text that takes in no other file.
 */
export function judgeNames(ruleset: NftRuleset, known: NftKnown, notes: NftNotes): void {
  // A meter brings a set along that is declared nowhere.
  if (ruleset.includes.length > 0 || /\bmeter\b/.test(notes.text)) return;
  let isAlone = false;
  for (const command of ruleset.commands) {
    if (command.kind === 'forget') isAlone ||= command.isAll;
    if (!isAlone) continue;
    if (command.kind === 'table') {
      for (const chain of command.chains) {
        judgePolicy(chain, { table: command.table, known, notes });
        for (const rule of chain.rules) judgeRule(rule, { table: command.table, known, notes });
      }
    } else if (command.kind === 'rule') {
      judgeRule(command.rule, { table: command.table, known, notes });
    }
  }
}

interface Names {
  readonly table: NftTableName;
  readonly known: NftKnown;
  readonly notes: NftNotes;
}

/** Only a chain that is hooked in has a policy. */
function judgePolicy({ name, policy }: NftChain, { table, known, notes }: Names): void {
  if (policy === undefined || known.chain(table, name).some(({ isHooked }) => isHooked)) return;
  const reason = `The chain ${name} has no "type … hook …", and only a chain with one has a policy`;
  const message = nftRefusal(reason, 'Could not process rule: Operation not supported');
  notes.fault({ rule: 'unknown-parameter', message, from: policy.from, to: policy.to });
}

function judgeRule(rule: NftRule, names: Names): void {
  if (rule.isBroken || rule.isPartial) return;
  for (const statement of rule.statements) judgeStatement(statement, names);
}

function judgeStatement(statement: NftStatement, names: Names): void {
  switch (statement.kind) {
    case 'match':
      judgeExpr(statement.right, names);
      return;
    case 'vmap':
      judgeExpr(statement.map, names);
      return;
    case 'verdict':
      judgeChain(statement.chain, statement, names);
      return;
    case 'rewrite':
      judgeExpr(statement.value, names);
      return;
    case 'nat':
      if (statement.address !== undefined) judgeExpr(statement.address, names);
      if (statement.port !== undefined) judgeExpr(statement.port, names);
      return;
    case 'subchain':
      for (const rule of statement.rules) judgeRule(rule, names);
      return;
  }
}

function judgeExpr(expr: NftExpr, names: Names): void {
  const { table, known, notes } = names;
  if (expr.kind === 'mapping') judgeExpr(expr.map, names);
  else if (expr.kind === 'set') {
    for (const { data } of expr.elements) if (data?.kind === 'verdict') judgeChain(data.chain, data, names);
  } else if (expr.kind === 'set-name' && expr.name !== '' && known.set(table, expr.name) === undefined) {
    tell(expr, `The table ${table.name} has no set or map ${expr.name}`, 'No such file or directory', notes);
  }
}

function judgeChain(chain: string | undefined, place: NftPlace, { table, known, notes }: Names): void {
  if (chain === undefined || known.chain(table, chain).length > 0) return;
  const nft = 'Could not process rule: No such file or directory';
  tell(place, `The table ${table.name} has no chain ${chain}`, nft, notes);
}

function tell({ from, to }: NftPlace, reason: string, nft: string, notes: NftNotes): void {
  notes.fault({ rule: 'undefined-name', message: nftRefusal(reason, nft), from, to });
}
