import type { NftToken } from './nft-tokens';

/**
 * Words that are keywords wherever they stand, and so can be neither names nor values (nftables src/scanner.l, the
 * patterns without a start condition). Words that are keywords only in their own statement are not among them.
 */
const reserved: ReadonlySet<string> = new Set(
  `vmap include define redefine undefine describe hook device devices table chain rule set element map flowtable
  handle ruleset socket tproxy accept drop continue jump goto return inet netdev add replace update create insert
  delete get list reset flush rename import export monitor destroy position index comment constant interval dynamic
  auto-merge timeout gc-interval elements expires policy size flow offload meter counter last log queue limit hour
  day quota reject snat dnat masquerade redirect random th bridge ether type typeof vlan arp ip ecn time icmp icmpv6
  igmp ip6 priority ah esp comp flags udp udplite gre tcp dccp sctp rt rt0 rt2 srh hbh frag dst mh meta mark iif
  iifname iiftype oif oifname oiftype skuid skgid nftrace rtclassid ibriport ibrname obriport obrname pkttype cpu
  iifgroup oifgroup cgroup ct numgen jhash symhash dup fwd fib osf synproxy notrack all exists missing exthdr ipsec
  secmark xt`.split(/\s+/),
);

/** Keywords that are values as well (nftables src/parser_bison.y, keyword_expr, boolean_keys, primary_rhs_expr). */
const valueWords: ReadonlySet<string> = new Set(
  `exists missing ether ip ip6 vlan arp dnat snat ecn reset destroy last tcp udp udplite esp ah icmp igmp icmpv6 gre
  comp dccp sctp redirect`.split(/\s+/),
);

/** Tells whether nft knows the word as a keyword in every place. */
export function isReserved(word: string): boolean {
  return reserved.has(word);
}

/** Tells whether the word can stand where a value must. */
export function isValueWord(word: string): boolean {
  return !reserved.has(word) || valueWords.has(word);
}

/** Tells whether the token can be the name of a table, a chain or a set (parser_bison.y, identifier). */
export function isName({ kind, text }: NftToken): boolean {
  return kind === 'unknown' || (kind === 'word' && (!reserved.has(text) || text === 'last'));
}

/** The name that nft's messages have for a token. */
export function tokenName({ kind, text }: NftToken): string {
  switch (kind) {
    case 'newline':
      return 'newline';
    case 'end':
      return 'end of file';
    case 'number':
      return 'number';
    case 'quoted':
      return 'quoted string';
    case 'wildcard':
      return 'string with a trailing asterisk';
    case 'junk':
      return 'junk';
    case 'sign':
      return signNames.get(text) ?? text;
    default:
      return isReserved(text) ? text : 'string';
  }
}

const signNames: ReadonlyMap<string, string> = new Map([
  [';', 'semicolon'],
  [',', 'comma'],
  [':', 'colon'],
  ...[...'{}[]()=$|'].map((sign): [string, string] => [sign, `'${sign}'`]),
]);
