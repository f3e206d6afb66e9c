import type { Transport } from '../../model/port';
import type { NftFault } from './nft-cursor';
import { nftRefusal } from './nft-refusal';
import type { NftExpr, NftFamily, NftField, NftMatch } from './nft-tree';

const transports: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'dccp', 'udplite']);

/** The protocols whose headers nft knows, by the names and numbers that it takes for them (/etc/protocols). */
const protocolNames: ReadonlyMap<string, string> = new Map([
  ...['icmp', 'igmp', 'tcp', 'udp', 'dccp', 'gre', 'esp', 'ah', 'icmpv6', 'sctp', 'udplite'].map(
    (name): [string, string] => [name, name],
  ),
  ['1', 'icmp'],
  ['2', 'igmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['33', 'dccp'],
  ['47', 'gre'],
  ['50', 'esp'],
  ['ipsec-esp', 'esp'],
  ['51', 'ah'],
  ['ipsec-ah', 'ah'],
  ['58', 'icmpv6'],
  ['ipv6-icmp', 'icmpv6'],
  ['108', 'comp'],
  ['comp', 'comp'],
  ['ipcomp', 'comp'],
  ['132', 'sctp'],
  ['136', 'udplite'],
]);

/** The transport that a value of `meta l4proto` names, in nft's own word; `unknown` for a name we do not know. */
export function protocolOf(text: string): string {
  return protocolNames.get(text.toLowerCase()) ?? 'unknown';
}

export function isTransport(name: string | undefined): name is Transport {
  return name !== undefined && transports.has(name);
}

/**
 * What a rule has found out about the packet so far: a field of TCP's header asks for TCP, and what comes behind
 * can rely on it (nftables src/evaluate.c, src/payload.c, proto_ctx). A packet has one network and one transport
 * protocol, so fields of two contradict each other.
 */
export class NftContext {
  /** `several` for a set of protocols, `unknown` for one that the text does not tell. */
  layer4: string | undefined;
  network: 'ip' | 'ip6' | 'arp' | undefined;
  /** The protocols of a set. */
  private several: readonly string[] = [];
  /** The one family the rule is about, as far as the text says so. */
  family: 'ipv4' | 'ipv6' | undefined;

  constructor(private readonly table: NftFamily) {
    this.network = table === 'ip' || table === 'ip6' || table === 'arp' ? table : undefined;
    this.family = table === 'ip' ? 'ipv4' : table === 'ip6' ? 'ipv6' : undefined;
  }

  /** Takes in the fields of an expression, and answers why nft refuses them. */
  meet(expr: NftExpr): NftFault | undefined {
    if (expr.kind === 'field') return this.meetField(expr);
    if (expr.kind === 'mapping') return this.meet(expr.key);
    if (expr.kind !== 'concat' && expr.kind !== 'operation') return undefined;
    let fault: NftFault | undefined;
    for (const part of expr.parts) fault = this.meet(part) ?? fault;
    return fault;
  }

  /** Takes in what a match tells about the protocols: `meta l4proto tcp`, `meta nfproto ipv4`. */
  learn({ left, operator, right }: NftMatch): void {
    if (left.kind !== 'field' || operator !== '==' || right.kind === 'missing') return;
    if (left.type === 'l4proto' && this.layer4 === undefined) {
      this.several = protocolsIn(right);
      const isKnown = !this.several.includes('unknown');
      this.layer4 = this.several.length > 1 && isKnown ? 'several' : isKnown ? this.several[0] : 'unknown';
    }
    if (left.type !== 'nfproto' || right.kind !== 'value') return;
    const network = /^(?:ip|ipv4|0x0?800)$/.test(right.text)
      ? 'ip'
      : /^(?:ip6|ipv6|0x86dd)$/.test(right.text)
        ? 'ip6'
        : undefined;
    if (network === undefined) return;
    this.family ??= network === 'ip' ? 'ipv4' : 'ipv6';
    if (left.name !== 'meta protocol') this.network ??= network;
  }

  private meetField(field: NftField): NftFault | undefined {
    if (field.isInner) return undefined;
    if (field.name === 'meta nfproto' && this.table !== 'inet' && this.table !== 'unknown')
      return fault(
        field,
        'misplaced-directive',
        'Only a table of the family inet has both families',
        nfprotoOnly,
      );
    return this.meetNetwork(field) ?? this.meetLayer4(field);
  }

  private meetNetwork(field: NftField): NftFault | undefined {
    const { network } = field;
    if (network === undefined) return undefined;
    const known = this.network;
    if (known !== undefined && known !== network) {
      const nft = `conflicting protocols specified: ${known} vs. ${network}`;
      return fault(field, 'unknown-parameter', `No packet is both ${known} and ${network}`, nft);
    }
    this.network = network;
    if (network !== 'arp') this.family ??= network === 'ip' ? 'ipv4' : 'ipv6';
    return undefined;
  }

  private meetLayer4(field: NftField): NftFault | undefined {
    const { layer4 } = field;
    if (layer4 === undefined) return undefined;
    const known = this.network === 'arp' && this.table === 'arp' ? 'arp' : this.layer4;
    const isOpen = known === undefined || known === 'unknown' || layer4 === 'unknown';
    if (!isOpen && known !== layer4) {
      const other = known === 'several' ? this.several.find((each) => each !== layer4) : known;
      const nft = `conflicting protocols specified: ${other} vs. ${layer4}`;
      const reason =
        known === 'several'
          ? `Behind a match on several protocols nft takes no field of ${layer4}, but th`
          : `No packet is both ${known} and ${layer4}`;
      return fault(field, 'invalid-transport', reason, nft);
    }
    this.layer4 = layer4;
    const implied = layer4 === 'icmp' ? 'ip' : layer4 === 'icmpv6' ? 'ip6' : undefined;
    this.network ??= implied;
    if (implied !== undefined) this.family ??= implied === 'ip' ? 'ipv4' : 'ipv6';
    return undefined;
  }
}

const nfprotoOnly = 'meta nfproto is only useful in the inet family';

function protocolsIn(expr: NftExpr): readonly string[] {
  if (expr.kind !== 'set') return [protocolOfKey(expr)];
  return [...new Set(expr.elements.map(({ key }) => protocolOfKey(key)))];
}

function protocolOfKey(key: NftExpr): string {
  return key.kind === 'value' && key.form !== 'unknown' ? protocolOf(key.text) : 'unknown';
}

function fault({ from, to }: NftField, rule: string, reason: string, nft: string): NftFault {
  return { rule, from, to, message: nftRefusal(reason, nft) };
}
