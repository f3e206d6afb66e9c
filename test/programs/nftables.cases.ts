/** One ruleset for the comparison with the real nft. */
export interface NftablesCase {
  readonly text: string;
  /** Why nft and Portolan do not agree on it; one that begins with `nft` is about a version. */
  readonly differs?: string;
}

type Line = string | readonly [line: string, differs: string];

const otherNames = 'a machine may have other services than Debian has';
const outside = 'it may be loaded already, or come from another file or the command line';

/** What a port may be written as, and what it may not. */
const goodPorts: readonly string[] = [
  ...[
    '22',
    '0',
    '65535',
    'ssh',
    '"ssh"',
    '"22"',
    '0x50',
    '0X1f90',
    '010',
    '080',
    '00080',
    '"010"',
    '07',
    '(22)',
  ],
  ...[
    '80-90',
    '22 - 23',
    '22-22',
    '0-65535',
    'ssh - http',
    '22-ssh',
    '010-020',
    '$one',
    '$from - $to',
    '10-$to',
  ],
  ...[
    '{ 22 }',
    '{22,80}',
    '{ 22, 80-90, }',
    '{ 80-90, 85-95 }',
    '{ ssh, http, 8080 }',
    '{ ssh - http }',
    '{ 22, , 80 }',
  ],
  ...[
    '{\n 22,\n 80\n}',
    '{\n 22, # ssh\n # web\n 80,\n}',
    '{ { 22, 23 }, 80 }',
    '{ $one, 80 }',
    '{ $many, 443 }',
    '{ 0 }',
  ],
  ...[
    '$many',
    '$named',
    '@ports',
    '@ranges',
    '{ 22 comment "ssh", 80 }',
    '{ "ssh", "80" }',
    '{ * }',
    '1024/10',
    '{ 1024/10 }',
  ],
];
const badPorts: readonly string[] = [
  ...[
    '65536',
    '70000',
    '99999999999999999999999',
    '90-80',
    '80:90',
    '80,443',
    '22, 80, 443',
    '1024-',
    '-1024',
    '+80',
  ],
  ...[
    'ssh-http',
    'SSH',
    'Http',
    '{}',
    '{ }',
    '{ 22 80 }',
    '{ 22; 80 }',
    '{\n\n 22 }',
    '{ 22,\n\n 80 }',
    '{ , 22 }',
    '22/tcp',
    '22/udp',
    '{ 22/tcp, 80 }',
    '{ 80, 22/udp }',
  ],
  ...[
    'http/tcp',
    '10.0.0.1',
    '1024/17',
    '22s',
    '22.5',
    '22 80',
    '"-80"',
    '"80 "',
    '*',
    '[22]',
    '( 22, 23 )',
    '= 22',
    '=> 22',
  ],
  ...[
    '{ 22, 65536 }',
    '{ 90-80 }',
    '{ 80:90 }',
    '{ ssh-http }',
    '{ @ports }',
    '{ 22 : accept }',
    '{ 22 . 80 }',
    '22 . 80',
  ],
  ...[
    '',
    'accept',
    'exists',
    '0x',
    '0x5g',
    '@addresses',
    '@pairs',
    '$none',
    '$one-30',
    '$from-$to',
    '22 || 80',
    '$listed',
    '80*',
  ],
];

const operators = [
  '==',
  'eq',
  '!=',
  'ne',
  '<',
  'lt',
  '<=',
  'le',
  '>',
  'gt',
  '>=',
  'ge',
  '!',
  'not',
  '=',
  '<>',
  '~',
];
const comparedPorts = ['1024', 'http', '0', '65535', '80-90', '{ 22, 80 }', '@ports', '$one'];

const fields: readonly string[] = [
  ...[
    'tcp sport',
    'udp dport',
    'udp sport',
    'sctp dport',
    'dccp sport',
    'udplite dport',
    'th dport',
    'th sport',
    '@th,16,16',
  ],
  ...[
    '@th,0,16',
    'meta l4proto tcp th dport',
    'meta l4proto { tcp, udp } th dport',
    'ip protocol udp th dport',
  ],
  ...[
    'ip6 nexthdr tcp tcp dport',
    'meta l4proto tcp ct original proto-dst',
    'iifname "eth0" tcp dport',
    'tcp flags syn tcp dport',
  ],
];
const fieldPorts = [
  '22',
  '80-90',
  '{ 22, 80-90 }',
  '!= 80',
  '> 1024',
  'ssh',
  '65536',
  '90-80',
  '80,443',
  'vmap { 22 : accept }',
];

/** Rules of a chain of type filter at the hook input. */
const rules: readonly Line[] = [
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
const moreRules: readonly Line[] = [
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

/** Statements that send a packet on, with the chain in which they stand. */
const nat: readonly (readonly [chain: string, lines: readonly Line[]])[] = [
  [
    'type nat hook prerouting priority dstnat;',
    [
      ...[
        'redirect',
        'redirect to :8080',
        'redirect to 8080',
        'redirect to http',
        'redirect to :http-alt',
        'redirect to :8080-8090',
      ],
      ...[
        'redirect to :8090-8080',
        'redirect to :65536',
        'redirect to :010',
        'redirect to :',
        'redirect to',
        'redirect :8080',
      ],
      ...[
        'redirect to :8080 random',
        'redirect to :8080 random,persistent',
        'redirect to { 80, 81 }',
        'redirect to :8080,8081',
        'redirect to :@ports',
      ],
      ...[
        'redirect to :8080 accept',
        'redirect to :8080 counter',
        'redirect to :$one',
        'redirect to :tcp dport map { 80 : 8080, 443 : 8443 }',
      ],
      ...[
        'redirect to :tcp dport map @forwards',
        'redirect to :tcp dport map @ports',
        'redirect to :tcp dport map { 80:8080 }',
        'redirect to :udp dport map { 80 : 81 }',
      ],
      ...[
        'redirect to :tcp dport map { 80-90 : 8080, 85-95 : 8081 }',
        'redirect to :tcp dport map { 80 : 65536 }',
        'redirect to :tcp dport map { 80 : 81, 90 }',
      ],
      ...[
        'dnat to 10.0.0.1',
        'dnat ip to 10.0.0.1',
        'dnat ip to 10.0.0.1:8080',
        'dnat ip to 10.0.0.1:8080-8090',
        'dnat ip to 10.0.0.1 : 8080',
        'dnat to :8080',
      ],
      ...[
        'dnat :8080',
        'dnat ip to :8080',
        'dnat ip 10.0.0.1:8080',
        'dnat 10.0.0.1:8080',
        'dnat ip6 to [fe80::1]:8080',
        'dnat ip6 to fe80::1:8080',
      ],
      ...[
        'dnat to [fe80::1]:8080',
        'dnat ip to 10.0.0.1:http',
        'dnat ip to 10.0.0.1:65536',
        'dnat ip to 10.0.0.300:80',
        'dnat ip to 10.0.0.1:90-80',
        'dnat ip to 10.0.0.1:',
      ],
      ...[
        'dnat ip to 10.0.0.1-10.0.0.9:8080',
        'dnat ip to 10.0.0.1:80,81',
        'dnat ip6 to 10.0.0.1:80',
        'dnat ip to fe80::1',
        'dnat ip to [1.2.3.4]:80',
        'dnat ip to 10.0.0.1:8080 random',
      ],
      ...[
        'dnat ip to tcp dport map { 80 : 10.0.0.1 }',
        'dnat ip to tcp dport map { 80 : 10.0.0.1 . 8080 }',
        'dnat ip addr . port to tcp dport map @targets',
      ],
      ...[
        'dnat',
        'dnat to',
        'masquerade',
        'snat ip to 10.0.0.1',
        'tproxy to :8080',
        'dnat ip to 10.0.0.1:080',
        'dnat ip to 10.0.0.1:0x50',
      ],
    ].map((line) => `tcp dport 80 ${line}`),
  ],
  [
    'type nat hook prerouting priority -100;',
    [
      ...[
        'redirect to :8080',
        'redirect',
        'meta l4proto tcp redirect to :8080',
        'meta l4proto { tcp, udp } redirect to :8080',
        'meta l4proto != tcp redirect to :8080',
      ],
      ...[
        'ip protocol tcp redirect to :8080',
        'ip6 nexthdr udp redirect to :53',
        'th dport 80 redirect to :8080',
        '@th,16,16 80 redirect to :8080',
      ],
      ...[
        'dnat ip to 10.0.0.1:8080',
        'dnat ip to 10.0.0.1',
        'ip daddr 1.2.3.4 tcp dport 80 dnat to 10.0.0.1:8080',
        'ip6 daddr ::1 tcp dport 80 dnat to 10.0.0.1:80',
      ],
      ...[
        'ip daddr 1.2.3.4 tcp dport 80 dnat ip6 to [::1]:80',
        'meta nfproto ipv4 tcp dport 80 dnat to 10.0.0.1:80',
        'dnat ip to tcp dport map { 80 : 10.0.0.1 . 8080 }',
      ],
      ...[
        'udp dport { 53, 5353 } redirect to :53',
        'tcp dport 80 accept redirect to :8080',
        'tcp dport 80 jump { redirect to :8080; }',
        'dnat to :8080',
      ],
      ...[
        'dnat ip to ip saddr . tcp dport map { 1.2.3.4 . 80 : 10.0.0.1 . 8080 }',
        'dnat ip to ip saddr map { 1.2.3.4 : 10.0.0.1 . 8080 }',
      ],
      ['redirect to :tcp dport map { 80 : 8080 }', 'nft before 1.0.7 does not see the transport in a map'],
    ],
  ],
  [
    'type nat hook postrouting priority srcnat;',
    [
      'masquerade',
      'masquerade random',
      'tcp dport 80 masquerade to :1024-65535',
      'masquerade to :1024',
      'tcp sport 80 masquerade to 1024',
      'snat ip to 1.2.3.4',
      'snat to 1.2.3.4',
    ].concat([
      'tcp sport 80 snat ip to 1.2.3.4:1024-2048',
      'udp sport 53 snat ip to 1.2.3.4:53 random',
      'redirect',
      'tcp dport 80 dnat ip to 1.2.3.4',
      'tcp dport 80 masquerade to :65536',
    ]),
  ],
  [
    'type filter hook prerouting priority mangle;',
    [
      ...[
        'tcp dport 80 tproxy to :8080',
        'tcp dport 80 tproxy to :8080 accept',
        'tcp dport 80 tproxy to 8080',
        'tcp dport 80 tproxy ip to 127.0.0.1:8080',
        'tproxy to :8080',
      ],
      ...[
        'tcp dport 80 tproxy ip6 to [::1]:8080',
        'tcp dport 80 tproxy ip to :8080',
        'meta l4proto { tcp, udp } th dport 53 tproxy to :53',
        'tcp dport 80 tproxy to :8080-8090',
      ],
      ...[
        'tcp dport 80 tproxy to :65536',
        'tcp dport 80 tproxy to :http',
        'tcp dport 80 tproxy to :',
        'tcp dport 80 tproxy to 127.0.0.1:80',
        'tcp dport 80 redirect to :80',
      ],
    ],
  ],
];

/** Sets, maps and objects as they stand in a table. */
const objects: readonly Line[] = [
  ...[
    ...[
      '{ 22, 80 }',
      '{ 22, 80, }',
      '{ ssh, 080, 0x50 }',
      '{ 22, 22 }',
      '{ 80-90 }',
      '{ 65536 }',
      '{ 90-80 }',
      '{ 80:90 }',
      '{ }',
      '{ 22 80 }',
      '{ 22; 80 }',
      '{ 10.0.0.1 }',
    ],
    ...[
      '{ 22 comment "ssh", 80 }',
      '{ 22 : 80 }',
      '{ * }',
      '{ 22 . 80 }',
      '$many',
      '{ $many, 443 }',
      '{ $one }',
      '22',
      '{\n 22,\n 80 }',
      '{ 22,\n\n 80 }',
    ],
  ].map((elements) => `set s { type inet_service; elements = ${elements}; }`),
  ...[
    ...[
      '{ 22, 80-90 }',
      '{ 80-90, 85-95 }',
      '{ 80-90, 90-95 }',
      '{ 80-90, 91-95 }',
      '{ 80-90, 80-90 }',
      '{ 80-90, 85 }',
      '{ 85, 80-90 }',
      '{ 80, 80-90 }',
      '{ 1024/10 }',
    ],
    ...[
      '{ 100-200, 10-20, 15-30, 150 }',
      '{ ssh - http }',
      '{ 90-80 }',
      '{ $many, 443 }',
      '{ $many, 85 }',
      '{ 0-65535 }',
      '{ 22 comment "x", 80-90 comment "y" }',
    ],
  ].map((elements) => `set s { type inet_service; flags interval; elements = ${elements}; }`),
  ...[
    'set s { type inet_service; flags interval; auto-merge; elements = { 80-90, 85-95 }; }',
    'set s { type inet_service; auto-merge; elements = { 80 }; }',
  ],
  ...[
    'set s { type inet_service; flags constant, interval; elements = { 80-90 }; }',
    'set s { type inet_service; flags dynamic, timeout; timeout 1h; size 65536; }',
  ],
  ...[
    'set s { typeof tcp dport; elements = { 22, 80 }; }',
    'set s { typeof ip saddr . tcp dport; elements = { 10.0.0.1 . 22 }; }',
    'set s { type inet_services; }',
    'set s { }',
  ],
  ...[
    'set s { type inet_service; flags intervall; }',
    'set s { type inet_service; flag interval; }',
    'set s { elements = { 22 }; }',
    'set s { type inet_service; element = { 22 }; }',
  ],
  ...[
    'set s { type inet_service; elements { 22 }; }',
    'set s { type inet_service elements = { 22 }; }',
    'set s { type inet_proto . inet_service; elements = { tcp . 22, udp . 53 }; }',
  ],
  ...[
    'set s { type ipv4_addr . inet_service; elements = { 10.0.0.1 . 22-25 }; }',
    'set s { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/8 . 22-25 }; }',
  ],
  ...[
    'set s { type ipv4_addr . inet_service; elements = { 22 . 10.0.0.1 }; }',
    'set s { type ipv4_addr . inet_service; elements = { 10.0.0.1 }; }',
    'set s { type ipv4_addr; elements = { 10.0.0.1, 10.0.0.2 }; }',
  ],
  ...[
    'map s { type inet_service : inet_service; elements = { 80 : 8080, 443 : 8443 }; }',
    'map s { type inet_service : inet_service; elements = { 80:8080 }; }',
    'map s { type inet_service; elements = { 80 : 81 }; }',
  ],
  ...[
    'map s { type inet_service : inet_service; elements = { 80 : 8080, 80 : 8081 }; }',
    'map s { type inet_service : inet_service; elements = { 80-90 : 8080 }; }',
    'map s { type inet_service : inet_service; elements = { 80 : 65536 }; }',
  ],
  ...[
    'map s { type inet_service : inet_service; elements = { 80 : 8080-8090 }; }',
    'map s { type inet_service : ipv4_addr . inet_service; elements = { 80 : 10.0.0.1 . 8080 }; }',
    'map s { type inet_service : verdict; elements = { 22 }; }',
  ],
  ...[
    'map s { type inet_service : verdict; elements = { 22 : accept, 80 : jump other }; }',
    'map s { type inet_service : verdict; elements = { 22 : accept, 22 : drop }; }',
    'map s { type inet_service : verdict; elements = { 22 : 80 }; }',
  ],
  ...[
    'map s { type inet_service : verdict; flags interval; elements = { 20-30 : accept, 25-35 : drop }; }',
    'map s { type inet_service : verdict; flags interval; elements = { 20-30 : accept, 31-35 : drop }; }',
  ],
  ...[
    'map s { type inet_service : verdict; flags interval; elements = { 20-30 : drop, 20-30 : drop }; }',
    'map s { type inet_proto . inet_service : verdict; elements = { tcp . 22 : accept }; }',
    'map s { type inet_service : mark; elements = { 22 : 0x1 }; }',
  ],
  ...[
    'ct expectation s { protocol tcp; dport 9876; timeout 1m; size 12; l3proto ip; }',
    'ct expectation s { protocol tcp; dport 70000; timeout 1m; size 12; l3proto ip; }',
    'ct expectation s { protocol tcp; dport 010; timeout 1m; size 12; l3proto ip; }',
  ],
  ...[
    'ct expectation s { protocol tcp; dport ssh; timeout 1m; size 12; l3proto ip; }',
    'ct expectation s { protocol tcp; dport 80-90; timeout 1m; size 12; l3proto ip; }',
    'ct expectation s { protocol tcp; timeout 1m; size 12; l3proto ip; }',
  ],
  ...[
    'ct expectation s { protocol sctp; dport 1; timeout 1m; size 12; l3proto ip; }',
    'ct expectation s { protocol tcp; dport 9876; size 12; l3proto ip; }',
    'ct helper s { type "ftp" protocol tcp; l3proto ip; }',
    'counter s { packets 80 bytes 443 }',
  ],
];

/** Whole files: blocks, variables and their scope, commands. */
const texts: readonly Line[] = [
  ...[
    'table inet t { chain c { tcp dport 22 accept; }; }',
    'table inet t { chain c { tcp dport 22 accept; } }',
    'table inet t { chain c { tcp dport 22 accept } }',
    'table inet t {\nchain c {\ntcp dport 22 accept\n}\n}',
  ],
  ...[
    'table inet t {\nchain c {\ntcp dport 22 accept }\n}',
    'table inet t {\nchain c {\ntcp dport 22 accept\n}}',
    'table inet t\n{\n}',
    'table inet t { }\ntable inet u { }',
    'table inet t { } table inet u { }',
    'table foo t {\n}',
  ],
  ...[
    'table inet {\n}',
    'table inet t {\nchan c {\n}\n}',
    'table inet t {\nchain {\n}\n}',
    'table inet t {\nchain c d {\n}\n}',
    'table inet t {\nchain c {\n}',
    'table inet t {\nchain c {\ntcp dport 22 accept\n',
    'table inet t {\n}\n}',
    '}',
    '{',
  ],
  ...[
    'hello world',
    'table inet t {\ntcp dport 22 accept\n}',
    'flush ruleset',
    '# only a comment',
    '# first\ntable inet t {\n}\n# last',
    'table inet t {\n}\n# no line break behind it',
    'table inet t {\nchain c {\n? \n}\n}',
  ],
  ...[
    'table inet t {\nchain c {\nlog prefix "open\n}\n}',
    'table inet t {\nchain c {\ntcp dport 22 accept;;;\n}\n}',
    '#!/usr/sbin/nft -f\nflush ruleset\ntable inet t {\n}',
    'table inet t{\nchain c{\ntcp dport{22,80}accept\n}\n}',
  ],
  // Chains.
  ...[
    'type filter hook input priority 0; policy drop;',
    'type filter hook input priority 0 policy drop;',
    'type filter hook input priority 0; policy foo;',
    'type filtr hook input priority 0;',
    'type filter hook inputt priority 0;',
    'type filter hook input;',
  ].map((line) => `table inet t {\nchain c {\n${line}\ntcp dport 22 accept\n}\n}`),
  ...[
    'type filter hook input priority filter + 10;',
    'type filter hook input priority filter-10;',
    'type filter hook input priority filtr;',
    'type nat hook forward priority 0;',
    'type nat hook prerouting priority -300;',
    'type route hook input priority 0;',
    'type filter hook input device lo priority 0;',
    'type filter hook input priority -10; policy accept;',
    'type filter hook input priority 0; policy drop; policy drop;',
    'type filter hook input priority dstnat;',
    'policy drop',
  ].map(
    (line): Line =>
      line === 'policy drop'
        ? [`table inet t {\nchain c {\n${line}\n}\n}`, 'the chain may be a base chain that is loaded already']
        : `table inet t {\nchain c {\n${line}\n}\n}`,
  ),
  'flush ruleset\ntable inet t {\nchain c {\npolicy drop\n}\n}',
  'flush ruleset\ntable inet t {\nchain c { type filter hook input priority 0; }\nchain c { policy drop; }\n}',
  ...[
    'table ip t {\nchain c { type filter hook ingress priority 0; }\n}',
    'table netdev t {\nchain c { type filter hook input priority 0; }\n}',
    'table arp t {\nchain c {\ntcp dport 22 accept\n}\n}',
    'table ip6 t {\nchain c {\nip saddr 1.2.3.4 tcp dport 22 accept\n}\n}',
  ],
  ...[
    'table ip t {\nchain c {\ntcp dport 22 accept\nip saddr 10.0.0.1 udp dport 53 drop\n}\n}',
    'table bridge t {\nchain c {\ntcp dport 22 accept\n}\n}',
    'table ip t {\nchain c {\nmeta nfproto ipv4 tcp dport 22 accept\n}\n}',
    'table t {\nchain c {\nsctp dport 22 accept\n}\n}',
  ],
  // A chain that is jumped to from a chain of another type.
  ...[
    'table inet t {\nchain a {\ntcp dport 80 redirect to :81\n}\nchain b {\ntype filter hook input priority 0\njump a\n}\n}',
    'table inet t {\nchain a {\ntcp dport 80 redirect to :81\n}\nchain b {\ntype nat hook prerouting priority 0\njump a\n}\n}',
    'table inet t {\nchain a {\ntcp dport 80 redirect to :81\n}\n}',
  ],
  // Variables.
  ...[
    'define x = 22\n',
    'define x = { 22, 80-90 }\n',
    'define x = 22-25\n',
    'define x = ssh\n',
    'define x = "22"\n',
    'define x = 65536\n',
    'define x = 90-80\n',
    'define x = 22, 80\n',
    'define x = { }\n',
    'define x = 010\n',
    'define y = 22\ndefine x = $y\n',
    'define y = { 22, 23 }\ndefine x = { $y, 25 }\n',
    'define x = 22\nredefine x = 23\n',
    'redefine x = 23\n',
    'define x = 22\ndefine x = 23\n',
    'define x = 22\nundefine x\n',
    'define x=22;',
    'define x 22\n',
    'define x =\n',
    'define x = @s\n',
    'define x = { 22,\n# web\n80\n}\n',
  ].map(
    (lines) => `${lines}table inet t {\nset s { type inet_service; }\nchain c {\ntcp dport $x accept\n}\n}`,
  ),
  ...[
    'define x = 65536\ntable inet t {\n}',
    'define web-ports = 80\ntable inet t {\nchain c {\ntcp dport $web-ports accept\n}\n}',
    'table inet t {\ndefine x = 22\nchain c {\ntcp dport $x accept\n}\n}',
    'table inet t {\nchain c {\ndefine x = 22\ntcp dport $x accept\n}\nchain d {\ntcp dport $x accept\n}\n}',
  ],
  ...[
    'define x = 22\ntable inet t {\ndefine x = 23\n}',
    'table inet t {\ndefine x = 22\n}\ntable inet t {\nchain d {\ntcp dport $x accept\n}\n}',
    'define x = 10.0.0.1 . 22\ntable inet t {\nchain c {\nip saddr . tcp dport { $x } accept\n}\n}',
    'define x = 8080\ntable ip t {\nchain c {\ntype nat hook prerouting priority 0\ntcp dport 80 redirect to :$x\n}\n}',
  ],
  // Commands.
  ...[
    'add rule inet t c tcp dport 22 accept',
    'insert rule inet t c tcp dport { 22, 80 } accept',
    'rule inet t c udp dport 53 drop',
    'inet t c tcp dport 22 accept',
    'add inet t c tcp dport 22',
    'add rule inet t c',
    'add rule inet t c tcp dport 65536 accept',
    'add rule inet t c tcp dport accept',
    'add rule inet t tcp dport 22 accept',
    'add rul inet t c tcp dport 22',
    'add element inet t s { 22, 80 }',
    'add element inet t s { 80-90 }',
    'add element inet t s { 65536 }',
    'add element inet t s 22',
    'add set inet t s2 { type inet_service; flags interval; elements = { 80-90 }; }',
    'add map inet t m { type inet_service : verdict; }; add element inet t m { 22 : accept }',
    'delete element inet t s { 443 }',
    'add chain inet t d { type filter hook input priority 0; policy drop; }',
    'add chain inet t d { type filter hook input priority 0 }',
  ].map(
    (line) => `table inet t {\nset s { type inet_service; elements = { 443 }; }\nchain c {\n}\n}\n${line}`,
  ),
  ...['flags interval; elements = { 80-90 }', 'flags interval'].flatMap((body) =>
    [
      'add element inet t s { 85-95 }',
      'add element inet t s { 80-90 }',
      'add element inet t s { 91 }',
      'add element inet t s { 80-85 }\nadd element inet t s { 85-90 }',
      'flush set inet t s\nadd element inet t s { 85-95 }',
    ].map((line) => `table inet t {\nset s { type inet_service; ${body}; }\n}\n${line}`),
  ),
  ['add rule inet t c tcp dport 22 accept', outside],
  ['table inet t {\n}\nadd element inet t s { 22 }', outside],
  ['delete table inet t', outside],
  ['include "/no/such/file.nft"', 'the file may be there when the ruleset is loaded'],
  ['tcp dport 22 accept', 'another file may include it in a chain'],
  ['chain c {\ntcp dport 22 accept\n}', 'another file may include it in a table'],
  [
    'table inet t {\r\nchain c {\r\ntcp dport 22 accept\r\n}\r\n}\r\n',
    'an editor may have written the carriage returns',
  ],
  ...['tcp dport @s accept', 'jump d', 'tcp dport vmap { 22 : jump d }'].map(
    (line) => `flush ruleset\ntable inet t {\nchain c {\n${line}\n}\n}`,
  ),
  'include "/no/such/*.nft"',
  'include /no/such/file.nft',
];

const names = `set ports { type inet_service; elements = { 22, 80 }; }
set ranges { type inet_service; flags interval; elements = { 22, 80-90 }; }
set addresses { type ipv4_addr; elements = { 10.0.0.1 }; }
set pairs { type ipv4_addr . inet_service; elements = { 10.0.0.1 . 22 }; }
set recent { type ipv4_addr; flags dynamic, timeout; timeout 1h; }
map forwards { type inet_service : inet_service; elements = { 80 : 8080 }; }
map targets { type inet_service : ipv4_addr . inet_service; elements = { 80 : 10.0.0.1 . 8080 }; }
map verdicts { type inet_service : verdict; elements = { 80 : accept }; }
chain other {
}`;
const variables = `define one = 22
define from = 80
define to = 90
define many = { 22, 80-90 }
define named = http
define listed = 22, 80
define none = { }
`;

/** All inputs: every way of writing a port in one field, and the others in fewer. */
export const nftablesCases: readonly NftablesCase[] = [
  ...[...goodPorts, ...badPorts].map((port) => inChain(`tcp dport ${port} accept`)),
  ...operators.flatMap((operator) =>
    comparedPorts.map((port) => inChain(`tcp dport ${operator} ${port} drop`)),
  ),
  ...fields.flatMap((field) => fieldPorts.map((port) => inChain(`${field} ${port}`))),
  ...[...rules, ...moreRules].map((line) => inChain(line)),
  ...nat.flatMap(([chain, lines]) => lines.map((line) => inChain(line, chain))),
  ...objects.map((line) => inTable(line)),
  ...texts.map((line) => caseOf(line, (text) => `${text}\n`)),
];

function inChain(line: Line, chain = 'type filter hook input priority 0;'): NftablesCase {
  return caseOf(line, (text) => `${variables}table inet t {\n${names}\nchain c {\n${chain}\n${text}\n}\n}\n`);
}

function inTable(line: Line): NftablesCase {
  return caseOf(line, (text) => `${variables}table inet t {\nchain other {\n}\n${text}\n}\n`);
}

function caseOf(line: Line, text: (line: string) => string): NftablesCase {
  if (typeof line === 'string') return { text: text(line) };
  const [written, differs] = line;
  return { text: text(written), differs };
}
