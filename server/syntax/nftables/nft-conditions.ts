import { isTransport } from './nft-context';
import type { NftNotes } from './nft-notes';
import type { NftRule, NftStatement } from './nft-tree';

/** A statement that decides whether a rule goes on, as it is written. */
export interface NftCondition {
  readonly statement: NftStatement;
  readonly words: string;
}

/** How many conditions of one rule are told. */
export const mostConditions = 40;

/** What a rule asks for beside one port: every statement that lets it go on or not, as it is written. */
export function conditionsOf(rule: NftRule, notes: NftNotes): readonly NftCondition[] {
  const found: { statement: NftStatement; words: string }[] = [];
  for (const statement of rule.statements) {
    if (found.length >= mostConditions) break;
    if (isCondition(statement)) found.push({ statement, words: notes.words(statement) });
  }
  return found;
}

function isCondition(statement: NftStatement): boolean {
  if (statement.kind === 'other') return statement.isCondition;
  if (statement.kind !== 'match') return statement.kind === 'vmap';
  const { left, operator, right } = statement;
  if (left.kind !== 'field' || operator !== '==' || right.kind !== 'value') return true;
  // The transport alone is told with the port, the family with the rule.
  if (left.name === 'meta nfproto' || left.name === 'meta protocol' || left.name === 'ether type')
    return !/^(?:ip|ip6|ipv4|ipv6)$/.test(right.text);
  return !(left.type === 'l4proto' && isTransport(right.text));
}

/** Tells whether a statement says what happens to the packet. */
export function isFinal(statement: NftStatement): boolean {
  if (statement.kind === 'verdict') return statement.verb !== 'continue';
  return statement.kind === 'nat' || (statement.kind === 'other' && statement.isTerminal);
}

/** Tells whether nothing may follow the statement. */
export function isTerminal(statement: NftStatement): boolean {
  return isFinal(statement) && !(statement.kind === 'nat' && statement.verb === 'tproxy');
}
