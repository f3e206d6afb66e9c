import type { NftParse } from './nft-expressions';
import { connectionField, lookupField } from './nft-lookups';
import type { NftField, NftPlace, NftType } from './nft-tree';
import { isReserved, isValueWord } from './nft-words';

/** What is known of a header's field: its type, and whether flags can be listed in it. */
interface FieldKind {
  readonly type: NftType;
  readonly isBitmask?: true;
}

const other: FieldKind = { type: 'other' };
const flags: FieldKind = { type: 'other', isBitmask: true };
const port: FieldKind = { type: 'port' };
const layer4: FieldKind = { type: 'l4proto' };

/** One header: the fields that can be named, and the protocol that a packet must have for it. */
interface Header {
  readonly fields: ReadonlyMap<string, FieldKind>;
  readonly layer4?: string;
  readonly network?: 'ip' | 'ip6' | 'arp';
}

function header(
  plain: string,
  special: Readonly<Record<string, FieldKind>>,
  rest: Omit<Header, 'fields'> = {},
): Header {
  const fields = new Map<string, FieldKind>(plain.split(' ').map((name) => [name, other]));
  for (const [name, kind] of Object.entries(special)) fields.set(name, kind);
  return { fields, ...rest };
}

const ports = { sport: port, dport: port };

/** The headers and their fields (nftables src/parser_bison.y, payload_expr; src/proto.c for their types). */
const headers: ReadonlyMap<string, Header> = new Map([
  [
    'tcp',
    header('sequence ackseq doff reserved window checksum urgptr', { ...ports, flags }, { layer4: 'tcp' }),
  ],
  ['udp', header('length checksum', ports, { layer4: 'udp' })],
  ['udplite', header('csumcov checksum', ports, { layer4: 'udplite' })],
  ['sctp', header('vtag checksum', ports, { layer4: 'sctp' })],
  ['dccp', header('type', ports, { layer4: 'dccp' })],
  ['th', header('sport', ports)],
  [
    'ip',
    header(
      'version hdrlength dscp ecn length id frag-off ttl checksum',
      { protocol: layer4, saddr: { type: 'ipv4' }, daddr: { type: 'ipv4' } },
      { network: 'ip' },
    ),
  ],
  [
    'ip6',
    header(
      'version dscp ecn flowlabel length hoplimit',
      { nexthdr: layer4, saddr: { type: 'ipv6' }, daddr: { type: 'ipv6' } },
      { network: 'ip6' },
    ),
  ],
  ['icmp', header('type code checksum id sequence gateway mtu', {}, { layer4: 'icmp' })],
  [
    'icmpv6',
    header(
      'type code checksum param-problem mtu id sequence max-delay taddr daddr',
      {},
      { layer4: 'icmpv6' },
    ),
  ],
  ['igmp', header('type checksum mrt group', {}, { layer4: 'igmp' })],
  ['ah', header('hdrlength reserved spi sequence', { nexthdr: layer4 }, { layer4: 'ah' })],
  ['esp', header('spi sequence', {}, { layer4: 'esp' })],
  ['comp', header('flags cpi', { nexthdr: layer4 }, { layer4: 'comp' })],
  ['ether', header('saddr daddr', { type: { type: 'nfproto' } })],
  ['vlan', header('id cfi dei pcp type', {})],
  ['arp', header('htype ptype hlen plen operation saddr daddr', {}, { network: 'arp' })],
]);

/**
 * Reads a field where one stands; undefined where none does. `isValueToo` tells that the name of a header alone is
 * a value here (`meta protocol set ip`).
 */
export function fieldOf(parse: NftParse, isValueToo: boolean): NftField | undefined {
  const { cursor } = parse;
  const { token } = cursor;
  if (token.kind === 'unknown') return unknownField(parse);
  if (token.kind === 'sign' && token.text === '@') return rawField(parse);
  if (token.kind !== 'word' || !(isReserved(token.text) || tunnels.has(token.text))) return undefined;
  if (tunnels.has(token.text)) return tunnelField(parse);
  const known = headers.get(token.text);
  if (known === undefined) return token.text === 'ct' ? connectionField(parse) : lookupField(parse);
  const next = cursor.peek();
  const isHeader = next.kind === 'word' && (known.fields.has(next.text) || hasOptions(token.text, next.text));
  if (!isHeader && isValueToo && isValueWord(token.text)) return undefined;
  return headerField(parse, known);
}

/** `tcp dport`; a word that is no field of the header is one too many. */
function headerField(parse: NftParse, known: Header): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  const { token } = cursor;
  const { layer4: transport, network } = known;
  const common = {
    ...(transport && { layer4: transport }),
    ...(network && { network }),
  };
  if (hasOptions(start.text, token.text) && token.kind === 'word') {
    options(parse, start.text);
    return field(start.text, { type: 'other', isBitmask: true }, start, cursor.last, common);
  }
  const kind = known.fields.get(token.text);
  if (token.kind === 'unknown') {
    cursor.next();
    return field(start.text, { type: 'unknown' }, start, cursor.last, common);
  }
  if (kind === undefined || token.kind !== 'word') {
    cursor.fail(
      token.kind === 'word'
        ? `"${start.text}" has no field "${token.text}"`
        : `Behind "${start.text}" a field is missing`,
    );
    return field(start.text, { type: 'unknown' }, start, start, common);
  }
  cursor.next();
  const name = `${start.text} ${token.text}`;
  if (start.text === 'arp' && /^[sd]addr$/.test(token.text) && cursor.is('ip', 'ether')) cursor.next();
  const side = kind === port ? sideOf(token.text) : undefined;
  return field(name, kind, start, cursor.last, { ...common, ...(side && { side }) });
}

function field(
  name: string,
  kind: FieldKind,
  first: NftPlace,
  last: NftPlace,
  rest: Pick<NftField, 'layer4' | 'network' | 'side' | 'isInner'>,
): NftField {
  return { kind: 'field', name, ...kind, from: first.from, to: last.to, ...rest };
}

function sideOf(name: string): 'source' | 'destination' {
  return name === 'sport' ? 'source' : 'destination';
}

function hasOptions(start: string, name: string): boolean {
  return (name === 'option' && /^(?:tcp|ip|dccp)$/.test(start)) || (name === 'chunk' && start === 'sctp');
}

/** `tcp option maxseg size`, `ip option lsrr addr`, `sctp chunk data flags`, `tcp option @5,8,8`. */
function options({ cursor }: NftParse, start: string): void {
  cursor.next();
  if (cursor.take('@')) {
    for (let index = 0; index < 5 && !cursor.failed; index += 1) cursor.next();
    return;
  }
  if (cursor.token.kind === 'word' || cursor.token.kind === 'number') cursor.next();
  else cursor.fail();
  const { token } = cursor;
  if (token.kind === 'word' && (optionFields.get(start)?.has(token.text) ?? false)) cursor.next();
}

const optionFields: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['tcp', new Set('left right count tsval tsecr size length subtype'.split(' '))],
  ['ip', new Set('type length value ptr addr'.split(' '))],
  [
    'sctp',
    new Set(
      `type flags length tsn stream ssn ppid init-tag a-rwnd num-outbound-streams num-inbound-streams initial-tsn
      cum-tsn-ack num-gap-ack-blocks num-dup-tsns lowest-tsn seqno new-cum-tsn`.split(/\s+/),
    ),
  ],
]);

/** `@th,16,16`: 16 bits at 0 and at 16 of the transport header are the ports, and nft lists them as such. */
function rawField(parse: NftParse): NftField {
  const { cursor } = parse;
  const start = cursor.next();
  const base = cursor.token;
  if (base.kind === 'unknown') {
    cursor.next();
    return field('@', { type: 'unknown' }, start, base, {});
  }
  if (!cursor.is('ll', 'nh', 'th', 'ih')) {
    const isWord = base.kind === 'word' && !isReserved(base.text);
    const nft = isWord ? 'unknown raw payload base' : undefined;
    cursor.fail(`"@${base.text}" is no header; a set's name cannot stand here`, nft);
    return field('@', { type: 'unknown' }, start, start, {});
  }
  cursor.next();
  const numbers: string[] = [];
  for (let index = 0; index < 2; index += 1) {
    if (!cursor.take(',')) cursor.fail();
    if (cursor.token.kind === 'number') numbers.push(cursor.next().text);
    else cursor.fail();
  }
  const [offset, length] = numbers.map(Number);
  const isPort = base.text === 'th' && length === 16 && (offset === 0 || offset === 16);
  const name = `@${base.text},${offset},${length}`;
  const side = isPort ? (offset === 0 ? 'source' : 'destination') : undefined;
  return field(name, isPort ? port : other, start, cursor.last, side ? { side } : {});
}

/** A header whose name a shell puts in: it must be one that has ports. */
function unknownField(parse: NftParse): NftField | undefined {
  const { cursor } = parse;
  const next = cursor.peek();
  if (next.kind !== 'word' || !/^[sd]port$/.test(next.text)) return undefined;
  const start = cursor.next();
  cursor.next();
  return field(next.text, port, start, next, { layer4: 'unknown', side: sideOf(next.text) });
}

/** Headers with a packet inside: what is asked of that one is not asked of the packet itself. */
const tunnels: ReadonlySet<string> = new Set(['vxlan', 'geneve', 'gre', 'gretap', 'tunnel']);

function tunnelField(parse: NftParse): NftField | undefined {
  const { cursor } = parse;
  const next = cursor.peek();
  if (next.kind !== 'word' || cursor.token.text === next.text) return undefined;
  const isOwn = /^(?:vni|flags|type|version|protocol|id|sport|dport|ttl|tos|[sd]addr)$/.test(next.text);
  if (!isOwn && !headers.has(next.text)) return undefined;
  const start = cursor.next();
  const inner = isOwn ? undefined : fieldOf(parse, false);
  if (isOwn) cursor.next();
  const kind: FieldKind = inner?.isBitmask ? flags : { type: 'unknown' };
  return field(`${start.text} ${inner?.name ?? next.text}`, kind, start, cursor.last, { isInner: true });
}
