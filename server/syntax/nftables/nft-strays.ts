import { beginsBlock, type NftFile } from './nft-blocks';
import { readRule } from './nft-chains';
import { isBare, type NftFault } from './nft-cursor';
import { nftRefusal } from './nft-refusal';
import { readTableItem, type TableItems } from './nft-tables';
import type { NftToken } from './nft-tokens';
import type { NftCommand, NftFamily, NftTableName } from './nft-tree';
import { tokenName } from './nft-words';

/**
 * Reads what stands outside of every block and belongs in one: a chain without its table, a rule without its chain.
 * Undefined where a command stands. It notes a fault first, for a file that is no part of another one.
 */
export function readStray(
  parse: NftFile,
  within: readonly string[],
): { readonly command: NftCommand; readonly fault: NftFault } | undefined {
  const { cursor } = parse;
  const { token } = cursor;
  const { table, chain } = placeIn(within);
  const isObject = cursor.is('ct') && objectWords.test(cursor.peek().text) && isBare(cursor.peek(3), ['{']);
  if (isObject || beginsBlock(parse, ...blocks)) {
    const fault = strayFault(
      token,
      `The table of this ${token.text} is missing: it stands in the table's block`,
    );
    const items: TableItems = { chains: [], sets: [], expectations: [] };
    readTableItem(parse, table, items);
    return { command: { kind: 'table', table, ...items }, fault };
  }
  if (!beginsRule(parse)) return undefined;
  const reason = 'A rule stands in a chain, or behind "add rule" and the names of its table and chain';
  const fault = strayFault(token, reason);
  return { command: { kind: 'rule', table, chain, rule: readRule(parse) }, fault };
}

function strayFault(token: NftToken, reason: string): NftFault {
  const message = nftRefusal(reason, `syntax error, unexpected ${tokenName(token)}`);
  return { rule: 'syntax-error', message, from: token.from, to: token.to };
}

const objectWords = /^(?:helper|timeout|expectation)$/;
const blocks = ['chain', 'set', 'map', 'flowtable', 'counter', 'quota', 'limit', 'secmark', 'synproxy'];

const verdicts = [
  'accept',
  'drop',
  'reject',
  'jump',
  'goto',
  'return',
  'continue',
  'log',
  'queue',
  'masquerade',
];
const nats = ['dnat', 'snat', 'redirect', 'tproxy', 'notrack', 'meter'];
const headers = [
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'dccp',
  'th',
  'icmp',
  'icmpv6',
  'igmp',
  'ether',
  'vlan',
  'meta',
];
const lookups = ['iif', 'iifname', 'oif', 'oifname', 'mark', 'fib', 'pkttype', 'skuid', 'skgid', 'socket'];

/** Tells whether a statement begins that is no command: the names of families are also those of headers. */
function beginsRule({ cursor }: NftFile): boolean {
  if (cursor.is(...verdicts, ...nats, ...headers, ...lookups, '@')) return true;
  const next = cursor.peek();
  if (cursor.is('ip', 'ip6'))
    return /^(?:saddr|daddr|protocol|nexthdr|version|length|ttl|hoplimit|dscp)$/.test(next.text);
  if (cursor.is('ct')) return !objectWords.test(next.text) || cursor.peek(2).text === 'set';
  return cursor.is('add', 'update', 'delete') && next.kind === 'sign' && next.text === '@';
}

/** The table and the chain that the blocks around name. */
function placeIn(within: readonly string[]): { readonly table: NftTableName; readonly chain: string } {
  const [, family = 'unknown', name = ''] = /^table (\w+) (.*)$/.exec(within[0] ?? '') ?? [];
  const [, chain = ''] = /^chain (.*)$/.exec(within[1] ?? '') ?? [];
  return { table: { family: family as NftFamily, name }, chain };
}
