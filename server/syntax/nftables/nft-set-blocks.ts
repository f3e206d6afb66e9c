import type { Transport } from '../../model/port';
import { beginsBlock, commentItem, endStatement, type NftFile, readBlock } from './nft-blocks';
import { isTransport } from './nft-context';
import { leftSide, type NftParse, value } from './nft-expressions';
import { duration, number, statefulStatement } from './nft-options';
import { nftRefusal } from './nft-refusal';
import { readSet } from './nft-sets';
import type { NftExpr, NftNamedSet, NftPlace, NftType } from './nft-tree';

/** What the block of a set or map says; filled in line by line. */
interface Draft {
  keys: readonly NftType[];
  layer4?: Transport;
  data: readonly NftType[];
  isInterval: boolean;
  isDataInterval: boolean;
  isMerging: boolean;
  isDynamic: boolean;
  hasKey: boolean;
  readonly elements: NftExpr[];
}

/** Reads the block of a set or a map (set_block, map_block). */
export function readNamedSet(
  parse: NftFile,
  isMap: boolean,
  name: NftPlace & { readonly text: string },
): NftNamedSet {
  const draft: Draft = {
    keys: [],
    data: [],
    isInterval: false,
    isDataInterval: false,
    isMerging: false,
    isDynamic: false,
    hasKey: false,
    elements: [],
  };
  const { cursor } = parse;
  const told = cursor.faults.length;
  const { from } = cursor.token;
  const within = [...parse.within, `${isMap ? 'map' : 'set'} ${name.text}`];
  readBlock({ ...parse, within }, beginsOther, () => readLine(parse, isMap, draft));
  judge(parse, name, isMap, draft, cursor.faults.length > told);
  const { hasKey: _, ...rest } = draft;
  return { name: name.text, namePlace: name, isMap, ...rest, from, to: cursor.last.to };
}

function beginsOther(parse: NftParse): boolean {
  return beginsBlock(parse, 'chain', 'set', 'map') || parse.cursor.is('table');
}

function readLine(parse: NftFile, isMap: boolean, draft: Draft): void {
  const { cursor } = parse;
  if (commentItem(parse)) return;
  // What is filled in can be the type.
  if (cursor.token.kind === 'unknown') draft.hasKey = true;
  if (cursor.is('elements')) {
    readElements(parse, isMap, draft);
    return;
  }
  if (cursor.is('auto-merge') && !isMap) {
    cursor.next();
    draft.isMerging = true;
    return;
  }
  if (cursor.is('type', 'typeof')) readType(parse, isMap, draft);
  else if (cursor.is('flags')) readFlags(parse, draft);
  else if (cursor.is('timeout', 'gc-interval')) {
    draft.isDynamic = true;
    cursor.next();
    duration(parse);
  } else if (cursor.is('size')) {
    cursor.next();
    number(parse);
  } else if (cursor.is('policy')) {
    cursor.next();
    if (!cursor.is('performance', 'memory') && cursor.token.kind !== 'unknown') cursor.fail();
    cursor.next();
  } else if (statefulStatement(parse) === undefined) {
    cursor.fail();
  } else {
    while (statefulStatement(parse) !== undefined);
  }
  endStatement(parse);
}

/** `type inet_proto . inet_service : verdict`, `typeof ip saddr . tcp dport`. */
function readType(parse: NftFile, isMap: boolean, draft: Draft): void {
  const { cursor } = parse;
  const isNamed = cursor.next().text === 'type';
  draft.keys = isNamed ? namedTypes(parse) : keyTypes(parse, draft);
  draft.hasKey = true;
  if (!isMap) return;
  if (!cursor.take(':')) {
    cursor.fail('Behind the type of the keys stands a colon and the type of the values');
    return;
  }
  draft.isDataInterval = cursor.take('interval');
  if (cursor.is('counter', 'quota', 'limit', 'secmark', 'synproxy', 'queue')) {
    cursor.next();
    draft.data = ['other'];
  } else if (cursor.is('ct')) {
    cursor.next();
    cursor.next();
    draft.data = ['other'];
  } else draft.data = isNamed || cursor.token.text === 'verdict' ? namedTypes(parse) : fieldTypes(parse);
}

const typeNames: ReadonlyMap<string, NftType> = new Map([
  ['inet_service', 'port'],
  ['ipv4_addr', 'ipv4'],
  ['ipv6_addr', 'ipv6'],
  ['inet_proto', 'l4proto'],
  ['nf_proto', 'nfproto'],
  ['verdict', 'verdict'],
]);

/** The other types that nft has (nftables src/datatype.c, its table of types). */
const otherTypes = new Set(
  `integer string ll_addr ether_addr ether_type arp_op icmp_type icmpv6_type icmpx_code icmp_code icmpv6_code igmp_type
  tcp_flag dccp_pkttype mh_type time mark iface_index ifname iface_type realm classid uid gid ct_state ct_dir ct_status
  ct_event ct_label pkt_type dscp ecn fib_addrtype boolean devgroup cgroupsv2 day hour time_type bitmask lladdr
  fib_addr queue`.split(/\s+/),
);

function namedTypes(parse: NftFile): readonly NftType[] {
  const { cursor } = parse;
  const types: NftType[] = [];
  do {
    const { token } = cursor;
    if (token.kind === 'unknown') types.push('unknown');
    else if (token.kind === 'word') {
      const known = typeNames.get(token.text);
      types.push(known ?? (otherTypes.has(token.text) ? 'other' : 'unknown'));
      if (known === undefined && !otherTypes.has(token.text)) {
        const near = /^inet_?services?$|^ports?$|^service$/.test(token.text) ? 'inet_service' : undefined;
        const fixes = near && [{ title: `Write ${near}`, from: token.from, to: token.to, text: near }];
        const message = nftRefusal(`nft has no type "${token.text}"`, `unknown datatype ${token.text}`);
        cursor.note({ rule: 'unknown-parameter', place: token, message, ...(fixes && { fixes }) });
      }
    } else cursor.fail();
    cursor.next();
  } while (cursor.take('.'));
  return types;
}

function fieldTypes(parse: NftFile): readonly NftType[] {
  const side = leftSide(parse);
  const parts = side.kind === 'concat' ? side.parts : [side];
  return parts.map(typeOf);
}

/** The fields of the keys may say the transport of their ports. */
function keyTypes(parse: NftFile, draft: Draft): readonly NftType[] {
  const side = leftSide(parse);
  const parts = side.kind === 'concat' ? side.parts : [side];
  for (const part of parts) if (part.kind === 'field' && isTransport(part.layer4)) draft.layer4 = part.layer4;
  return parts.map(typeOf);
}

function typeOf(part: NftExpr): NftType {
  return part.kind === 'field' ? part.type : 'unknown';
}

function readFlags(parse: NftFile, draft: Draft): void {
  const { cursor } = parse;
  cursor.next();
  do {
    const { token } = cursor;
    if (!cursor.is('constant', 'interval', 'timeout', 'dynamic') && token.kind !== 'unknown')
      cursor.fail('The flags of a set are constant, interval, timeout and dynamic');
    if (cursor.is('interval')) draft.isInterval = true;
    if (!cursor.is('interval', 'constant')) draft.isDynamic = true;
    cursor.next();
  } while (cursor.take(','));
}

/** `elements = { … }` or `elements = $name`; nothing need part it from what follows. */
function readElements(parse: NftFile, isMap: boolean, draft: Draft): void {
  const { cursor } = parse;
  cursor.next();
  if (!cursor.take('=')) {
    cursor.fail('Behind "elements" an equals sign is missing');
    return;
  }
  // The first of two would be lost; the newer versions of nft refuse the second.
  draft.elements.length = 0;
  if (cursor.is('{')) draft.elements.push(readSet(parse, isMap ? 'data' : 'values'));
  else if (cursor.is('$') || cursor.token.kind === 'unknown') draft.elements.push(value(parse));
  else cursor.fail('The elements of a set stand in braces');
}

function judge(
  { cursor }: NftFile,
  name: NftPlace & { readonly text: string },
  isMap: boolean,
  draft: Draft,
  isTold: boolean,
): void {
  if (cursor.isLost || isTold) return;
  const kind = isMap ? 'map' : 'set';
  cursor.isUncertain = false;
  if (!draft.hasKey) {
    const message = nftRefusal(
      `The ${kind} ${name.text} has no type`,
      `${kind} definition does not specify key`,
    );
    cursor.note({ rule: 'unknown-parameter', place: name, message });
  } else if (draft.isMerging && !draft.isInterval) {
    const reason = `The set ${name.text} merges ranges, and has no "flags interval"`;
    cursor.note({
      rule: 'unknown-parameter',
      place: name,
      message: nftRefusal(reason, 'auto-merge only works with interval sets'),
    });
  }
}
