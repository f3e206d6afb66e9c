import { nearName } from '../near-name';

/** An option of the program itself or of an extension, as getopt_long(3) sees it. */
export interface OptionEntry {
  readonly name: string;
  /** What follows it: nothing, a word (or `=value`), a word that may be left out unless it stands after `=`. */
  readonly takes: 'nothing' | 'value' | 'perhaps';
  /** A further word that the option takes by itself, after the value. */
  readonly more?: 'one' | 'perhaps';
  /** The same for two names of one option: only these may share an abbreviation. */
  readonly id: string;
}

/** A match or target, with the options that it brings along. */
export interface Extension {
  readonly kind: 'match' | 'target';
  readonly name: string;
  readonly options: readonly OptionEntry[];
}

/** The match of that name; undefined for one that iptables itself does not have (xtables-addons has more). */
export function matchNamed(name: string): Extension | undefined {
  return matches.get(icmp6Names.has(name) ? 'icmp6' : name);
}

/** The target of that name; undefined for a chain, and for a target that iptables itself does not have. */
export function targetNamed(name: string): Extension | undefined {
  return targets.get(standardTargets.has(name) ? 'standard' : name);
}

/**
 * The targets that xtables-addons and other well-known packages add: their options are not known here, so nothing is
 * said about a rule that jumps there.
 */
export function isForeignTarget(name: string): boolean {
  return foreignTargets.has(name);
}

/** A match that a name was meant to be; undefined for one that other packages add, and for what nobody can guess. */
export function matchMeant(name: string): string | undefined {
  return foreignMatches.has(name) ? undefined : nearName(name, matches.keys());
}

/** A target that a name was meant to be, for one that is no chain. */
export function targetMeant(name: string): string | undefined {
  const known = [...standardTargets, ...[...targets.keys()].filter((target) => target !== 'standard')];
  return known.find((target) => target === name.toUpperCase());
}

/** Names that the program turns into one (libxtables/xtables.c, `xtables_find_match`). */
const icmp6Names: ReadonlySet<string> = new Set(['icmpv6', 'ipv6-icmp', 'icmp6']);

const standardTargets: ReadonlySet<string> = new Set(['ACCEPT', 'DROP', 'QUEUE', 'RETURN']);

const foreignTargets: ReadonlySet<string> = new Set(
  `ACCOUNT CHAOS DELUDE DHCPMAC DNETMAP ECHO IPMARK LOGMARK PROTO RAWDNAT RAWSNAT RTPENGINE SYSRQ TARPIT NETFLOW
RTPPROXY IPV4OPTSSTRIP SAME ROUTE IMQ FULLCONENAT FLOWOFFLOAD NDPI`.split(/\s+/),
);

/** Matches of xtables-addons, nDPI and kernels of the past. */
const foreignMatches: ReadonlySet<string> = new Set(
  `account asn childlevel condition connrate dhcpmac dstlimit fuzzy geoip gradm httphost iface ipp2p ipv4options layer7
length2 lscan ndpi nth pknock psd quota2 random rtpengine timerange unclean urlstr weburl webstr`.split(
    /\s+/,
  ),
);

/**
 * The options of the matches of iptables 1.8.9 to 1.8.11, from the tables in extensions/libxt_*.c, libipt_*.c and
 * libip6t_*.c, all revisions and both families together: `:` takes a value, `::` two words, `?` perhaps one word more,
 * `|` stands between names of one option. The names that an option of NAT, multiport, tcp and so on has first are those
 * that messages tell.
 */
const matchTable = `
addrtype src-type: dst-type: limit-iface-in limit-iface-out
ah ahspi: ahlen: ahres
bpf bytecode: object-pinned:
cgroup cgroup: path:
cluster cluster-total-nodes: cluster-local-node: cluster-local-nodemask: cluster-hash-seed:
comment comment:
connbytes connbytes: connbytes-dir: connbytes-mode:
connlabel label: set
connlimit connlimit-upto: connlimit-above: connlimit-mask: connlimit-saddr connlimit-daddr
connmark mark:
conntrack ctstate: ctproto: ctorigsrc: ctorigdst: ctreplsrc: ctrepldst: ctstatus: ctexpire: ctorigsrcport: \
ctorigdstport: ctreplsrcport: ctrepldstport: ctdir:
cpu cpu:
dccp source-port|sport: destination-port|dport: dccp-types: dccp-option:
devgroup src-group: dst-group:
dscp dscp: dscp-class:
dst dst-len: dst-opts:
ecn ecn-tcp-cwr ecn-tcp-ece ecn-ip-ect:
esp espspi:
eui64
frag fragid: fraglen: fragres fragfirst fragmore fraglast
hashlimit hashlimit-upto|hashlimit: hashlimit-above: hashlimit-srcmask: hashlimit-dstmask: hashlimit-burst: \
hashlimit-htable-size: hashlimit-htable-max: hashlimit-htable-gcinterval: hashlimit-htable-expire: hashlimit-mode: \
hashlimit-name: hashlimit-rate-match hashlimit-rate-interval:
hbh hbh-len: hbh-opts:
helper helper:
hl hl-lt: hl-gt: hl-eq|hl:
icmp icmp-type:
icmp6 icmpv6-type:
ipcomp ipcompspi: compres
iprange src-range: dst-range:
ipv6header header: soft
ipvs ipvs vproto: vaddr: vport: vdir: vmethod: vportctl:
length length:
limit limit: limit-burst:
mac mac-source:
mark mark:
mh mh-type:
multiport source-ports|sports: destination-ports|dports: ports:
nfacct nfacct-name:
osf genre: ttl: log:
owner uid-owner: gid-owner: pid-owner: sid-owner: cmd-owner: socket-exists suppl-groups
physdev physdev-in: physdev-out: physdev-is-in physdev-is-out physdev-is-bridged
pkttype pkt-type:
policy dir: pol: strict reqid: spi: tunnel-src: tunnel-dst: proto: mode: next
quota quota:
rateest rateest1|rateest: rateest2: rateest-bps1? rateest-pps1? rateest-bps2|rateest-bps? rateest-pps2|rateest-pps? \
rateest-delta rateest-lt rateest-gt rateest-eq
realm realm:
recent set rcheck update remove seconds: reap hitcount: rttl name: rsource rdest mask:
rpfilter loose validmark accept-local invert
rt rt-type: rt-segsleft: rt-len: rt-0-res rt-0-addrs: rt-0-not-strict
sctp source-port|sport: destination-port|dport: chunk-types::
set match-set:: set:: return-nomatch update-counters packets-eq: packets-lt: packets-gt: bytes-eq: bytes-lt: \
bytes-gt: update-subcounters
socket transparent nowildcard restore-skmark
srh srh-next-hdr: srh-hdr-len-eq: srh-hdr-len-gt: srh-hdr-len-lt: srh-segs-left-eq: srh-segs-left-gt: \
srh-segs-left-lt: srh-last-entry-eq: srh-last-entry-gt: srh-last-entry-lt: srh-tag: srh-psid: srh-nsid: srh-lsid:
state state:
statistic mode: probability: every: packet:
string from: to: algo: string: hex-string: icase
tcp source-port|sport: destination-port|dport: syn tcp-flags:: tcp-option:
tcpmss mss:
time datestart: datestop: timestart: timestop: contiguous weekdays: monthdays: localtz utc kerneltz
tos tos:
ttl ttl-lt: ttl-gt: ttl-eq|ttl:
u32 u32:
udp source-port|sport: destination-port|dport:`;

/** The options of the targets, likewise. */
const targetTable = `
AUDIT type:
CHECKSUM checksum-fill
CLASSIFY set-class:
CLUSTERIP new hashmode: clustermac: total-nodes: local-node: hash-init:
CONNMARK set-mark: save-mark restore-mark mask: set-xmark: and-mark: or-mark: xor-mark: ctmask: nfmask: \
left-shift-mark: right-shift-mark:
CONNSECMARK save restore
CT notrack helper: ctevents: expevents: zone-orig: zone-reply: zone: timeout:
DNAT to-destination: random persistent
DNPT src-pfx: dst-pfx:
DSCP set-dscp: set-dscp-class:
ECN ecn-tcp-remove ecn-tcp-cwr: ecn-tcp-ece: ecn-ip-ect:
HL hl-set: hl-dec: hl-inc:
HMARK hmark-tuple: hmark-src-prefix: hmark-dst-prefix: hmark-sport-mask: hmark-dport-mask: hmark-spi-mask: \
hmark-sport: hmark-dport: hmark-spi: hmark-proto-mask: hmark-rnd: hmark-mod: hmark-offset:
IDLETIMER timeout: label: alarm
LED led-trigger-id: led-delay: led-always-blink
LOG log-level: log-prefix: log-tcp-sequence log-tcp-options log-ip-options log-uid log-macdecode
MARK set-mark: and-mark: or-mark: set-xmark: xor-mark:
MASQUERADE to-ports: random random-fully
NETMAP to:
NFLOG nflog-group: nflog-prefix: nflog-range: nflog-size: nflog-threshold:
NFQUEUE queue-num: queue-balance: queue-bypass queue-cpu-fanout
NOTRACK
RATEEST rateest-name: rateest-interval: rateest-ewmalog:
REDIRECT to-ports: random
REJECT reject-with:
SECMARK selctx:
SET add-set:: del-set:: exist timeout: map-set:: map-mark map-prio map-queue
SNAT to-source: random random-fully persistent
SNPT src-pfx: dst-pfx:
SYNPROXY sack-perm timestamp wscale: mss: ecn
TCPMSS set-mss: clamp-mss-to-pmtu
TCPOPTSTRIP strip-options:
TEE gateway: oif:
TOS set-tos: and-tos: or-tos: xor-tos:
TPROXY on-port: on-ip: tproxy-mark:
TRACE
TTL ttl-set: ttl-dec: ttl-inc:
ULOG ulog-nlgroup: ulog-prefix: ulog-cprange: ulog-qthreshold:
standard`;

/** The program's own options (iptables/xtables.c, `original_opts`); `id` is the letter of the short form. */
export const ownOptions: readonly OptionEntry[] = `
A append: C check: D delete: I insert: R replace: L list? S list-rules? F flush? Z zero? N new-chain: X delete-chain?
E rename-chain: P policy: s source: d destination: s src: d dst: p protocol: i in-interface: j jump: t table: m match:
n numeric o out-interface: v verbose w wait? W wait-interval? x exact f fragments V version h help? 0 line-numbers
M modprobe: c set-counters: g goto: 4 ipv4 6 ipv6`
  .trim()
  .split(/\s+/)
  .flatMap((name, index, all): OptionEntry[] =>
    index % 2 === 0 ? [] : [ownOption(all[index - 1] ?? '', name)],
  );

/** The letters that short options have, without line-numbers, which has none (iptables/xshared.h, IPT_OPTSTRING). */
export const shortOptions: ReadonlyMap<string, OptionEntry> = new Map(
  ownOptions.filter(({ id }) => id !== '0').map((option) => [option.id, option]),
);

const matches = extensions('match', matchTable);
const targets = extensions('target', targetTable);

function extensions(kind: Extension['kind'], table: string): ReadonlyMap<string, Extension> {
  const lines = table.replaceAll('\\\n', '').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', ...options] = line.split(' ');
      return [name, { kind, name, options: options.flatMap((option) => entries(`${kind} ${name}`, option)) }];
    }),
  );
}

function entries(extension: string, written: string): OptionEntry[] {
  const [, names = '', sign = ''] = /^([^:?]+)(:?:?\??)$/.exec(written) ?? [];
  return names.split('|').map((name) => ({
    name,
    takes: sign.startsWith(':') ? 'value' : 'nothing',
    ...(sign === '::' && { more: 'one' as const }),
    ...(sign === '?' && { more: 'perhaps' as const }),
    id: `${extension} ${names}`,
  }));
}

function ownOption(id: string, written: string): OptionEntry {
  const name = written.replace(/[:?]$/, '');
  return { name, takes: written.endsWith(':') ? 'value' : written.endsWith('?') ? 'perhaps' : 'nothing', id };
}
