import { isValue, type NftParse, statementValue } from './nft-expressions';
import type { NftExpr, NftNat } from './nft-tree';

const flags: readonly string[] = ['random', 'fully-random', 'persistent'];

/** Tells whether a statement begins that sends a packet somewhere else. */
export function isNat({ cursor }: NftParse): boolean {
  return cursor.is('dnat', 'snat', 'redirect', 'masquerade', 'tproxy');
}

/**
 * `dnat ip to 10.0.0.1:8080`, `redirect to :8080`, `masquerade to :1024-65535 random`, `tproxy to :3128`
 * (nftables src/parser_bison.y, nat_stmt_args, redir_stmt_arg, masq_stmt_args, tproxy_stmt).
 */
export function readNat(parse: NftParse): NftNat {
  const { cursor } = parse;
  const verbPlace = cursor.next();
  const verb = verbPlace.text as NftNat['verb'];
  const target =
    verb === 'masquerade' || verb === 'redirect' ? ownTarget(parse, verb) : otherTarget(parse, verb);
  if (verb !== 'tproxy') natFlags(parse);
  return { kind: 'nat', verb, verbPlace, from: verbPlace.from, to: cursor.last.to, ...target };
}

type Target = Pick<NftNat, 'family' | 'address' | 'port'>;

/** This machine's own address, so a port alone: behind a colon, which `redirect` can do without. */
function ownTarget(parse: NftParse, verb: string): Target {
  const { cursor } = parse;
  if (!cursor.is('to') || cursor.token.kind !== 'word') return {};
  cursor.next();
  if (!cursor.take(':') && verb === 'masquerade') {
    cursor.fail('Between "to" and the port a colon is missing');
    return {};
  }
  return { port: portValue(parse) };
}

function otherTarget(parse: NftParse, verb: string): Target {
  const { cursor } = parse;
  const hasFamily = cursor.is('ip', 'ip6') && /^(?:to|addr|interval|prefix)$/.test(cursor.peek().text);
  const family = hasFamily ? (cursor.next().text as 'ip' | 'ip6') : undefined;
  const common = family === undefined ? {} : { family };
  if (cursor.is('addr')) {
    for (const word of ['addr', '.', 'port']) if (!cursor.take(word)) cursor.fail();
  } else if (cursor.is('interval', 'prefix')) {
    cursor.next();
  }
  const isTo = cursor.take('to');
  if (!isTo && (hasFamily || verb === 'tproxy')) cursor.fail('"to" is missing');
  if (cursor.is(':')) {
    if (family !== undefined && verb !== 'tproxy')
      cursor.fail(`Behind "${verb} ${family} to" an address is missing`);
    cursor.next();
    return { ...common, port: portValue(parse) };
  }
  const address = statementValue(parse);
  if (!cursor.take(':')) return { ...common, address };
  return { ...common, address, port: portValue(parse) };
}

/** The port behind a colon; where none stands it is told as missing, and the rule goes on. */
function portValue(parse: NftParse): NftExpr {
  const { cursor } = parse;
  const isField = cursor.token.kind === 'word' || cursor.is('@', '$', '(');
  if (isField || isValue(cursor.token)) return statementValue(parse);
  const gap = cursor.gap();
  if (cursor.atEnd()) cursor.unexpected(`Behind "${cursor.last.text}" a port is missing`, 'missing-port');
  else cursor.fail();
  return gap;
}

function natFlags({ cursor }: NftParse): void {
  if (!cursor.is(...flags)) return;
  cursor.next();
  while (cursor.take(',')) {
    if (!cursor.is(...flags)) cursor.fail();
    cursor.next();
  }
}
