import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pf } from '../../server/dialects/pf/pf';
import { portsText } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import { assertWithin, faultTold, mended } from '../harness/told';

function read(text: string): Reading {
  return pf.read(text, { name: 'pf.conf', variables: new Map() });
}

/** Every fault as `rule «characters» message`. */
function faultsOf(text: string): string[] {
  return read(text).faults.map((fault) => `${faultTold(fault, text)} ${fault.message}`);
}

/** Every reference as `ports role «characters» conditions`. */
function referencesOf(text: string): string[] {
  return read(text).references.map(({ ports, role, portSpan, rule }) => {
    const number = ports === undefined ? '?' : portsText(ports);
    return [number, role, `«${slice(text, portSpan)}»`, rule?.conditions.join(' | ') ?? ''].join(' ').trim();
  });
}

/** Faults at their characters, with pfctl's own words. */
const told: readonly (readonly [text: string, ...faults: string[]])[] = [
  [
    'pass proto tcp to port 70000',
    'invalid-port «70000» 70000 is above 65535, the highest port (pfctl: illegal port value 70000).',
  ],
  [
    'pass proto tcp to port { 80, 80:70000 }',
    'invalid-port «70000» 70000 is above 65535, the highest port (pfctl: illegal port value 70000).',
  ],
  [
    'pass proto tcp to port 90:80',
    'invalid-port «90:80» 90 is above 80: the range ends before it begins (pfctl: invalid port range).',
  ],
  [
    'pass proto tcp to port 1024:',
    'invalid-port «1024:» A range has two ends; an open one is written >= 1024 (pfctl: unknown port).',
  ],
  ['pass proto tcp to port 80-90', 'invalid-port «80-90» "80-90" is no port (pfctl: unknown port 80-90).'],
  [
    'pass proto tcp to port != 80:90',
    'invalid-port «80:90» A range stands alone, and behind or in front of "!=" it cannot (pfctl: \':\' cannot be used with an other port operator).',
  ],
  [
    'pass proto tcp to port 80 >< 80',
    'invalid-port «80 >< 80» There is no port between 80 and 80 (pfctl: invalid port range).',
  ],
  [
    'lo = "80"\nhi = "90"\npass proto tcp to port $lo:$hi',
    'invalid-port «$lo:$hi» "$hi" is no port: pf puts no macro into the middle of a word (pfctl: unknown port $hi).',
  ],
  [
    'web = "80, 99999"\npass proto tcp to port { $web }\npass out proto tcp to port { $web }',
    'invalid-port «99999» 99999 is above 65535, the highest port (pfctl: illegal port value 99999).',
  ],
  [
    'pass in to port 80',
    'missing-transport «port 80» The rule names a port and no protocol that has ports (pfctl: port only applies to tcp/udp).',
  ],
  [
    'pass proto { tcp, icmp } to port 80',
    'invalid-transport «icmp» The rule names a port, and protocol icmp has none (pfctl: port only applies to tcp/udp).',
  ],
  [
    'rdr on em0 from any to any port 80 -> 10.0.0.1 port 80',
    'missing-transport «port 80» The rule names a port and no protocol that has ports (pfctl: dst port only applies to tcp/udp).',
  ],
  [
    'rdr on em0 proto tcp to port != 80 -> 10.0.0.1',
    'invalid-port «!= 80» "rdr" takes a port or a range, and no "!=" (pfctl: invalid port operator for rdr destination port).',
  ],
  [
    'pass proto tcp to port 80, 443',
    'syntax-error «80, 443» Several ports stand in braces: { 80, 443 } (pfctl: syntax error).',
  ],
  ['pass proto tcp to port', 'missing-port «port» A port is missing here (pfctl: syntax error).'],
  ['pass proto tcp to port keep state', 'missing-port «port» A port is missing here (pfctl: syntax error).'],
  ['pass proto tcp to port { }', 'syntax-error «{ }» The list is empty (pfctl: syntax error).'],
  [
    'pass proto tcp to port { 80,\n443 }',
    'syntax-error «,» A line of a list cannot end with a comma, unless a backslash joins it with the next one (pfctl: syntax error).',
  ],
  [
    'pass proto tcp port 80',
    'syntax-error «port» "port" stands behind neither "from" nor "to" (pfctl: syntax error).',
  ],
  [
    'web = { 80 443 }',
    'syntax-error «{» "{" in a macro needs quotation marks around it (pfctl: syntax error).',
  ],
  ['all = "80"', 'syntax-error «all» "all" is a keyword of pf and names no macro (pfctl: syntax error).'],
  ['anchor "a" {\npass in\n', 'syntax-error «{» The anchor is never closed (pfctl: syntax error).'],
  ['pass in\n}\n', 'syntax-error «}» No bracket is open here (pfctl: syntax error).'],
  [
    'pass proto tcp to port "010"',
    'octal-port «010» 010 is port 8: pf reads it in base eight here, because of its leading zero.',
  ],
  [
    'pass proto tcp to port 6000 >< 6010',
    'excluded-ends «6000 >< 6010» 6000 >< 6010 matches 6001 to 6009: both ends are left out.',
  ],
  [
    'pass proto tcp to port 0',
    'zero-port «0» Port 0 is loaded and is no port that a program uses: the rule lets nothing through.',
  ],
];

describe('a fault stands at its characters and tells pfctl’s own words', () => {
  for (const [text, ...faults] of told) test(text, () => assert.deepEqual(faultsOf(text), faults));
});

/** What all of them, or the only one that knows it, take. */
const silent: readonly string[] = [
  'pass proto tcp to port 1023 >< 49152',
  'pass out inet proto udp from any to any port 33433 >< 33626',
  'block quick proto { tcp udp } to port 0',
  'pass proto sctp to port 80',
  'pass proto $unknown to port 80',
  'pass in $unknown to port 80',
  'pass proto tcp to port { no-such-service eyetv }',
  'pass proto tcp to port $unknown',
  'pass proto tcp from any port 80 to any port { 22\n 443 }',
  'pass in proto tcp to port 22 keep state (max-src-conn 10, overload <bad> flush global)',
  'pass in on ! lo0 proto tcp to ! <bad> port 22 user { root, >= 1000 } flags S/SA label "port 70000: $dstport"',
  'block return-rst (ttl 30) in proto tcp to port auth',
  'pass in log (all, to pflog1) proto tcp to port 22',
  'match out on egress inet from !(egress:network) to any nat-to (egress:0) set prio (5, 6)',
  'pass in proto tcp to port { 22 } modulate state queue (web, ack) probability 20% tagged X rtable 1',
  'nat on em0 from any to any port 80 -> (em0)',
  'set limit { states 100000, frags 5000 }\nset timeout interval 10\nset skip on { lo0 enc0 }',
  'table <bad> persist { 10.0.0.0/8, !10.1.2.3 } file "/etc/bad"',
  'queue web parent std bandwidth 10M min 5M max 20M burst 90M for 100ms',
  'altq on em0 priq bandwidth 700Kb queue { std, web }',
  'antispoof log quick for { lo0 $ext_if } inet',
  'anchor "ftp-proxy/*"\nanchor in on em0 {\n  pass in\n  anchor {\n    block\n  }\n}',
  'load anchor spam from "/etc/pf-spam.conf"\ninclude "/etc/pf.local"',
  '# a comment goes on \\\npass to port 99999\npass in',
  'x = \'80 443\'\ny = "{" $x "}"\npass proto tcp to port $y',
  'dummynet in proto udp from any to any port 53 pipe 1',
];

describe('nothing is said about', () => {
  for (const text of silent) test(text, () => assert.deepEqual(faultsOf(text), []));
});

test('what can be mended is mended', () => {
  const mends: readonly (readonly [before: string, after: string])[] = [
    ['pass proto tcp to port 80, 443 keep state', 'pass proto tcp to port { 80, 443 } keep state'],
    ['pass proto tcp to port 80-90', 'pass proto tcp to port 80:90'],
    ['pass proto tcp to port 90:80', 'pass proto tcp to port 80:90'],
    ['pass proto tcp to port { 22 :1023 }', 'pass proto tcp to port { 22 <= 1023 }'],
    ['pass proto tcp to port { 22 80, }', 'pass proto tcp to port { 22 80 }'],
    ['web = { 80 443 }', 'web = "{ 80 443 }"'],
    ['pass proto tcp to port 6000 >< 6010', 'pass proto tcp to port 6000:6010'],
  ];
  for (const [before, after] of mends) {
    assert.equal(mended(before, read), after);
    assert.deepEqual(faultsOf(after), [], after);
  }
});

test('a rule’s other conditions are told in the order of the text', () => {
  assert.deepEqual(
    referencesOf(
      'block return in log quick on { em0 em1 } inet proto tcp from ! <ok> port > 1023 \\\n to (em0) port { 22 telnet } user root flags S/SA',
    ),
    [
      '1024-65535 source «1023» quick | on { em0 em1 } | from ! <ok> | to (em0) | to port { 22 telnet } | user root | flags S/SA',
      '22 deny «22» quick | on { em0 em1 } | from ! <ok> | from port > 1023 | to (em0) | user root | flags S/SA',
      '23 deny «telnet» quick | on { em0 em1 } | from ! <ok> | from port > 1023 | to (em0) | user root | flags S/SA',
    ],
  );
});

test('a rule knows its chain, family, direction and verdict', () => {
  const text = [
    'pass out inet6 proto tcp to port 22',
    'anchor "outer" {',
    '  anchor "inner" in {',
    '    block proto udp to port 53',
    '  }',
    '}',
    'match in proto tcp to port 80',
    'rdr pass on em0 proto tcp to port 80 -> 10.0.0.1',
  ].join('\n');
  assert.deepEqual(
    read(text).references.map(({ owner, rule }) => [owner, rule?.chain, rule?.family, rule?.verdict]),
    [
      ['rule "pass out"', 'pf out', 'ipv6', 'pass'],
      ['rule "block" of anchor "inner"', 'pf/outer/inner', undefined, 'block'],
      ['rule "match in"', 'pf in', undefined, undefined],
      ['rule "rdr pass"', 'pf rdr', undefined, 'pass'],
    ],
  );
});

test('a macro’s ports are told where they are used and where they are written', () => {
  const text = [
    'tcp_in = "{ ssh, \\',
    '  8000:8010 }" # and no more',
    'lan = "192.168.1.0/24"',
    'later_port = "2222"',
    'both = "{" 443 $later_port "}"',
    'pass in proto tcp from $lan to port $tcp_in',
    'pass in proto tcp to port $both',
  ].join('\n');
  assert.deepEqual(referencesOf(text), [
    '22 declare «ssh»',
    '8000-8010 declare «8000:8010»',
    '2222 declare «2222»',
    '443 declare «443»',
    '22 allow «$tcp_in» from $lan',
    '8000-8010 allow «$tcp_in» from $lan',
    '443 allow «$both»',
    '2222 allow «$both»',
  ]);
  const used = read(text).references.at(-1)?.variables?.[0];
  assert.equal(used?.name, 'both');
  assert.equal(slice(text, used?.definition ?? { start: 0, end: 0 }), '"{" 443 $later_port "}"');
});

test('a macro counts from where it is defined on, and its last definition counts', () => {
  const text =
    'pass proto tcp to port $p\np = 22\npass proto tcp to port $p\np = 23\npass proto tcp to port $p';
  assert.deepEqual(
    read(text)
      .references.filter(({ role }) => role === 'allow')
      .map(({ ports }) => ports?.first),
    [undefined, 22, 23],
  );
});

test('ports can be typed where one is missing, and over those that are there', () => {
  const slots = (text: string): string[] =>
    read(text).slots.map(({ span, role, before = '', after = '', above }) => {
      const shown = `${text.slice(0, span.start)}${before}‹${slice(text, span)}›${after}${text.slice(span.end)}`;
      return `${role}${above === undefined ? '' : ` above ${above}`}: ${shown}`;
    });
  assert.deepEqual(slots('pass proto tcp to port '), ['allow: pass proto tcp to port ‹›']);
  assert.deepEqual(slots('pass proto tcp to port'), ['allow: pass proto tcp to port ‹›']);
  assert.deepEqual(slots('block proto tcp from port  to any'), [
    'source: block proto tcp from port ‹› to any',
  ]);
  assert.deepEqual(slots('pass proto tcp to port ss'), ['allow: pass proto tcp to port ‹ss›']);
  assert.deepEqual(slots('pass proto tcp to port { 22, }'), [
    'allow: pass proto tcp to port { ‹22›, }',
    'allow: pass proto tcp to port { 22, ‹› }',
  ]);
  assert.deepEqual(slots('pass proto tcp to port 22:'), [
    'allow: pass proto tcp to port ‹22›:',
    'allow above 22: pass proto tcp to port 22:‹›',
  ]);
  assert.deepEqual(slots('rdr on em0 proto tcp to port 80 -> 10.0.0.1 port '), [
    'match: rdr on em0 proto tcp to port ‹80› -> 10.0.0.1 port ',
    'forward: rdr on em0 proto tcp to port 80 -> 10.0.0.1 port ‹›',
  ]);
});

test('files that are taken in are named', () => {
  const text = 'include "/etc/pf/web.conf"\nload anchor "spam" from "/etc/pf-spam.conf"\ninclude $where\n';
  assert.deepEqual(
    read(text).includes?.map(({ span, pattern }) => [slice(text, span), pattern]),
    [
      ['/etc/pf/web.conf', 'pf/web.conf'],
      ['/etc/pf-spam.conf', 'pf-spam.conf'],
    ],
  );
});

test('what stands around a fault is read all the same', () => {
  const broken = [
    'pass in proto tcp to port { 22, 80',
    'pass in proto tcp to port 443',
    'title = "never closed',
    'pass in proto udp to port 53',
    'table <bad> { 10.0.0.1,',
    'set skip on lo',
    'pass in proto tcp to port 8080',
  ].join('\n');
  assert.deepEqual(
    read(broken).references.map(({ ports }) => ports?.first),
    [22, 80, 443, 53, 8080],
  );
  assert.equal(read(broken).faults.length, 3);
});

test('in a template nothing is judged, and what it fills in is unknown', () => {
  const text =
    'pass in proto {{ proto }} to port {{ ssh_port }}\n{% if x %}\npass in proto tcp to port 70000\n{% endif %}\n';
  assert.deepEqual(faultsOf(text), []);
  assert.deepEqual(referencesOf(text), ['? allow «{{ ssh_port }}»']);
});

test('byte order mark, CRLF and a missing end change nothing', () => {
  const text = 'web = "{ 80 \\\n443 }"\npass in proto tcp \\\n  to port $web\nblock proto udp to port 53';
  const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  const plain = (reading: Reading) => reading.references.map(({ ports, role }) => [ports, role]);
  assert.deepEqual(plain(read(windows)), plain(read(text)));
  assert.deepEqual(faultsOf(windows), []);
});

test('other programs’ files are not taken for pf.conf', () => {
  const others = [
    'server {\n  listen 80;\n  pass in;\n}\n',
    '[general]\ndomain=example.org\n[database]\npass=pf\n',
    'block in log quick on hme0 all head 100\npass in quick on tun0 proto tcp from any to any port = 80 flags S keep state\n',
    'group "external" on $ext_if {\n  pass stateful out final all\n  block in final from <black>\n}\n',
    'rdr le0 0/0 port 80 -> 10.0.0.1 port 8080 tcp\nmap le0 10.0.0.0/8 -> 0/32\n',
    'user www-data;\nworker_processes 4;\n',
    '*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n',
    'table inet filter {\n  chain input { type filter hook input priority 0; tcp dport 22 accept }\n}\n',
    'set smtp=smtp://example.org\npass = "secret"\nset skip on\n',
    '<VirtualHost *:80>\n  ProxyPass / http://localhost:8080/\n</VirtualHost>\n',
    'match on smtp\naccept from any for domain "example.org"\nlisten on lo0 port 25\n',
    '',
  ];
  for (const text of others) assert.equal(pf.looksLike?.(text), false, text);
  assert.deepEqual(read('[general]\nport = 80\n'), { references: [], slots: [], faults: [] });
});

test('pf.conf is known by its content', () => {
  const own = [
    'set skip on lo\nblock return\npass\n',
    'ext_if = "em0"\nnat on $ext_if from 10.0.0.0/8 to any -> ($ext_if)\n',
    'rdr pass on lo0 inet proto tcp from any to any port 80 -> 127.0.0.1 port 8080\n',
    'pass in on egress proto tcp to port { 80 443 } rdr-to 10.0.0.5\n',
    '# com.apple anchor\nscrub-anchor "com.apple/*"\nnat-anchor "com.apple/*"\nanchor "com.apple/*"\nload anchor "com.apple" from "/etc/pf.anchors/com.apple"\n',
    'block drop quick proto tcp from any to 192.0.2.1 port = 150\n',
  ];
  for (const text of own) assert.equal(pf.looksLike?.(text), true, text);
});

test('every beginning of a file is read, with spans inside it', () => {
  const text =
    'p = "{ 80,\\\n 443 }"\nanchor "a" in {\n pass in proto { tcp udp } from <x> port 1:2 to port $p rdr-to ::1 port 3:*\n}\n# end';
  for (let end = 0; end <= text.length; end += 1) {
    const part = text.slice(0, end);
    assertWithin(read(part), part.length, JSON.stringify(part));
  }
});

test('a long text takes time in proportion', () => {
  const seconds = (text: string): number => {
    const start = performance.now();
    read(text);
    pf.looksLike?.(text);
    return (performance.now() - start) / 1000;
  };
  const slow: readonly string[] = [
    '{'.repeat(100_000),
    '"\n'.repeat(50_000),
    '\\"x\n'.repeat(50_000),
    '{{ '.repeat(50_000),
    'anchor "a" {\n'.repeat(20_000),
    `a = "${'80 '.repeat(10_000)}"\n${'pass proto tcp to port { $a }\n'.repeat(3000)}`,
    Array.from({ length: 2000 }, (_, index) => `m${index + 1} = $m${index} $m${index}\n`).join(''),
    `pass ${'from any port 1 '.repeat(20_000)}`,
    `pass proto tcp to port { ${'80, '.repeat(30_000)}`,
    '\\\n'.repeat(100_000),
    '\0\ud800'.repeat(50_000),
  ];
  for (const text of slow) assert.ok(seconds(text) < 5, text.slice(0, 40));
});
