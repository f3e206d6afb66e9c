/** Keywords of all dialects of pf.conf: none of them can be a port, a host or an interface where it is not quoted. */
const keywords: ReadonlySet<string> = new Set(
  `all allow-opts anchor antispoof any bitmask block block-policy code debug drop dup-to file fingerprints flags
  floating flush for fragment from global group hostid icmp-type icmp6-type if-bound in include inet inet6 keep label
  limit load log loginterface match max max-mss max-src-conn max-src-conn-rate max-src-nodes max-src-states min-ttl
  modulate no no-df no-route no-sync on optimization os out overload pass port probability proto qlimit queue quick
  random random-id reassemble reply-to return return-icmp return-icmp6 return-rst round-robin route route-to rtable
  rule ruleset-optimization scrub set skip sloppy source-hash source-track state state-defaults state-policy
  static-port sticky-address synproxy table tag tagged timeout to tos ttl urpf-failed user`.split(/\s+/),
);

/** Words that begin a statement, in any dialect of pf.conf. */
const statements: ReadonlySet<string> = new Set(
  `altq anchor antispoof binat binat-anchor block dummynet dummynet-anchor ether include load match nat nat-anchor no
  pass queue rdr rdr-anchor scrub scrub-anchor set table`.split(/\s+/),
);

/** Words that give an option of a rule, in any dialect of pf.conf, beside the keywords. */
const options: ReadonlySet<string> = new Set(
  `af-to binat-to divert-packet divert-reply divert-to dnpipe dnqueue least-states max-pkt-rate nat-to once prio
  rdr-to received-on ridentifier`.split(/\s+/),
);

/** Tells whether pfctl takes the word for a part of its grammar and not for a value. */
export function isPfKeyword(word: string): boolean {
  return keywords.has(word) || options.has(word);
}

/** Tells whether a statement can begin with the word. */
export function isPfStatement(word: string): boolean {
  return statements.has(word);
}
