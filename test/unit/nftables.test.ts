import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nftables } from '../../server/dialects/nftables/nftables';
import type { PortReference } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import { faultTold, mended, referenceTold } from '../harness/told';

function read(text: string, within?: readonly string[]): Reading {
  return nftables.read(text, { name: 'x.nft', variables: new Map(), ...(within && { within }) });
}

/** A chain of the family inet with these rules. */
function chain(rules: string, above = ''): string {
  return `${above}table inet filter {\n  chain input {\n    type filter hook input priority 0;\n    ${rules}\n  }\n}\n`;
}

function natChain(rule: string): string {
  return `table ip nat {\n  chain prerouting {\n    type nat hook prerouting priority -100;\n    ${rule}\n  }\n}\n`;
}

function ports(text: string, within?: readonly string[]): string[] {
  return read(text, within).references.map((reference) => referenceTold(reference, text));
}

function faults(text: string, within?: readonly string[]): string[] {
  return read(text, within).faults.map((fault) => faultTold(fault, text));
}

/** Rules of the chain input with their ports. */
const told: readonly (readonly [rule: string, ...ports: string[]])[] = [
  ['tcp dport 22 accept', '22/tcp allow «22»'],
  ['tcp dport 22 drop', '22/tcp deny «22»'],
  ['tcp dport 22 reject', '22/tcp deny «22»'],
  ['tcp dport 22', '22/tcp match «22»'],
  ['tcp dport 22 log counter', '22/tcp match «22»'],
  ['tcp dport 22 counter accept', '22/tcp allow «22»'],
  ['tcp dport 22 return', '22/tcp match «22»'],
  ['tcp sport 22 accept', '22/tcp source «22»'],
  ['tcp dport ssh accept', '22/tcp allow «ssh»'],
  ['tcp dport "ssh" accept', '22/tcp allow «ssh»'],
  ['udp dport no-such-name accept', '?/udp allow «no-such-name»'],
  ['tcp dport 80-90 accept', '80-90/tcp allow «80-90»'],
  ['tcp dport 80 - 90 accept', '80-90/tcp allow «80 - 90»'],
  ['tcp dport ssh - 25 accept', '22-25/tcp allow «ssh - 25»'],
  ['tcp dport 1024/10 accept', '1024-1087/tcp allow «1024/10»'],
  [
    'tcp dport { 22, 80-90, https, } accept',
    '22/tcp allow «22»',
    '80-90/tcp allow «80-90»',
    '443/tcp allow «https»',
  ],
  ['tcp dport { 22 comment "80", 23 timeout 443s } accept', '22/tcp allow «22»', '23/tcp allow «23»'],
  ['tcp dport 0x50 accept', '80/tcp allow «0x50»'],
  ['tcp dport 080 accept', '80/tcp allow «080»'],
  ['tcp dport != 22 accept', '22/tcp match «22»'],
  ['tcp dport != { 22, 80 } drop', '22/tcp match «22»', '80/tcp match «80»'],
  ['tcp dport < 1024 drop', '0-1023/tcp deny «1024»'],
  ['tcp dport <= 1024 drop', '0-1024/tcp deny «1024»'],
  ['tcp dport > 1024 drop', '1025-65535/tcp deny «1024»'],
  ['tcp dport >= 1024 drop', '1024-65535/tcp deny «1024»'],
  ['tcp dport < 0 drop', '?/tcp deny «0»'],
  ['sctp dport 22 accept', '22/sctp allow «22»'],
  ['th dport 22 accept', '22 allow «22»'],
  ['meta l4proto udp th dport 53 accept', '53/udp allow «53»'],
  ['meta l4proto { tcp, udp } th dport 53 accept', '53 allow «53»'],
  ['ip protocol tcp @th,16,16 22 accept', '22/tcp allow «22»'],
  ['ip protocol tcp @th,0,16 22 accept', '22/tcp source «22»'],
  [
    'tcp dport vmap { 22 : accept, 23 : drop, 24 : jump x }',
    '22/tcp allow «22»',
    '23/tcp deny «23»',
    '24/tcp match «24»',
  ],
  [
    'ip saddr . tcp dport { 10.0.0.1 . 22, 10.0.0.2 . 80-90 } accept',
    '22/tcp allow «22»',
    '80-90/tcp allow «80-90»',
  ],
  ['meta l4proto . th dport { tcp . 22, udp . 53 } accept', '22/tcp allow «22»', '53/udp allow «53»'],
  ['ct original proto-dst 22 meta l4proto tcp accept', '22 allow «22»'],
  ['udp dport set 5353', '5353/udp forward «5353»'],
  ['udp sport set 5353', '5353/udp source «5353»'],
  // No ports, though they look like some.
  ['@nh,16,16 22 accept'],
  ['@th,0,32 0x160050 accept'],
  ['icmp type 8 ip length 80-443 meta mark 22 ct mark set 80 accept'],
  ['limit rate 80/second burst 443 packets log prefix "tcp dport 22 " group 80 accept'],
  ['counter packets 80 bytes 443 queue num 80-90 comment "tcp dport 22"'],
  ['tcp dport & 22 == 22 accept'],
];

describe('ports of a rule', () => {
  for (const [rule, ...expected] of told) {
    test(rule, () => {
      const text = chain(rule);
      assert.deepEqual(ports(text), expected);
      assert.deepEqual(faults(text), []);
    });
  }
});

/** Rules of a chain that sends packets on. */
const sent: readonly (readonly [rule: string, ...ports: string[]])[] = [
  ['tcp dport 80 dnat to 10.0.0.5:8080', '80/tcp match «80»', '8080/tcp forward 10.0.0.5 «8080»'],
  [
    'tcp dport 80 dnat to 10.0.0.5-10.0.0.9:8080-8089',
    '80/tcp match «80»',
    '8080-8089/tcp forward «8080-8089»',
  ],
  ['tcp dport 80 redirect to :3128', '80/tcp match «80»', '3128/tcp forward «3128»'],
  ['tcp dport 80 redirect to 3128', '80/tcp match «80»', '3128/tcp forward «3128»'],
  ['tcp dport 80 redirect', '80/tcp match «80»'],
  ['dnat to tcp dport map { 80 : 10.0.0.5 . 8080 }', '80/tcp match «80»', '8080/tcp forward 10.0.0.5 «8080»'],
];

describe('ports that packets are sent on to', () => {
  for (const [rule, ...expected] of sent) {
    test(rule, () => assert.deepEqual(ports(natChain(rule)), expected));
  }

  test('the port that a connection comes from is a source', () => {
    const text = natChain('meta l4proto tcp snat to 192.0.2.1:1024-2048')
      .replaceAll('prerouting', 'postrouting')
      .replace('-100', '100');
    assert.deepEqual(ports(text), ['1024-2048/tcp source 192.0.2.1 «1024-2048»']);
    assert.deepEqual(faults(text), []);
  });
});

describe('the rule around a port', () => {
  const ruleOf = (text: string): PortReference['rule'] => read(text).references[0]?.rule;

  test('has its chain, its other conditions and its verdict', () => {
    assert.deepEqual(ruleOf(chain('iifname "eth0" tcp dport 22 ct state new counter jump web comment "x"')), {
      chain: 'inet filter input',
      isNegated: false,
      conditions: ['iifname "eth0"', 'ct state new'],
      verdict: 'jump web',
    });
  });

  test('is about one family by its table or by a condition', () => {
    assert.equal(ruleOf(chain('tcp dport 22 accept'))?.family, undefined);
    assert.equal(ruleOf(chain('ip saddr 10.0.0.1 tcp dport 22 accept'))?.family, 'ipv4');
    assert.equal(ruleOf(chain('meta nfproto ipv6 tcp dport 22 accept'))?.family, 'ipv6');
    assert.equal(ruleOf(chain('tcp dport 22 accept').replace('inet', 'ip'))?.family, 'ipv4');
    assert.equal(ruleOf(chain('tcp dport 22 accept').replace('inet filter', 'filter'))?.family, 'ipv4');
  });

  test('is negated', () => {
    assert.equal(ruleOf(chain('tcp dport != 22 drop'))?.isNegated, true);
    assert.equal(ruleOf(chain('tcp dport 22 drop'))?.isNegated, false);
  });

  test('has the verdict of its own element in a map, and the other parts of the key as conditions', () => {
    const [, second] = read(
      chain('ip saddr . tcp dport vmap { 10.0.0.1 . 22 : accept, 10.0.0.2 . 23 : drop }'),
    ).references;
    assert.deepEqual(second?.rule?.conditions, ['ip saddr 10.0.0.2']);
    assert.equal(second?.rule?.verdict, 'drop');
  });

  test('is told without the comments that stand in it', () => {
    const text = chain('ip saddr {\n 10.0.0.1, # the first "one"\n 10.0.0.2 } tcp dport 22 accept');
    assert.deepEqual(ruleOf(text)?.conditions, ['ip saddr { 10.0.0.1, 10.0.0.2 }']);
  });

  test('has the operator in its span, and not in the port', () => {
    const text = chain('tcp dport >= 1024 accept');
    assert.equal(slice(text, read(text).references[0]?.span ?? { start: 0, end: 0 }), '>= 1024');
  });
});

describe('names', () => {
  test('a variable brings its value and where that stands', () => {
    const text = chain('tcp dport $ssh accept', 'define ssh = 2222\n');
    const [declared, used] = read(text).references;
    assert.equal(declared?.role, 'declare');
    assert.equal(declared?.owner, 'define ssh');
    assert.deepEqual(used?.variables, [
      {
        name: 'ssh',
        span: used?.portSpan,
        from: 'definition',
        value: '2222',
        definition: declared?.portSpan,
      },
    ]);
  });

  test('a variable that the text does not define is unknown, and no fault', () => {
    const text = chain('tcp dport $ssh accept');
    assert.deepEqual(ports(text), ['?/tcp allow «$ssh»']);
    assert.equal(read(text).references[0]?.variables?.[0]?.from, 'unknown');
    assert.deepEqual(faults(text), []);
  });

  test('a variable has the value of the last definition above it, in its own block first', () => {
    const text = chain(
      'tcp dport $p accept\nredefine p = 2\ntcp dport $p accept\nundefine p\ntcp dport $p accept',
      'define p = 1\n',
    );
    assert.deepEqual(
      ports(text).filter((line) => line.includes('$')),
      ['1/tcp allow «$p»', '2/tcp allow «$p»', '1/tcp allow «$p»'],
    );
    assert.deepEqual(faults(text), []);
  });

  test('a set is told where it stands and where it is used, wherever in the table', () => {
    const text = chain('tcp dport @web accept').replace(
      /}\n}\n$/,
      '}\n  set web { type inet_service; elements = { 80, 443 }; }\n}\n',
    );
    assert.deepEqual(ports(text).sort(), [
      '443 declare «443»',
      '443/tcp allow «@web»',
      '80 declare «80»',
      '80/tcp allow «@web»',
    ]);
  });

  test('a set of another table is another set', () => {
    const text = `table ip other {\n  set web { type inet_service; elements = { 80 }; }\n}\n${chain('tcp dport @web accept')}`;
    assert.deepEqual(ports(text), ['80 declare «80»', '?/tcp allow «@web»']);
  });

  test('an expected connection declares its port', () => {
    const text =
      'table inet t {\n  ct expectation e { protocol tcp; dport 9876; timeout 80s; size 22; l3proto ip; }\n}\n';
    assert.deepEqual(ports(text), ['9876/tcp declare «9876»']);
  });
});

describe('files in files', () => {
  test('an include says in which blocks it stands', () => {
    const text = chain('include "rules.nft"', 'include "/etc/nftables.d/*.nft"\ninclude "/srv/own.nft"\n');
    assert.deepEqual(
      read(text).includes?.map(({ pattern, within }) => [pattern, ...within]),
      [['nftables.d/*.nft'], ['/srv/own.nft'], ['rules.nft', 'table inet filter', 'chain input']],
    );
  });

  test('a part of a chain is read as rules of that chain', () => {
    const text = 'tcp dport 22 accept\ntcp dport 70000 drop\n';
    const within = ['table ip filter', 'chain input'];
    assert.deepEqual(ports(text, within), ['22/tcp allow «22»', '?/tcp deny «70000»']);
    assert.equal(read(text, within).references[0]?.rule?.chain, 'ip filter input');
    assert.equal(read(text, within).references[0]?.rule?.family, 'ipv4');
    assert.deepEqual(faults(text, within), ['invalid-port «70000»']);
  });

  test('a part of a table has its sets and chains', () => {
    const text = 'set web { type inet_service; elements = { 80 }; }\nchain c { tcp dport @web accept; }\n';
    assert.deepEqual(ports(text, ['table inet filter']), ['80 declare «80»', '80/tcp allow «@web»']);
    assert.deepEqual(faults(text, ['table inet filter']), []);
  });

  test('a part that nobody is known to include is no fault', () => {
    assert.deepEqual(ports('tcp dport 22 accept\n'), ['22/tcp allow «22»']);
    assert.deepEqual(faults('tcp dport 22 accept\n'), []);
    assert.deepEqual(faults('chain c {\n  tcp dport 22 accept\n}\n'), []);
  });
});

/** Rules with their faults. */
const refused: readonly (readonly [rule: string, ...faults: string[]])[] = [
  ['tcp dport 65536 accept', 'invalid-port «65536»'],
  ['tcp dport 90-80 accept', 'invalid-port «90-80»'],
  ['tcp dport 80:90 accept', 'invalid-port «80:90»'],
  ['tcp dport 80,443 accept', 'invalid-port «80,443»'],
  ['tcp dport { 22, 70000 } accept', 'invalid-port «70000»'],
  ['tcp dport { 22/tcp } accept', 'invalid-port «22/tcp»'],
  ['tcp dport 010 accept', 'octal-port «010»'],
  ['tcp dport 007 accept'],
  ['tcp dport 099999 accept', 'truncated-port «099999»'],
  ['tcp dport 0 accept', 'zero-port «0»'],
  ['tcp dport { 0 } accept', 'zero-port «0»'],
  ['tcp dport 0-1023 accept'],
  ['tcp dport 0 drop'],
  ['tcp dport', 'missing-port «tcp dport»'],
  ['tcp dport accept', 'missing-port «tcp dport»'],
  ['dport 22 accept', 'missing-transport «dport»'],
  ['tpc dport 22 accept', 'invalid-transport «tpc»'],
  ['tcp dport 22 udp dport 53 accept', 'invalid-transport «udp dport»'],
  ['tcp dport = 22 accept', 'syntax-error «=»'],
  ['tcp dport 22 acept', 'syntax-error «acept»'],
  ['tcp dport 22 accept counter', 'misplaced-directive «counter»'],
  ['tcp dport { 80-90, 85 } accept'],
  ['tcp dport vmap { 80-90 : accept, 85 : drop }', 'interval-overlap «85»'],
  ['tcp dport vmap { 22 : reject }', 'syntax-error «reject»'],
  ['ip saddr 10.0.0.300 tcp dport 22 accept', 'invalid-address «10.0.0.300»'],
];

describe('what nft refuses', () => {
  for (const [rule, ...expected] of refused) {
    test(rule, () => assert.deepEqual(faults(chain(rule)), expected));
  }

  test('the lines around a broken one are read', () => {
    const text = chain('tcp dport 22 accept\n    tcp dport { 80 ; accept\n    udp dport 53 accept');
    assert.deepEqual(ports(text).at(0), '22/tcp allow «22»');
    assert.deepEqual(ports(text).at(-1), '53/udp allow «53»');
  });

  test('ports of a rule that is refused say so', () => {
    const [reference] = read(chain('tcp dport 22 acept')).references;
    assert.equal(reference?.isRefused, true);
  });

  test('each message ends with the words of nft', () => {
    for (const [rule] of refused) {
      for (const { rule: id, message } of read(chain(rule)).faults) {
        if (!/octal|zero|truncated/.test(id)) assert.match(message, / \(nft: .+\)\.$/);
      }
    }
  });

  test('what is mended is right', () => {
    for (const rule of ['tcp dport 90-80 drop', 'tcp dport 80,443 drop', 'tcp dport = 22 drop']) {
      assert.deepEqual(faults(mended(chain(rule), read)), [], rule);
    }
  });

  test('a template has ports and no faults', () => {
    const text = chain('tcp dport {{ port }} accept\n    tcp dport 22 accept\n    {% if x %}');
    assert.ok(ports(text).includes('22/tcp allow «22»'));
    assert.deepEqual(faults(text), []);
  });

  test('the line ends of Windows and a byte order mark are not told', () => {
    const text = chain('tcp dport { 22,\n 80 } accept').replaceAll('\n', '\r\n');
    for (const each of [text, `\uFEFF${text}`]) {
      assert.deepEqual(ports(each), ['22/tcp allow «22»', '80/tcp allow «80»']);
      assert.deepEqual(faults(each), []);
    }
  });
});

describe('places where a port may be typed', () => {
  /** The slots that the caret `|` touches. */
  const slotsAt = (marked: string): string[] => {
    const caret = marked.indexOf('|');
    const text = marked.replace('|', '');
    return read(text)
      .slots.filter(({ span }) => span.start <= caret && caret <= span.end)
      .map(({ span, role, transport, names }) => `«${slice(text, span)}» ${transport} ${role} ${names}`);
  };
  const cases: readonly (readonly [rule: string, slot: string])[] = [
    ['tcp dport |', '«» tcp match true'],
    ['tcp dport | accept', '«» tcp allow true'],
    ['tcp dport 4|', '«4» tcp match true'],
    ['tcp dport { | }', '«» tcp match true'],
    ['tcp dport { 22, | } drop', '«» tcp deny true'],
    ['tcp dport { 22, 4| } drop', '«4» tcp deny true'],
    ['udp dport != 5|', '«5» udp match true'],
  ];
  for (const [rule, slot] of cases) {
    test(rule, () => assert.deepEqual(slotsAt(chain(rule)), [slot]));
  }

  test('behind the colon of an address', () => {
    assert.equal(slotsAt(natChain('tcp dport 80 dnat to 10.0.0.5:|')).length, 1);
    assert.equal(slotsAt(natChain('tcp dport 80 redirect to :|')).length, 1);
  });

  test('in a set and in a definition', () => {
    assert.equal(
      slotsAt('table ip t {\n  set s {\n    type inet_service\n    elements = { 80, | }\n').length,
      1,
    );
  });
});

describe('rulesets in other names', () => {
  const looks = (text: string): boolean => nftables.looksLike?.(text) === true;

  test('nft is asked to load it', () => {
    for (const line of [
      '#!/usr/sbin/nft -f',
      '#!/sbin/nft -f',
      '#!/usr/bin/env -S nft -f',
      '#! /usr/sbin/nft -cf',
    ])
      assert.ok(looks(`${line}\n`), line);
    for (const line of ['#!/bin/sh', '#!/usr/bin/lua', '#!/usr/sbin/nft'])
      assert.ok(!looks(`${line}\n`), line);
  });

  test('it has a table with chains', () => {
    assert.ok(looks('table inet filter {\n\tchain input {\n\t}\n}\n'));
    assert.ok(looks('flush ruleset\ntable filter { chain input { accept; } }\n'));
  });

  test('others are left alone', () => {
    for (const text of [
      '[table]\nname = "filter"\n',
      'table = {\n  chain = 1\n}\n',
      'table inet filter {\n}\n',
      'chain input {\n}\n',
      '*filter\n:INPUT DROP [0:0]\nCOMMIT\n',
      'table ip filter\nchain input\n',
      '#!/bin/sh\nnft -f - <<EOF\ntable inet t {\n chain c {\n }\n}\nEOF\n',
      '',
    ]) {
      assert.ok(!looks(text), text);
    }
  });
});
