import type { Line } from './nftables-line';

/** Statements that send a packet on, with the chain in which they stand. */
export const nat: readonly (readonly [chain: string, lines: readonly Line[]])[] = [
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
