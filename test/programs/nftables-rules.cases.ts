import { type Line, otherNames, outside } from './nftables-line';

/** Rules of a chain of type filter at the hook input. */
export const rules: readonly Line[] = [
  // What is no field, or no statement.
  ...[
    'tcp 22 accept',
    'tcp accept',
    'tcp port 22 accept',
    'tcp dports 22 accept',
    'dport 22 accept',
    'sport 22 accept',
  ],
  ...[
    'port 22',
    'TCP dport 22 accept',
    'tcp dport 22 ACCEPT',
    'tcp dport 22 acept',
    'tcp dport 22 allow',
    'icmp dport 22',
  ],
  ...[
    'tcp udp dport 22 accept',
    'tcp,udp dport 22',
    '{ tcp, udp } dport 22',
    'tcp --dport 22 -j ACCEPT',
    '-p tcp --dport 22',
  ],
  ...[
    'tcp dport 22 accept "ssh"',
    'tcp dport 22 accept // ssh',
    'tcp dport 22 then accept',
    'ip tcp dport 22',
    'esp dport 22',
  ],
  ...[
    'tcp dport 22 && tcp sport 23',
    'tcp dport 22 or tcp dport 23',
    'state new tcp dport 22',
    'tcp dport 22 saddr 1.2.3.4',
  ],
  ...[
    'proto tcp dport 22',
    '@th,16 22',
    '@xx,1,1 22',
    'tcp dport & 0xff == 22',
    'ah sport 22',
    'comp dport 1',
  ],
  // Verdicts.
  ...[
    'drop',
    'return',
    'continue',
    'jump other',
    'goto other',
    'reject',
    'reject with tcp reset',
    'reject with icmpx 3',
  ].map((verdict) => `tcp dport 22 ${verdict}`),
  ...[
    'tcp dport 22 jump',
    'tcp dport 22 jump drop',
    'tcp dport 22 goto 5',
    'tcp dport 22 jump "other"',
    'reject with foo',
  ],
  ...[
    'tcp dport 22 accept drop',
    'tcp dport 22 drop counter',
    'tcp dport 22 jump other counter',
    'tcp dport 22 continue counter',
  ],
  ...[
    'tcp dport 22 reject log',
    'accept tcp dport 22',
    'tcp dport 22 accept comment "in"',
    'tcp dport 22 comment "in" accept',
  ],
  ...[
    'tcp dport 22 accept; tcp dport 23 drop',
    'tcp dport 22 jump { ip saddr 1.2.3.4 accept; }',
    'tcp dport 22 goto { drop; }',
  ],
  ...[
    'udp dport 53 reject with tcp reset',
    'tcp dport 22 \\\n accept',
    'tcp dport\n22 accept',
    'tcp dport 22,\n23 accept',
  ],
  // Verdict maps.
  ...[
    '{ 22 : accept, 80-90 : drop }',
    '{ 22:accept, 80-90:drop }',
    '{ ssh : jump other, http : goto other, 99 : return }',
  ],
  ...[
    '{ 22 : accept, 22 : accept }',
    '{ 22 : accept, 22 : drop }',
    '{ 22 : accept, 20-30 : drop }',
    '{ 20-30 : accept, 25-35 : drop }',
  ],
  ...[
    '{ 20-30 : accept, 30-35 : drop }',
    '{ 20-30 : accept, 31-35 : drop }',
    '{ 20-30 : drop, 20-30 : drop }',
    '{ * : drop }',
  ],
  ...[
    '{ 22 : accept,\n 80 : drop\n }',
    '{\n\n 22 : accept }',
    '{ 22 }',
    '{ }',
    '{ 22 : foo }',
    '{ 22 : 80 }',
    '{ 65536 : drop }',
  ],
  ...[
    '@verdicts',
    '@forwards',
    '@ports',
    '22',
    '{ 22 : accept, 80 }',
    '{ 22 comment "x" : accept }',
    '{ 22 : accept comment "x" }',
  ],
].map(
  (line): Line =>
    typeof line === 'string' && /^[{@]|^22$/.test(line) && !line.startsWith('{ tcp')
      ? `tcp dport vmap ${line}`
      : line,
);

/** The same for concatenations and contradictions, and for what is no port. */
export const moreRules: readonly Line[] = [
  ...[
    'ip saddr . tcp dport { 10.0.0.1 . 22, 10.0.0.2 . http }',
    'ip saddr . tcp dport { 10.0.0.0/8 . 22-25 }',
  ],
  ...[
    'ip saddr . tcp dport 10.0.0.1 . 22',
    'ip saddr . tcp dport { 10.0.0.1 }',
    'ip saddr . tcp dport { 10.0.0.1 . 22 . 23 }',
  ],
  ...[
    'ip saddr . tcp dport { 10.0.0.1 . 65536 }',
    'ip saddr . tcp dport { 10.0.0.1 . 90-80 }',
    'ip saddr . tcp dport != { 10.0.0.1 . 22 }',
  ],
  ...[
    'ip saddr . tcp dport @pairs accept',
    'ip saddr . tcp dport @ports',
    'tcp dport . ip saddr @pairs',
    'tcp sport . tcp dport { 1 . 2 }',
  ],
  ...[
    'ip saddr . tcp dport vmap { 10.0.0.1 . 22 : accept, 10.0.0.2 . 80-90 : drop }',
    'iifname . tcp dport { "eth0" . 22 } accept',
  ],
  ...[
    'meta l4proto . th dport { tcp . 22, udp . 53 } accept',
    'meta l4proto . th dport vmap { tcp . 22 : accept, udp . 53 : drop }',
  ],
  ...[
    'ip saddr . tcp dport { 10.0.0.1 . $one } accept',
    'tcp dport . udp sport { 1 . 2 }',
    'tcp dport . ip saddr { 22 . 10.0.0.1 }',
  ],
  // One packet has one transport and one network protocol.
  ...[
    'tcp dport 22 udp sport 53',
    'tcp dport 22 tcp sport 1024-65535 accept',
    'meta l4proto udp tcp dport 22',
    'ip protocol udp tcp dport 22',
  ],
  ...[
    'meta l4proto { tcp, udp } tcp dport 22',
    'meta l4proto { tcp } tcp dport 22',
    'meta l4proto != udp tcp dport 22',
    'meta l4proto 17 tcp dport 22',
  ],
  ...[
    'icmp type echo-request tcp dport 22',
    'sctp dport 1 tcp dport 2',
    'tcp flags syn udp dport 53',
    'th dport 53 udp dport 53',
  ],
  ...[
    'th dport 53 tcp dport 53 udp dport 53',
    'tcp dport 22 meta l4proto udp',
    'ip saddr 1.2.3.4 ip6 saddr ::1 tcp dport 22',
  ],
  ...[
    'ip6 saddr ::1 ip saddr 1.2.3.4',
    'meta nfproto ipv4 ip6 saddr ::1',
    'meta nfproto ipv6 tcp dport 22',
    'meta protocol ip tcp dport 22',
  ],
  ...[
    'meta l4proto tcp,udp th dport 53',
    'ip protocol 300 tcp dport 1',
    'ct proto-dst 22',
    'ct dport 22 accept',
    'ct sport 22 accept',
    'ct original sport 22 accept',
    'tcp dport @ports tcp dport @ranges',
  ],
  // Addresses beside ports.
  ...[
    'ip saddr 10.0.0.300 tcp dport 22',
    'ip saddr 10.0.0.0/33 tcp dport 22',
    'ip saddr fe80::1 tcp dport 22',
    'ip6 saddr 1.2.3.4 tcp dport 22',
  ],
  ...[
    'ip saddr 1.2.3.4, 5.6.7.8 tcp dport 22',
    'ip saddr { 1.2.3.4, 5.6.7.8 } tcp dport 22',
    'ip saddr ! 1.2.3.4 tcp dport 22',
  ],
  ...[
    'ip saddr 10.0.0.1-10.0.0.9 tcp dport 22 accept',
    'ip saddr != 10.0.0.0/8 tcp dport 22 drop',
    'ip saddr @ports tcp dport 22',
  ],
  // Numbers that are no ports.
  ...[
    'tcp dport 22 counter packets 80 bytes 443 accept',
    'tcp dport 22 log prefix "port 80 " level info accept',
    'tcp dport 22 log group 5 snaplen 80',
  ],
  ...[
    'tcp dport 22 limit rate 3/minute burst 5 packets accept',
    'tcp dport 22 limit rate over 10 mbytes/second drop',
    'tcp dport 22 ct count over 80 drop',
  ],
  ...[
    'tcp dport 22 meta mark set 80 accept',
    'tcp dport 22 ct mark 443 accept',
    'tcp dport 22 tcp flags & (syn|ack) == syn',
    'tcp dport 22 tcp window 8080',
  ],
  // Flags and the mask that they are compared under.
  ...[
    'tcp dport 22 tcp flags syn / syn,ack drop',
    'tcp dport 22 tcp flags fin,syn / fin,syn drop',
    'tcp dport 22 tcp flags != fin,syn / fin,syn,rst drop',
    'tcp dport 22 tcp flags & (fin|syn) == fin,syn / fin,syn drop',
    'ct state established,related / established,related,new tcp dport 22',
    'ct status snat,dnat / snat,dnat,confirmed tcp dport 22',
    'tcp dport 22 tcp flags 3,4/2,3 drop',
  ],
  ...[
    'tcp dport 22 tcp flags syn / syn drop',
    'tcp dport 22 tcp flags syn,ack / syn drop',
    'tcp dport 22 tcp flags fin,syn / (fin|syn) drop',
    'tcp dport 22 tcp flags fin,syn / fin,syn / fin drop',
  ],
  ...[
    'tcp dport 22 meta length 80-90 accept',
    'tcp dport 22 ip ttl 64',
    'tcp dport 22 quota over 100 mbytes drop',
    'tcp dport 22 meta skuid 1000 accept',
  ],
  ...[
    'tcp option maxseg size 1460',
    'tcp dport 22 fib daddr type local accept',
    'ct state established,related accept',
    'ct state { new, foo }',
    'ct state foo',
  ],
  ...[
    'tcp dport 22 meter m { ip saddr limit rate 3/second } accept',
    'add @recent { ip saddr timeout 1m }',
    'tcp dport 22 notrack',
    'jhash ip saddr . tcp dport mod 2 0',
  ],
  ...[
    'tcp dport 22 limit 10/minute accept',
    'tcp dport 22 limit rate 10 accept',
    'tcp dport 22 limit rate 10/m accept',
    'tcp dport 22 log "a" accept',
  ],
  ...[
    'tcp dport 22 log prefix accept',
    'tcp dport 22 log level foo',
    'tcp dport 22 counters accept',
    'tcp dport 22 meta mark set accept',
  ],
  // Packets are changed.
  ...[
    'tcp dport 80 tcp dport set 8080',
    'tcp dport set 65536',
    'tcp dport set 80-90',
    'tcp dport set tcp dport map { 80 : 8080, 81 : 8081 }',
  ],
  ...[
    'tcp sport set 1024 accept',
    'tcp dport set { 80 }',
    'th dport set 80',
    'tcp dport set http',
    'tcp dport map { 80 : 8080 }',
  ],
  ...[
    'tpc dport 80 accept',
    'tpc dport ssh accept',
    'tpc dport ssh',
    'tpc dport { 80, 443 } accept',
    'tpc dport 22-25 accept',
    'tpc dport != 80 drop',
    'tpc dport 80 tcp dport 22 accept',
    'tpc dport',
    'tcp dport vmap { 22 : reject, 23 : accept }',
    'tcp dport vmap { 22, 23 : accept }',
  ],
  // Names that nobody can be sure of.
  ['tcp dport foo accept', otherNames],
  ['tcp dport { 22, some-service } accept', otherNames],
  ['ip protocol foo tcp dport 22', 'a machine may have other protocols than Debian has'],
  ['iif "no-such-device" tcp dport 22 accept', 'a machine may have other devices'],
  ['ip saddr no-such-host.invalid tcp dport 22 accept', 'nft asks the resolver for a name'],
  ['tcp dport $elsewhere accept', outside],
  ['tcp dport @elsewhere accept', outside],
  ['tcp dport 22 jump elsewhere', outside],
  ['tcp dport vmap { 22 : jump elsewhere }', outside],
  [
    'ip saddr . tcp dport { 10.0.0.1 . 22-25, 10.0.0.1 . 24-26 }',
    'only sets with one part in their keys are held against each other',
  ],
  ['ct original proto-dst 22', 'nft before 1.0.7 asks for a transport first'],
  ['udp dport 4789 vxlan tcp dport 80', 'nft before 1.0.7 does not look into tunnels'],
];
