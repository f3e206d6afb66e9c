/** Around each rule of the first list: what it may name. */
export function rulesetAround(rule: string): string {
  return `define one = 22
define many = { 80, 443 }
define lan = { 10.0.0.0/8, 192.168.0.0/16 }
define wan = eth0
define two = { eth0, eth1 }
define both = $many
table inet filter {
  set web { type inet_service; elements = { 80, 443, 8000-8010 }; flags interval; }
  set empty { type inet_service; }
  set seen { type ipv4_addr; flags dynamic; }
  set filled { type ipv4_addr; elements = { 10.0.0.9 }; }
  set trusted { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 172.16.0.1-172.16.0.9 } }
  set inside { type ifname; elements = { "eth1" } }
  set pairs { type ipv4_addr . inet_service; elements = { 10.0.0.1 . 22 } }
  map known { type inet_service : verdict; elements = { 22 : accept, 80 : drop } }
  chain web { }
  chain input {
    type filter hook input priority 0; policy drop;
    ${rule}
  }
  chain other { ip saddr 10.0.0.1 add @filled { ip saddr }
  }
}
`;
}

/** Rules of the chain `input`, and what is read of each. */
export const nftablesRules: readonly (readonly [rule: string, words: string])[] = [
  ['accept', 'any -> accept'],
  ['drop', 'any -> drop'],
  ['reject', 'any -> reject'],
  ['reject with icmpx type port-unreachable', 'any -> reject (reject with icmpx type port-unreachable)'],
  ['reject with tcp reset', 'tcp -> reject (reject with tcp reset)'],
  ['reject with icmp type host-unreachable', 'ipv4 -> reject (reject with icmp type host-unreachable)'],
  ['reject with icmpv6 type no-route', 'ipv6 -> reject (reject with icmpv6 type no-route)'],
  ['return', 'any -> return'],
  ['continue', 'any -> continue'],
  ['counter', 'any -> continue'],
  ['counter packets 80 bytes 443 accept', 'any -> accept'],
  ['log prefix "tcp dport 80 " level warn', 'any -> continue'],
  ['log prefix "x" drop', 'any -> drop'],
  ['jump web', 'any -> unknown (jump web)'],
  ['goto web', 'any -> unknown (goto web)'],
  ['queue num 1', 'any -> unknown (queue num 1)'],
  ['tcp dport 22 accept', 'tcp dport 22 -> accept'],
  ['tcp dport ssh accept', 'tcp dport 22 -> accept'],
  ['tcp dport 0x50 accept', 'tcp dport 80 -> accept'],
  ['tcp dport 1000-2000 drop', 'tcp dport 1000-2000 -> drop'],
  ['tcp dport { 22, 80-90, 443 } accept', 'tcp dport 22,80-90,443 -> accept'],
  ['tcp dport != 22 drop', 'tcp dport !22 -> drop'],
  ['tcp dport != { 22, 80 } drop', 'tcp dport !22,80 -> drop'],
  ['tcp dport < 1024 accept', 'tcp dport 0-1023 -> accept'],
  ['tcp dport >= 1024 accept', 'tcp dport 1024-65535 -> accept'],
  ['tcp dport 1024/10 accept', 'tcp dport 1024-1087 -> accept'],
  ['tcp dport $one accept', 'tcp dport 22 -> accept'],
  ['tcp dport $many accept', 'tcp dport 80,443 -> accept'],
  ['tcp dport $both accept', 'tcp dport 80,443 -> accept'],
  ['tcp dport { $one, 8080 } accept', 'tcp dport 22,8080 -> accept'],
  ['tcp dport @web accept', 'tcp dport 80,443,8000-8010 -> accept'],
  ['tcp dport != @web accept', 'tcp dport !80,443,8000-8010 -> accept'],
  ['tcp dport @empty accept', 'tcp [tcp dport @empty] -> accept'],
  ['tcp sport 53 tcp dport 1024-65535 accept', 'tcp dport 1024-65535 sport 53 -> accept'],
  ['tcp dport 22 tcp dport 22 accept', 'tcp dport 22 [tcp dport 22] -> accept'],
  ['udp dport 53 accept', 'udp dport 53 -> accept'],
  ['sctp dport 80 accept', 'sctp dport 80 -> accept'],
  ['dccp dport 80 accept', 'dccp dport 80 -> accept'],
  ['udplite dport 80 accept', 'udplite dport 80 -> accept'],
  ['th dport 53 accept', 'dport 53 -> accept'],
  ['meta l4proto { tcp, udp } th dport 53 accept', 'tcp|udp dport 53 -> accept'],
  ['meta l4proto tcp accept', 'tcp -> accept'],
  ['meta l4proto != tcp drop', '[meta l4proto != tcp] -> drop'],
  ['meta l4proto { icmp, ipv6-icmp } accept', 'icmp,icmpv6 -> accept'],
  ['meta l4proto { tcp, icmp } accept', '[meta l4proto { tcp, icmp }] -> accept'],
  ['meta l4proto 17 accept', 'udp -> accept'],
  ['meta l4proto 112 accept', '[meta l4proto 112] -> accept'],
  ['ip protocol icmp accept', 'ipv4 icmp -> accept'],
  ['ip protocol { icmp, igmp } accept', 'ipv4 icmp,igmp -> accept'],
  ['ip protocol tcp accept', 'ipv4 tcp -> accept'],
  ['ip protocol esp accept', 'ipv4 esp -> accept'],
  ['ip6 nexthdr icmpv6 accept', 'ipv6 icmpv6 [ip6 nexthdr icmpv6] -> accept'],
  ['ip6 nexthdr tcp tcp dport 22 accept', 'ipv6 tcp dport 22 [ip6 nexthdr tcp] -> accept'],
  ['icmp type echo-request accept', 'ipv4 icmp [icmp type echo-request] -> accept'],
  [
    'icmpv6 type { nd-neighbor-solicit, nd-router-advert } accept',
    'ipv6 icmpv6 [icmpv6 type { nd-neighbor-solicit, nd-router-advert }] -> accept',
  ],
  ['tcp flags & (fin|syn|rst|ack) == syn drop', 'tcp [tcp flags & (fin|syn|rst|ack) == syn] -> drop'],
  ['tcp flags syn tcp dport 22 accept', 'tcp dport 22 [tcp flags syn] -> accept'],
  ['ip saddr 10.0.0.1 accept', 'ipv4 from 10.0.0.1 -> accept'],
  ['ip saddr 10.0.0.0/8 tcp dport 22 accept', 'ipv4 tcp dport 22 from 10.0.0.0/8 -> accept'],
  ['ip saddr 10.1.2.3/8 accept', 'ipv4 from 10.0.0.0/8 -> accept'],
  [
    'ip saddr { 10.0.0.0/8, 192.168.1.1-192.168.1.9 } accept',
    'ipv4 from 10.0.0.0/8,192.168.1.1-192.168.1.9 -> accept',
  ],
  ['ip saddr != 10.0.0.0/8 drop', 'ipv4 from !10.0.0.0/8 -> drop'],
  ['ip saddr $lan accept', 'ipv4 from 10.0.0.0/8,192.168.0.0/16 -> accept'],
  ['ip saddr @trusted accept', 'ipv4 from 10.0.0.0/8,172.16.0.1-172.16.0.9 -> accept'],
  ['ip saddr @seen drop', 'ipv4 <ip saddr @seen> -> drop'],
  ['ip saddr @filled drop', 'ipv4 <ip saddr @filled> -> drop'],
  ['ip saddr localhost accept', 'ipv4 [ip saddr localhost] -> accept'],
  ['ip daddr 224.0.0.0/4 drop', 'ipv4 to 224.0.0.0/4 -> drop'],
  ['ip6 saddr fe80::/10 accept', 'ipv6 from fe80::/10 -> accept'],
  ['ip6 saddr ::1 ip6 daddr { ::1, 2001:db8::/32 } accept', 'ipv6 from ::1 to ::1,2001:db8::/32 -> accept'],
  [
    'ip saddr . tcp dport { 10.0.0.1 . 22 } accept',
    'ipv4 tcp [ip saddr . tcp dport { 10.0.0.1 . 22 }] -> accept',
  ],
  ['ip saddr . tcp dport @pairs accept', 'ipv4 tcp [ip saddr . tcp dport @pairs] -> accept'],
  ['iif lo accept', 'in lo -> accept'],
  ['iif != lo ip daddr 127.0.0.0/8 drop', 'ipv4 to 127.0.0.0/8 [iif != lo] -> drop'],
  ['iifname "eth0" accept', 'in eth0 -> accept'],
  ['iifname "veth*" accept', 'in veth+ -> accept'],
  ['iifname "a+" accept', '[iifname "a+"] -> accept'],
  ['iifname $wan accept', 'in eth0 -> accept'],
  ['iifname $two accept', '[iifname $two] -> accept'],
  ['iifname { "eth0" } accept', 'in eth0 -> accept'],
  ['iifname { "eth0", "eth1" } accept', '[iifname { "eth0", "eth1" }] -> accept'],
  ['iifname @inside accept', 'in eth1 -> accept'],
  ['oifname "docker0" accept', 'out docker0 -> accept'],
  ['meta iifname eth0 meta oifname eth1 accept', 'in eth0 out eth1 -> accept'],
  ['ct state established,related accept', 'state ESTABLISHED|RELATED -> accept'],
  ['ct state { new, untracked } tcp dport 22 accept', 'tcp dport 22 state NEW|UNTRACKED -> accept'],
  ['ct state new accept', 'state NEW -> accept'],
  ['ct state != new drop', '[ct state != new] -> drop'],
  ['ct state invalid drop', 'state INVALID -> drop'],
  ['ct mark 1 accept', '<ct mark 1> -> accept'],
  ['ct original proto-dst 80 accept', '[ct original proto-dst 80] -> accept'],
  ['meta mark 1 accept', '<meta mark 1> -> accept'],
  ['meta mark set 1', 'any -> continue'],
  ['ct mark set 1 accept', 'any -> accept'],
  ['tcp dport set 80', 'tcp -> unknown'],
  ['ip daddr set 10.0.0.1', 'ipv4 -> unknown'],
  ['tcp option maxseg size set 1400', 'tcp -> continue'],
  ['notrack', 'any -> continue'],
  ['meta nfproto ipv4 accept', 'ipv4 -> accept'],
  ['meta nfproto ipv6 tcp dport 22 accept', 'ipv6 tcp dport 22 -> accept'],
  ['meta nfproto { ipv4, ipv6 } accept', '[meta nfproto { ipv4, ipv6 }] -> accept'],
  ['meta protocol ip accept', 'ipv4 -> accept'],
  ['ether type ip6 accept', 'ipv6 -> accept'],
  ['fib daddr type local accept', '[fib daddr type local] -> accept'],
  ['pkttype { broadcast, multicast } drop', '[pkttype { broadcast, multicast }] -> drop'],
  ['limit rate 3/minute accept', '<limit rate 3/minute> -> accept'],
  ['tcp dport 22 limit rate over 10/minute drop', 'tcp dport 22 <limit rate over 10/minute> -> drop'],
  ['tcp dport 22 ct count over 3 reject', 'tcp dport 22 <ct count over 3> -> reject'],
  ['tcp dport 22 add @seen { ip saddr } accept', 'tcp dport 22 <add @seen { ip saddr }> -> accept'],
  [
    'tcp dport 22 meter m { ip saddr limit rate over 3/minute } drop',
    'tcp dport 22 <meter m { ip saddr limit rate over 3/minute }> -> drop',
  ],
  ['quota over 10 mbytes drop', '<quota over 10 mbytes> -> drop'],
  ['meta hour "10:00"-"12:00" accept', '<meta hour "10:00"-"12:00"> -> accept'],
  ['numgen random mod 2 0 drop', '<numgen random mod 2 0> -> drop'],
  [
    'ct state vmap { established : accept, related : accept, invalid : drop }',
    'state ESTABLISHED|RELATED|INVALID -> unknown (vmap { established : accept, related : accept, invalid : drop })',
  ],
  [
    'ct state vmap { established : accept, related : accept }',
    'state ESTABLISHED|RELATED -> accept (vmap { established : accept, related : accept })',
  ],
  [
    'tcp dport vmap { 22 : accept, 80-90 : accept }',
    'tcp dport 22,80-90 -> accept (vmap { 22 : accept, 80-90 : accept })',
  ],
  [
    'tcp dport vmap { 22 : accept, 80 : drop }',
    'tcp dport 22,80 -> unknown (vmap { 22 : accept, 80 : drop })',
  ],
  ['tcp dport vmap { 22 : jump web }', 'tcp dport 22 -> unknown (vmap { 22 : jump web })'],
  ['tcp dport vmap { 22 : accept, * : drop }', 'tcp -> unknown (vmap { 22 : accept, * : drop })'],
  ['tcp dport vmap @known', 'tcp [tcp dport vmap @known] -> unknown (vmap @known)'],
  [
    'iifname vmap { lo : accept, eth0 : jump web }',
    '[iifname vmap { lo : accept, eth0 : jump web }] -> unknown (vmap { lo : accept, eth0 : jump web })',
  ],
  [
    'meta l4proto vmap { tcp : jump web, udp : drop }',
    'tcp|udp -> unknown (vmap { tcp : jump web, udp : drop })',
  ],
  [
    'ip protocol vmap { tcp : jump web, icmp : accept }',
    'ipv4 [ip protocol vmap { tcp : jump web, icmp : accept }] -> unknown (vmap { tcp : jump web, icmp : accept })',
  ],
  [
    'ip saddr . tcp dport vmap { 10.0.0.1 . 22 : accept }',
    'ipv4 tcp [ip saddr . tcp dport vmap { 10.0.0.1 . 22 : accept }] -> accept (vmap { 10.0.0.1 . 22 : accept })',
  ],
  [
    'ip saddr vmap { 10.0.0.0/8 : drop, 192.168.0.0/16 : drop }',
    'ipv4 from 10.0.0.0/8,192.168.0.0/16 -> drop (vmap { 10.0.0.0/8 : drop, 192.168.0.0/16 : drop })',
  ],
  ['jump { tcp dport 80 drop; }', 'any -> unknown'],
  ['tcp dport 22 accept comment "tcp dport 80"', 'tcp dport 22 -> accept'],
  ['tcp dport 22 counter log prefix "in" accept', 'tcp dport 22 -> accept'],
  ['tcp dport { 22,\n      80 } accept # ssh', 'tcp dport 22,80 -> accept'],
  ['tcp dport \\\n      22 accept', 'tcp dport 22 -> accept'],
  ['@th,16,16 80 accept', 'dport 80 -> accept'],
  ['ip version 4 accept', 'ipv4 [ip version 4] -> accept'],
  ['ip ttl 1 drop', 'ipv4 [ip ttl 1] -> drop'],
  ['meta skuid 0 accept', '[meta skuid 0] -> accept'],
  ['meta length > 1000 drop', '[meta length > 1000] -> drop'],
  ['ip frag-off & 0x1fff != 0 drop', 'ipv4 [ip frag-off & 0x1fff != 0] -> drop'],
  ['tcp dport $other accept', 'tcp [tcp dport $other] -> accept'],
  ['tcp dport nosuchservice accept', 'tcp [tcp dport nosuchservice] -> accept'],
  ['tcp dport 22 accept drop', 'tcp dport 22 -> accept'],
  ['tcp dport accept', '<tcp dport accept> -> unknown'],
];

/** Whole rulesets, and the filter that they set up. */
export const nftablesRulesets: readonly {
  readonly title: string;
  readonly text: string;
  readonly words: readonly string[];
}[] = [
  {
    title: 'a chain without a hook',
    text: 'table inet t {\n  chain web { tcp dport 80 accept\n }\n}\n',
    words: ['inet t web', '  tcp dport 80 -> accept'],
  },
  {
    title: 'a base chain without a policy',
    text: 'table ip t {\n  chain c {\n    type filter hook input priority filter\n    tcp dport 80 accept\n  }\n}\n',
    words: ['ip t c (input)', '  ipv4 tcp dport 80 -> accept'],
  },
  {
    title: 'the policy and hook of a base chain',
    text: 'table ip6 t {\n  chain c {\n    type filter hook forward priority -5; policy accept;\n  }\n}\n',
    words: ['ip6 t c (forward, policy accept)'],
  },
  {
    title: 'a policy that a variable gives',
    text: 'define p = drop\ntable ip t {\n  chain c {\n    type filter hook output priority 0; policy $p;\n    accept\n  }\n}\n',
    words: ['ip t c (output)', '  ipv4 -> accept'],
  },
  {
    title: 'chains for translation have no hook of ours',
    text: 'table ip nat {\n  chain c {\n    type nat hook input priority 100; policy accept;\n    tcp dport 80 redirect to :8080\n  }\n  chain d { type route hook output priority 0; }\n}\n',
    words: ['ip nat c (policy accept)', '  ipv4 tcp dport 80 -> unknown (redirect to :8080)', 'ip nat d'],
  },
  {
    title: 'a bridge sees frames',
    text: 'table bridge t {\n  chain c { type filter hook input priority 0; policy drop; }\n}\n',
    words: ['bridge t c (policy drop)'],
  },
  {
    title: 'several chains on one hook',
    text: 'table inet t {\n  chain a { type filter hook input priority 0; policy drop; }\n  chain b { type filter hook input priority 10; policy accept; drop; }\n}\n',
    words: ['inet t a (input, policy drop)', 'inet t b (input, policy accept)', '  any -> drop'],
  },
  {
    title: 'two rules in one line',
    text: 'table ip t {\n  chain c { tcp dport 22 accept; drop; }\n}\n',
    words: ['ip t c', '  ipv4 tcp dport 22 -> accept', '  ipv4 -> drop'],
  },
  {
    title: 'a table in two blocks',
    text: 'table ip t {\n  chain c { tcp dport 22 accept; }\n}\ntable ip t {\n  chain c { drop; }\n}\n',
    words: ['ip t c', '  ipv4 tcp dport 22 -> accept', '  ipv4 -> drop'],
  },
  {
    title: 'chains of one name in two tables',
    text: 'table ip t { chain c { accept; }; }\ntable ip6 t { chain c { drop; }; }\n',
    words: ['ip t c', '  ipv4 -> accept', 'ip6 t c', '  ipv6 -> drop'],
  },
  {
    title: 'commands',
    text: 'add table ip t\nadd chain ip t c { type filter hook input priority 0; policy drop; }\nadd rule ip t c tcp dport 22 accept\nadd rule ip t c drop\n',
    words: ['ip t c (input, policy drop)', '  ipv4 tcp dport 22 -> accept', '  ipv4 -> drop'],
  },
  {
    title: 'the family is ip where none is written',
    text: 'add table t\nadd chain t c\nadd rule t c drop\n',
    words: ['ip t c', '  ipv4 -> drop'],
  },
  {
    title: 'a rule that is inserted stands first',
    text: 'table ip t {\n  chain c { tcp dport 22 accept; }\n}\ninsert rule ip t c tcp dport 80 drop\ninsert rule ip t c tcp dport 443 drop\nadd rule ip t c udp dport 53 drop\n',
    words: [
      'ip t c',
      '  ipv4 tcp dport 443 -> drop',
      '  ipv4 tcp dport 80 -> drop',
      '  ipv4 tcp dport 22 -> accept',
      '  ipv4 udp dport 53 -> drop',
    ],
  },
  {
    title: 'beside a numbered rule nobody knows the place',
    text: 'table ip t {\n  chain c { accept; }\n  chain d { drop; }\n}\ninsert rule ip t c index 0 tcp dport 80 drop\n',
    words: ['ip t d', '  ipv4 -> drop'],
  },
  {
    title: 'behind a handle',
    text: 'add table ip t\nadd chain ip t c\nadd rule ip t c accept\nadd rule ip t c handle 3 tcp dport 80 drop\n',
    words: ['no filter'],
  },
  {
    title: 'replaced',
    text: 'table ip t {\n  chain c { accept; }\n}\nreplace rule ip t c handle 2 drop\n',
    words: ['no filter'],
  },
  {
    title: 'deleted',
    text: 'table ip t {\n  chain c { accept; }\n}\ndelete rule ip t c handle 2\n',
    words: ['no filter'],
  },
  {
    title: 'flush ruleset in front',
    text: 'flush ruleset\ntable ip t { chain c { accept; }; }\n',
    words: ['ip t c', '  ipv4 -> accept'],
  },
  {
    title: 'flush ruleset behind',
    text: 'table ip t { chain c { accept; }; }\nflush ruleset\ntable ip t { chain d { drop; }; }\n',
    words: ['ip t d', '  ipv4 -> drop'],
  },
  {
    title: 'flush ruleset of a family',
    text: 'table ip t { chain c { accept; }; }\ntable ip6 t { chain c { drop; }; }\nflush ruleset ip\n',
    words: ['ip6 t c', '  ipv6 -> drop'],
  },
  {
    title: 'flush table',
    text: 'table ip t { chain c { type filter hook input priority 0; policy drop; accept; }; }\nflush table ip t\nadd rule ip t c tcp dport 22 accept\n',
    words: ['ip t c (input, policy drop)', '  ipv4 tcp dport 22 -> accept'],
  },
  {
    title: 'flush chain',
    text: 'table ip t { chain c { accept; }; chain d { drop; }; }\nflush chain t c\n',
    words: ['ip t c', 'ip t d', '  ipv4 -> drop'],
  },
  {
    title: 'a flushed chain is known again',
    text: 'table ip t { chain c { accept; }; }\ninsert rule ip t c index 0 drop\nflush chain ip t c\nadd rule ip t c drop\n',
    words: ['ip t c', '  ipv4 -> drop'],
  },
  {
    title: 'delete table',
    text: 'table ip t { chain c { accept; }; }\ndelete table ip t\ntable ip t { chain c { drop; }; }\n',
    words: ['ip t c', '  ipv4 -> drop'],
  },
  {
    title: 'the three lines that begin many files',
    text: 'table inet t\ndelete table inet t\ntable inet t {\n  chain c { type filter hook input priority 0; policy drop; accept; }\n}\n',
    words: ['inet t c (input, policy drop)', '  any -> accept'],
  },
  {
    title: 'delete chain',
    text: 'table ip t { chain c { accept; }; chain d { drop; }; }\nflush chain ip t c\ndelete chain ip t c\n',
    words: ['ip t d', '  ipv4 -> drop'],
  },
  {
    title: 'reset and list change nothing',
    text: 'table ip t { chain c { accept; }; }\nreset counters table ip t\nlist ruleset\n',
    words: ['ip t c', '  ipv4 -> accept'],
  },
  {
    title: 'a file that is taken in may add rules',
    text: 'table ip t { chain c { accept; }; }\ninclude "/etc/more/*.nft"\n',
    words: ['ip t c (partial)', '  ipv4 -> accept'],
  },
  {
    title: 'within a chain',
    text: 'table ip t {\n  chain c {\n    accept\n    include "/etc/more/*.nft"\n  }\n  chain d { drop; }\n}\n',
    words: ['ip t c (partial)', '  ipv4 -> accept', 'ip t d', '  ipv4 -> drop'],
  },
  {
    title: 'within a table',
    text: 'table ip t {\n  include "/etc/more/*.nft"\n  chain c { accept; }\n}\ntable ip u { chain c { drop; }; }\n',
    words: ['ip t c (partial)', '  ipv4 -> accept', 'ip u c', '  ipv4 -> drop'],
  },
  {
    title: 'a set that a file may add to',
    text: 'include "/etc/more/*.nft"\ntable ip t {\n  set s { type inet_service; elements = { 22 }; }\n  chain c { tcp dport @s accept; }\n}\n',
    words: ['ip t c (partial)', '  ipv4 tcp <tcp dport @s> -> accept'],
  },
  {
    title: 'elements that are added',
    text: 'table ip t {\n  set s { type inet_service; elements = { 22 }; }\n  chain c { tcp dport @s accept; }\n}\nadd element ip t s { 80 }\n',
    words: ['ip t c', '  ipv4 tcp dport 22,80 -> accept'],
  },
  {
    title: 'elements that are taken away',
    text: 'table ip t {\n  set s { type inet_service; elements = { 22, 80 }; }\n  chain c { tcp dport @s accept; }\n}\ndelete element ip t s { 80 }\n',
    words: ['ip t c', '  ipv4 tcp <tcp dport @s> -> accept'],
  },
  {
    title: 'a set with a timeout',
    text: 'table ip t {\n  set s { type inet_service; timeout 1h; elements = { 22 }; }\n  chain c { tcp dport @s accept; }\n}\n',
    words: ['ip t c', '  ipv4 tcp <tcp dport @s> -> accept'],
  },
  {
    title: 'a variable that changes',
    text: 'define p = 22\ntable ip t {\n  chain c { ip ttl $p accept; }\n}\nredefine p = 23\n',
    words: ['ip t c', '  ipv4 <ip ttl $p> -> accept'],
  },
  {
    title: 'a rule in a chain of another file',
    text: 'add rule inet filter input tcp dport 22 accept\n',
    words: ['inet filter input (partial)', '  tcp dport 22 -> accept'],
  },
  {
    title: 'a chain by itself',
    text: 'chain c {\n  type filter hook input priority 0; policy drop;\n  tcp dport 22 accept\n}\n',
    words: ['c (policy drop, partial)', '  tcp dport 22 -> accept'],
  },
  { title: 'rules by themselves', text: 'tcp dport 22 accept\nudp dport 53 accept\n', words: ['no filter'] },
  {
    title: 'a rule that nft does not read',
    text: 'table ip t {\n  chain c {\n    tcp dport 22 acept\n    drop\n  }\n}\n',
    words: ['ip t c', '  <tcp dport 22 acept> -> unknown', '  ipv4 -> drop'],
  },
  {
    title: 'the first rule is not what the variable says',
    text: 'table ip t { chain c { tcp dport { 22, $x } accept; }; }\n',
    words: ['ip t c', '  ipv4 tcp [tcp dport { 22, $x }] -> accept'],
  },
  { title: 'no chain', text: 'table ip t { set s { type inet_service; }; }\n', words: ['no filter'] },
  { title: 'nothing', text: '', words: ['no filter'] },
  {
    title: 'a template',
    text: 'table ip t { chain c { {% if x %} accept {% endif %}\n }\n}\n',
    words: ['no filter'],
  },
];
