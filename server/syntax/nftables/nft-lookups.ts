import { leftSide, type NftParse } from './nft-expressions';
import type { NftField, NftType } from './nft-tree';

/** Properties that can be named without `meta` in front (nftables src/parser_bison.y, meta_key_unqualified). */
const plainMeta: ReadonlySet<string> = new Set(
  `mark iif iifname iiftype oif oifname oiftype skuid skgid nftrace rtclassid ibriport obriport ibrname obrname
  pkttype cpu iifgroup oifgroup cgroup ipsec time day hour`.split(/\s+/),
);

const metaTypes: ReadonlyMap<string, NftType> = new Map([
  ['l4proto', 'l4proto'],
  ['nfproto', 'nfproto'],
  ['protocol', 'nfproto'],
]);

const directions = /^(?:original|reply)$/;
const connectionPorts = /^proto-(?:src|dst)$/;
const connectionFlags = /^(?:state|status|event|label)$/;

/**
 * Reads what is looked up and not read from a header: `meta`, `fib`, `socket`, `rt`, `ipsec`, hashes, extension
 * headers (nftables src/parser_bison.y, primary_expr). Undefined where none begins.
 */
export function lookupField(parse: NftParse): NftField | undefined {
  const { cursor } = parse;
  const { text } = cursor.token;
  switch (text) {
    case 'meta':
      return metaField(parse);
    case 'ipsec':
      return /^(?:in|out)$/.test(cursor.peek().text) ? securityField(parse) : metaField(parse);
    case 'fib':
      return fibField(parse);
    case 'socket':
      return wordsField(parse, 1, (word) => (word === 'cgroupv2' ? 2 : 0));
    case 'osf':
      return wordsField(parse, 1, (word) => (word === 'ttl' ? 2 : 0));
    case 'rt':
      return wordsField(parse, 1, (word) => (/^ip6?$/.test(word) ? 1 : 0));
    case 'numgen':
      return generated(parse, 'inc', 'random');
    case 'jhash':
    case 'symhash':
      return hashed(parse);
    case 'exthdr':
    case 'hbh':
    case 'frag':
    case 'dst':
    case 'mh':
    case 'rt0':
    case 'rt2':
    case 'srh':
      return extensionField(parse);
    default:
      return plainMeta.has(text) ? metaField(parse) : undefined;
  }
}

/** `ct state`, `ct original proto-dst`, `ct reply ip saddr`; `ct count` and the objects are statements. */
export function connectionField(parse: NftParse): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  const words = [start.text];
  if (directions.test(cursor.token.text) && cursor.token.kind === 'word') words.push(cursor.next().text);
  if (words.length > 1 && cursor.is('ip', 'ip6')) words.push(cursor.next().text);
  const { token } = cursor;
  if (token.kind !== 'word' && token.kind !== 'unknown') cursor.fail();
  if (token.kind === 'word' && /^[sd]port$/.test(token.text)) {
    const name = token.text === 'sport' ? 'proto-src' : 'proto-dst';
    const reason = `"ct" has no field "${token.text}"; the port of a connection is "ct original ${name}"`;
    // Right behind `ct` the scanner knows the word, for expectations have a field of the name.
    const isKnown = words.length === 1 && token.text === 'dport';
    cursor.fail(reason, `syntax error, unexpected ${isKnown ? 'dport' : 'string'}`);
  }
  words.push(cursor.next().text);
  const isPort = connectionPorts.test(token.text);
  return {
    kind: 'field',
    name: words.join(' '),
    type: isPort ? 'port' : token.text === 'protocol' ? 'other' : 'unknown',
    from: start.from,
    to: cursor.last.to,
    ...(isPort && { side: token.text === 'proto-src' ? 'source' : 'destination' }),
    ...(connectionFlags.test(token.text) && { isBitmask: true }),
  };
}

function metaField(parse: NftParse): NftField {
  const { cursor } = parse;
  const start = cursor.token;
  if (start.text === 'meta') cursor.next();
  const { token } = cursor;
  if (token.kind !== 'word' && token.kind !== 'unknown') cursor.fail();
  cursor.next();
  const type = token.kind === 'word' ? (metaTypes.get(token.text) ?? 'other') : 'unknown';
  return { kind: 'field', name: `meta ${token.text}`, type, from: start.from, to: cursor.last.to };
}

/** `fib saddr . iif oif`. */
function fibField(parse: NftParse): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  do {
    if (cursor.token.kind !== 'word') cursor.fail();
    cursor.next();
  } while (cursor.take('.'));
  if (!cursor.is('oif', 'oifname', 'type', 'check')) cursor.fail();
  cursor.next();
  return { kind: 'field', name: 'fib', type: 'unknown', from: start.from, to: cursor.last.to };
}

/** `ipsec in spnum 1 ip saddr`. */
function securityField(parse: NftParse): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  cursor.next();
  if (cursor.take('spnum')) cursor.next();
  if (cursor.is('ip', 'ip6')) cursor.next();
  if (cursor.token.kind !== 'word') cursor.fail();
  cursor.next();
  return { kind: 'field', name: 'ipsec', type: 'other', from: start.from, to: cursor.last.to };
}

/** A keyword and so many words; what the first of them is may ask for more. */
function wordsField(parse: NftParse, count: number, more: (word: string) => number): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  let left = count;
  let first = true;
  while (left > 0) {
    const { token } = cursor;
    if (token.kind !== 'word' && token.kind !== 'number') {
      cursor.fail();
      break;
    }
    cursor.next();
    left -= 1;
    if (first) left += more(token.text);
    first = false;
  }
  return { kind: 'field', name: start.text, type: 'unknown', from: start.from, to: cursor.last.to };
}

/** `numgen inc mod 2 offset 100`. */
function generated(parse: NftParse, ...kinds: readonly string[]): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  if (!cursor.is(...kinds)) cursor.fail();
  cursor.next();
  modulus(parse);
  return { kind: 'field', name: start.text, type: 'unknown', from: start.from, to: cursor.last.to };
}

/** `jhash ip saddr . tcp sport mod 2 seed 0x1`, `symhash mod 2`. */
function hashed(parse: NftParse): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  if (start.text === 'jhash') leftSide(parse);
  modulus(parse);
  return { kind: 'field', name: start.text, type: 'unknown', from: start.from, to: cursor.last.to };
}

function modulus({ cursor }: NftParse): void {
  if (!cursor.take('mod') || cursor.token.kind !== 'number') cursor.fail();
  cursor.next();
  if (cursor.take('seed')) cursor.next();
  if (cursor.take('offset')) cursor.next();
}

/** `exthdr frag`, `frag more-fragments`, `rt0 addr[1]`. */
function extensionField(parse: NftParse): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  if (cursor.token.kind !== 'word') cursor.fail();
  cursor.next();
  if (cursor.take('[')) {
    cursor.next();
    if (!cursor.take(']')) cursor.fail();
  }
  return { kind: 'field', name: start.text, type: 'unknown', from: start.from, to: cursor.last.to };
}
