import type { Transport } from '../../model/port';
import { strtoul } from './port-text';

/** An IP protocol as `-p` names it. */
export interface Protocol {
  /** Its number; -1 for one that has a name, and whose number makes no difference to a rule with ports. */
  readonly number: number;
  /** The transport, when it is one that has ports. */
  readonly transport?: Transport;
  /** The match that the program loads for it when an option is none of the options known so far. */
  readonly match?: string;
}

/**
 * The protocol that `-p` names, in small letters as the program makes them; undefined when nobody has such a protocol.
 * A number is read as strtoul(3) reads it, 0 to 255; then come the program's own names (libxtables/xtables.c,
 * `xtables_parse_protocol`), then those of `/etc/protocols`: a machine may have any name of IANA's registry there.
 */
export function readProtocol(text: string): Protocol | undefined {
  const read = strtoul(text);
  if (read !== undefined && read.end === text.length && read.value <= 255) {
    return byNumber.get(read.value) ?? { number: read.value };
  }
  const known = byName.get(text);
  if (known !== undefined) return known;
  return otherNames.has(text) ? { number: -1 } : undefined;
}

/** Protocols without ports whose match has options of its own, and the five with ports; the names that stand for one. */
const own: readonly (readonly [names: string, protocol: Protocol])[] = [
  ['tcp', { number: 6, transport: 'tcp', match: 'tcp' }],
  ['udp', { number: 17, transport: 'udp', match: 'udp' }],
  ['sctp', { number: 132, transport: 'sctp', match: 'sctp' }],
  ['dccp', { number: 33, transport: 'dccp', match: 'dccp' }],
  ['udplite', { number: 136, transport: 'udplite' }],
  ['icmp', { number: 1, match: 'icmp' }],
  ['ipv6-icmp icmpv6', { number: 58, match: 'icmp6' }],
  ['esp', { number: 50, match: 'esp' }],
  ['ah', { number: 51, match: 'ah' }],
  ['ipcomp', { number: 108, match: 'ipcomp' }],
  // The library is called "mh", and so it is only loaded for the protocol of that name.
  ['mh', { number: 135, match: 'mh' }],
  ['mobility-header ipv6-mh', { number: 135 }],
  ['all ip hopopt', { number: 0 }],
];

const byName: ReadonlyMap<string, Protocol> = new Map(
  own.flatMap(([names, protocol]) => names.split(' ').map((name) => [name, protocol])),
);

/** A number's match is that of the first name it has, so 135 has none. */
const byNumber: ReadonlyMap<number, Protocol> = new Map(
  own.filter(([names]) => names !== 'mh').map(([, protocol]) => [protocol.number, protocol]),
);

/** The other names of IANA's registry, and those that `/etc/protocols` of Debian or Fedora adds, in small letters. */
const otherNames: ReadonlySet<string> = new Set(
  `igmp ggp ipv4 ipencap ip-encap st cbt egp igp bbn-rcc-mon nvp-ii pup argus emcon xnet chaos mux dcn-meas hmp prm
xns-idp trunk-1 trunk-2 leaf-1 leaf-2 rdp irtp iso-tp4 netblt mfe-nsp merit-inp 3pc idpr xtp ddp idpr-cmtp tp++ il ipv6
sdrp ipv6-route ipv6-frag idrp rsvp gre dsr bna ipsec-esp ipsec-ah ipv6-crypt ipv6-auth i-nlsp swipe narp mobile
min-ipv4 tlsp skip ipv6-nonxt ipv6-opts cftp sat-expak kryptolan rvd ippc sat-mon visa ipcv cpnx cphb wsn pvp
br-sat-mon sun-nd wb-mon wb-expak iso-ip vmtp secure-vmtp vines ttp iptm nsfnet-igp dgp tcf eigrp ospf ospfigp ospf-igp
sprite-rpc larp mtp ax.25 ipip micp scc-sp etherip encap gmtp ifmp pnni pim aris scps qnx a/n snp compaq-peer ipx-in-ip
vrrp carp pgm l2tp ddx iatp stp srp uti smp sm ptp isis fire crtp crudp sscopmce iplt sps pipe fc rsvp-e2e-ignore
mpls-in-ip manet hip shim6 wesp rohc ethernet aggfrag nsh mptcp divert pfsync rspf`.split(/\s+/),
);
