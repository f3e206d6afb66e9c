/** Elements of a zone, and what is read of each. */
export const zoneElements: readonly (readonly [element: string, words: string])[] = [
  ['<service name="ssh"/>', '[service name="ssh"] -> accept'],
  ['<port port="80" protocol="tcp"/>', 'tcp dport 80 -> accept'],
  ['<port port="8000-8010" protocol="udp"/>', 'udp dport 8000-8010 -> accept'],
  ['<port port="ssh" protocol="tcp"/>', 'tcp dport 22 -> accept'],
  ['<port port="2000-1000" protocol="tcp"/>', 'tcp dport 1000-2000 -> accept'],
  ['<port port="1024-" protocol="tcp"/>', 'tcp dport 1024 -> accept'],
  ['<port port="80" protocol="sctp"/>', 'sctp dport 80 -> accept'],
  [
    '<port port="nosuch-service" protocol="tcp"/>',
    'tcp [port port="nosuch-service" protocol="tcp"] -> accept',
  ],
  ['<port port="80" protocol="tcp"></port>', 'tcp dport 80 -> accept'],
  ['<source-port port="53" protocol="udp"/>', 'udp sport 53 -> accept'],
  ['<protocol value="icmp"/>', 'icmp -> accept'],
  ['<protocol value="tcp"/>', 'tcp -> accept'],
  ['<protocol value="17"/>', 'udp -> accept'],
  ['<protocol value="112"/>', 'vrrp -> accept'],
  ['<protocol value="nosuch"/>', '[protocol value="nosuch"] -> accept'],
  ['<icmp-block name="echo-request"/>', 'icmp,icmpv6 [icmp-block name="echo-request"] -> reject'],
  ['<forward-port port="443" protocol="tcp" to-port="8443"/>', 'tcp dport 443 -> unknown (forward-port)'],
  ['<forward-port port="443" protocol="tcp" to-addr="10.0.0.5"/>', 'tcp dport 443 -> unknown (forward-port)'],
  ['<rule><port port="80" protocol="tcp"/><accept/></rule>', 'tcp dport 80 -> accept'],
  ['<rule><port port="80" protocol="tcp"/><drop/></rule>', 'tcp dport 80 -> drop'],
  ['<rule><port port="80" protocol="tcp"/><reject/></rule>', 'tcp dport 80 -> reject'],
  [
    '<rule family="ipv4"><port port="80" protocol="tcp"/><reject type="icmp-port-unreachable"/></rule>',
    'ipv4 tcp dport 80 -> reject',
  ],
  ['<rule><port port="80" protocol="tcp"/><mark set="1"/></rule>', 'tcp dport 80 -> continue (mark)'],
  ['<rule><port port="80" protocol="tcp"/><log prefix="x"/></rule>', 'tcp dport 80 -> continue'],
  ['<rule><source-port port="53" protocol="udp"/><accept/></rule>', 'udp sport 53 -> accept'],
  ['<rule><service name="ssh"/><accept/></rule>', '[service name="ssh"] -> accept'],
  ['<rule><protocol value="esp"/><accept/></rule>', 'esp -> accept'],
  [
    '<rule><icmp-type name="echo-request"/><accept/></rule>',
    'icmp,icmpv6 [icmp-type name="echo-request"] -> accept',
  ],
  [
    '<rule><icmp-block name="echo-request"/></rule>',
    'icmp,icmpv6 [icmp-block name="echo-request"] -> reject',
  ],
  ['<rule family="ipv4"><masquerade/></rule>', 'ipv4 -> unknown (masquerade)'],
  [
    '<rule family="ipv4"><forward-port port="80" protocol="tcp" to-port="8080"/></rule>',
    'ipv4 tcp dport 80 -> unknown (forward-port)',
  ],
  ['<rule family="ipv4"><source address="10.0.0.0/8"/><accept/></rule>', 'ipv4 from 10.0.0.0/8 -> accept'],
  ['<rule family="ipv4"><source address="10.0.0.1"/><drop/></rule>', 'ipv4 from 10.0.0.1 -> drop'],
  [
    '<rule family="ipv4"><source address="10.0.0.0/255.0.0.0"/><accept/></rule>',
    'ipv4 from 10.0.0.0/8 -> accept',
  ],
  [
    '<rule family="ipv4"><source address="10.0.0.0/8" invert="True"/><drop/></rule>',
    'ipv4 from !10.0.0.0/8 -> drop',
  ],
  [
    '<rule family="ipv6"><source address="2001:db8::/32"/><port port="22" protocol="tcp"/><accept/></rule>',
    'ipv6 tcp dport 22 from 2001:db8::/32 -> accept',
  ],
  ['<rule><source mac="00:11:22:33:44:55"/><accept/></rule>', '[source mac="00:11:22:33:44:55"] -> accept'],
  ['<rule><source ipset="bad"/><drop/></rule>', '[source ipset="bad"] -> drop'],
  [
    '<rule family="ipv4"><destination address="224.0.0.251"/><accept/></rule>',
    'ipv4 to 224.0.0.251 -> accept',
  ],
  [
    '<rule family="ipv4"><destination address="10.0.0.1" invert="yes"/><accept/></rule>',
    'ipv4 to !10.0.0.1 -> accept',
  ],
  [
    '<rule family="ipv4"><source address="10.0.0.0/8"/><destination address="10.0.0.1"/><service name="http"/><accept/></rule>',
    'ipv4 from 10.0.0.0/8 to 10.0.0.1 [service name="http"] -> accept',
  ],
  [
    '<rule><port port="22" protocol="tcp"/><accept><limit value="3/m"/></accept></rule>',
    'tcp dport 22 <limit value="3/m"> -> accept',
  ],
  [
    '<rule><port port="22" protocol="tcp"/><log><limit value="3/m"/></log><accept/></rule>',
    'tcp dport 22 -> accept',
  ],
  ['<rule><port port="22" protocol="tcp"/><audit/><drop/></rule>', 'tcp dport 22 -> drop'],
  ['<rule priority="10"><accept/></rule>', 'any -> accept'],
  ['<rule priority="-10"><drop/></rule>', 'any -> drop'],
  ['<rule priority="5" family="ipv4"><accept/></rule>', 'ipv4 -> accept'],
  ['<rule priority="-1"><log prefix="all"/></rule>', 'any -> continue'],
  [
    '<rule>\n    <port port="22" protocol="tcp"/> <!-- ssh -->\n    <accept/>\n  </rule>',
    'tcp dport 22 -> accept',
  ],
];

/** Whole files, and the filter that they set up. */
export const zoneFiles: readonly {
  readonly title: string;
  readonly name: string;
  readonly text: string;
  readonly words: readonly string[];
}[] = [
  {
    title: 'a zone without a target rejects',
    name: 'public.xml',
    text: '<zone>\n</zone>\n',
    words: ['zone public (policy drop)'],
  },
  {
    title: 'default',
    name: 'public.xml',
    text: '<zone target="default">\n</zone>\n',
    words: ['zone public (policy drop)'],
  },
  {
    title: 'accept',
    name: 'trusted.xml',
    text: '<zone target="ACCEPT">\n</zone>\n',
    words: ['zone trusted (policy accept)'],
  },
  {
    title: 'drop',
    name: 'drop.xml',
    text: '<zone target="DROP">\n</zone>\n',
    words: ['zone drop (policy drop)'],
  },
  {
    title: 'reject',
    name: 'block.xml',
    text: '<zone target="%%REJECT%%">\n</zone>\n',
    words: ['zone block (policy drop)'],
  },
  {
    title: 'a policy hands on',
    name: 'p.xml',
    text: '<policy target="CONTINUE"><ingress-zone name="ANY"/><egress-zone name="HOST"/>\n  <port port="80" protocol="tcp"/>\n</policy>\n',
    words: ['policy p', '  tcp dport 80 -> accept'],
  },
  {
    title: 'a policy that rejects',
    name: 'p.xml',
    text: '<policy target="REJECT"><ingress-zone name="ANY"/><egress-zone name="HOST"/></policy>\n',
    words: ['policy p (policy drop)'],
  },
  {
    title: 'the order: priority below 0, refusing, letting through, priority above 0',
    name: 'public.xml',
    text: '<zone>\n  <port port="80" protocol="tcp"/>\n  <rule priority="20"><port port="1" protocol="tcp"/><drop/></rule>\n  <rule priority="10"><port port="2" protocol="tcp"/><accept/></rule>\n  <rule><port port="3" protocol="tcp"/><accept/></rule>\n  <rule><port port="4" protocol="tcp"/><drop/></rule>\n  <rule priority="-10"><port port="5" protocol="tcp"/><accept/></rule>\n  <rule priority="-20"><port port="6" protocol="tcp"/><accept/></rule>\n  <rule><port port="7" protocol="tcp"/><log/></rule>\n  <icmp-block name="redirect"/>\n  <forward-port port="8" protocol="tcp" to-port="80"/>\n  <rule priority="-20"><port port="9" protocol="tcp"/><drop/></rule>\n</zone>\n',
    words: [
      'zone public (policy drop)',
      '  tcp dport 8 -> unknown (forward-port)',
      '  tcp dport 6 -> accept',
      '  tcp dport 9 -> drop',
      '  tcp dport 5 -> accept',
      '  tcp dport 7 -> continue',
      '  tcp dport 4 -> drop',
      '  icmp,icmpv6 [icmp-block name="redirect"] -> reject',
      '  tcp dport 80 -> accept',
      '  tcp dport 3 -> accept',
      '  tcp dport 2 -> accept',
      '  tcp dport 1 -> drop',
    ],
  },
  {
    title: 'what is no rule',
    name: 'public.xml',
    text: '<zone>\n  <short>Web</short>\n  <description>port 80</description>\n  <interface name="eth0"/>\n  <source address="10.0.0.0/8"/>\n  <masquerade/>\n  <forward/>\n</zone>\n',
    words: ['zone public (policy drop)'],
  },
  {
    title: 'blocks that are turned round',
    name: 'public.xml',
    text: '<zone>\n  <icmp-block-inversion/>\n  <icmp-block name="echo-request"/>\n  <port port="80" protocol="tcp"/>\n</zone>\n',
    words: ['zone public (policy drop, partial)', '  tcp dport 80 -> accept'],
  },
  {
    title: 'what firewalld refuses is left out',
    name: 'public.xml',
    text: '<zone>\n  <port port="70000" protocol="tcp"/>\n  <port port="80" protocol="tcp"/>\n</zone>\n',
    words: ['zone public (policy drop, partial)', '  tcp dport 80 -> accept'],
  },
  {
    title: 'a rule that it refuses',
    name: 'public.xml',
    text: '<zone>\n  <rule><source address="10.0.0.1"/><accept/></rule>\n  <rule><port port="80" protocol="tcp"/><accept/></rule>\n</zone>\n',
    words: ['zone public (policy drop, partial)', '  tcp dport 80 -> accept'],
  },
  {
    title: 'a rule with two ports',
    name: 'public.xml',
    text: '<zone>\n  <rule><port port="80" protocol="tcp"/><port port="81" protocol="tcp"/><accept/></rule>\n</zone>\n',
    words: ['zone public (policy drop, partial)'],
  },
  {
    title: 'a rule within a rule',
    name: 'public.xml',
    text: '<zone>\n  <rule><port port="80" protocol="tcp"/><rule><accept/></rule></rule>\n</zone>\n',
    words: ['zone public (policy drop, partial)'],
  },
  {
    title: 'a rule without an end',
    name: 'public.xml',
    text: '<zone>\n  <rule><port port="80" protocol="tcp"/><accept/>\n',
    words: ['zone public (policy drop, partial)'],
  },
  {
    title: 'a tag without an end',
    name: 'public.xml',
    text: '<zone>\n  <port port="80" protocol="tcp"/>\n  <port port="81"',
    words: ['zone public (policy drop, partial)', '  tcp dport 80 -> accept'],
  },
  {
    title: 'a template',
    name: 'public.xml',
    text: '<zone>\n  {% if x %}<port port="80" protocol="tcp"/>{% endif %}\n</zone>\n',
    words: ['no filter'],
  },
  {
    title: 'a service has no filter',
    name: 'web.xml',
    text: '<service>\n  <port port="80" protocol="tcp"/>\n</service>\n',
    words: ['no filter'],
  },
  { title: 'nothing', name: 'public.xml', text: '', words: ['no filter'] },
  {
    title: 'a limit outside of an action, which it refuses',
    name: 'public.xml',
    text: '<zone>\n  <rule><service name="ssh"/><limit value="3/m"/><accept/></rule>\n  <rule><port port="80" protocol="tcp"/><drop/></rule>\n</zone>\n',
    words: ['zone public (policy drop, partial)', '  tcp dport 80 -> drop'],
  },
];
