import { leftSide, type NftParse, statementValue } from './nft-expressions';
import { comment, duration, number, statefulStatement } from './nft-options';
import { nftRefusal } from './nft-refusal';
import { readStatement } from './nft-statements';
import type { NftOther } from './nft-tree';
import { isReserved } from './nft-words';

type Reader = (parse: NftParse) => void;

/**
 * The statements in which no port can stand, each with the function that reads what follows its keyword
 * (nftables src/parser_bison.y).
 */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['log', logArguments],
  ['reject', rejectArguments],
  ['queue', queueArguments],
  ['dup', forwardArguments],
  ['fwd', forwardArguments],
  ['set', setArguments],
  ['add', elementArguments],
  ['update', elementArguments],
  ['delete', elementArguments],
  ['meter', meterArguments],
  ['flow', flowArguments],
  ['synproxy', synproxyArguments],
  ['notrack', () => {}],
  ['xt', ({ cursor }) => cursor.fail('A rule of iptables-nft cannot be read back by nft')],
]);

const terminal: ReadonlySet<string> = new Set(['reject', 'queue']);

/** Reads a statement without ports; undefined where none begins. */
export function otherStatement(parse: NftParse): NftOther | undefined {
  const { cursor } = parse;
  const { token } = cursor;
  if (token.kind !== 'word') return undefined;
  const isReset = token.text === 'reset' && cursor.peek().text === 'tcp';
  const reader = isReset ? resetArguments : readers.get(token.text);
  if (reader === undefined) return undefined;
  cursor.next();
  reader(parse);
  return {
    kind: 'other',
    verb: token.text,
    isCondition: token.text === 'meter' || token.text === 'flow',
    isTerminal: terminal.has(token.text),
    from: token.from,
    to: cursor.last.to,
  };
}

/** `log prefix "x" group 1 level warn flags tcp sequence,options`. */
function logArguments(parse: NftParse): void {
  const { cursor } = parse;
  while (!cursor.failed) {
    if (cursor.is('prefix', 'level')) text(parse);
    else if (cursor.is('group', 'snaplen', 'queue-threshold')) {
      cursor.next();
      number(parse);
    } else if (cursor.is('flags')) {
      cursor.next();
      logFlags(parse);
    } else return;
  }
}

function text(parse: NftParse): void {
  const { cursor } = parse;
  const keyword = cursor.next().text;
  const { token } = cursor;
  if (token.kind === 'quoted' || token.kind === 'wildcard' || token.kind === 'unknown') cursor.next();
  else if (token.kind === 'word' && !isReserved(token.text)) cursor.next();
  else cursor.fail(`Behind "${keyword}" a text is missing`);
  if (keyword !== 'level' || token.kind === 'unknown' || logLevels.has(token.text)) return;
  const message = nftRefusal(`"${token.text}" is no log level`, 'invalid log level');
  cursor.note({ rule: 'unknown-parameter', place: token, message });
}

const logLevels = new Set(['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug', 'audit']);

function logFlags(parse: NftParse): void {
  const { cursor } = parse;
  if (cursor.take('tcp')) {
    do {
      if (!cursor.is('sequence', 'options')) cursor.fail();
      cursor.next();
    } while (cursor.take(','));
  } else if (cursor.take('ip')) {
    if (!cursor.take('options')) cursor.fail();
  } else {
    if (!cursor.is('skuid', 'ether', 'all')) cursor.fail();
    cursor.next();
  }
}

/** `reject with icmp type host-unreachable`, `reject with tcp reset`. */
function rejectArguments(parse: NftParse): void {
  const { cursor } = parse;
  if (!cursor.take('with')) return;
  if (cursor.take('tcp')) {
    if (!cursor.take('reset')) cursor.fail();
    return;
  }
  if (!cursor.is('icmp', 'icmpv6', 'icmpx') && cursor.token.kind !== 'unknown') cursor.fail();
  cursor.next();
  cursor.take('type');
  const { kind } = cursor.token;
  if (kind !== 'word' && kind !== 'number' && kind !== 'unknown') cursor.fail();
  cursor.next();
}

/** `queue num 1-3 bypass,fanout`, `queue flags bypass to numgen inc mod 4`. */
function queueArguments(parse: NftParse): void {
  const { cursor } = parse;
  while (!cursor.failed) {
    if (cursor.is('num', 'to')) {
      cursor.next();
      statementValue(parse);
    } else if (cursor.is('flags', 'bypass', 'fanout')) {
      cursor.next();
      if (cursor.take(',') && !cursor.is('bypass', 'fanout')) cursor.fail();
    } else return;
  }
}

/** `dup to 10.0.0.1 device eth0`, `fwd ip to 10.0.0.1 device eth0`. */
function forwardArguments(parse: NftParse): void {
  const { cursor } = parse;
  if (cursor.is('ip', 'ip6')) cursor.next();
  if (!cursor.take('to')) cursor.fail();
  statementValue(parse);
  if (cursor.take('device')) statementValue(parse);
}

/** The old form, `set add ip saddr @seen`. */
function setArguments(parse: NftParse): void {
  const { cursor } = parse;
  if (!cursor.is('add', 'update', 'delete')) cursor.fail();
  cursor.next();
  leftSide(parse);
  if (cursor.is('timeout', 'expires')) {
    cursor.next();
    duration(parse);
  }
  reference(parse);
}

/** `add @seen { ip saddr timeout 1m limit rate 1/second }`, and the same for a map, with data behind a colon. */
function elementArguments(parse: NftParse): void {
  const { cursor } = parse;
  reference(parse);
  if (!cursor.take('{')) cursor.fail();
  keyWithOptions(parse);
  if (cursor.take(':')) keyWithOptions(parse);
  if (!cursor.take('}')) cursor.fail();
}

function keyWithOptions(parse: NftParse): void {
  const { cursor } = parse;
  leftSide(parse);
  while (!cursor.failed) {
    if (cursor.is('timeout', 'expires')) {
      cursor.next();
      duration(parse);
    } else if (cursor.is('comment')) comment(parse);
    else if (statefulStatement(parse) === undefined) return;
  }
}

function reference({ cursor }: NftParse): void {
  if (cursor.is('@', '$')) cursor.next();
  else if (cursor.token.kind !== 'unknown') cursor.fail('The name of a set is missing, as in @name');
  if (cursor.token.kind !== 'word' && cursor.token.kind !== 'unknown') return;
  cursor.next();
}

/** `meter flood { ip saddr timeout 10s limit rate 1/second }`. */
function meterArguments(parse: NftParse): void {
  const { cursor } = parse;
  if (cursor.token.kind !== 'word') cursor.fail();
  cursor.next();
  if (cursor.take('size')) number(parse);
  meterBlock(parse);
}

function meterBlock(parse: NftParse): void {
  const { cursor } = parse;
  if (!cursor.take('{')) cursor.fail();
  keyWithOptions(parse);
  if (!cursor.is('}') && !cursor.failed) readStatement(parse);
  if (!cursor.take('}')) cursor.fail();
}

/** `flow add @fast`, and the old name of a meter, `flow table x { … }`. */
function flowArguments(parse: NftParse): void {
  const { cursor } = parse;
  if (cursor.take('table')) {
    cursor.next();
    meterBlock(parse);
    return;
  }
  if (!cursor.is('add', 'offload')) cursor.fail();
  cursor.next();
  reference(parse);
}

function synproxyArguments(parse: NftParse): void {
  const { cursor } = parse;
  if (cursor.take('name')) {
    statementValue(parse);
    return;
  }
  while (!cursor.failed) {
    if (cursor.is('mss', 'maxseg', 'wscale')) {
      cursor.next();
      number(parse);
    } else if (cursor.is('timestamp', 'sack-perm', 'sack-permitted')) cursor.next();
    else return;
  }
}

/** `reset tcp option fastopen`. */
function resetArguments({ cursor }: NftParse): void {
  cursor.next();
  if (!cursor.take('option')) cursor.fail();
  cursor.next();
}
