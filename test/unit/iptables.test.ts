import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { iptables } from '../../server/dialects/iptables/iptables';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import { faultTold, mended, referenceTold } from '../harness/told';

function read(text: string, name = 'rules.v4'): Reading {
  return iptables.read(text, { name, variables: new Map() });
}

function table(line: string, name = 'filter'): string {
  return `*${name}\n${line}\nCOMMIT\n`;
}

function ports(text: string, name?: string): string[] {
  return read(text, name).references.map((reference) => referenceTold(reference, text));
}

/** Every fault as `rule «characters» message`. */
function faults(text: string, name?: string): string[] {
  return read(text, name).faults.map((fault) => `${faultTold(fault, text)} ${fault.message}`);
}

/** Rules of the table filter with their ports. */
const told: readonly (readonly [rule: string, ...ports: string[]])[] = [
  ['-A INPUT -p tcp --dport 22 -j ACCEPT', '22/tcp allow «22»'],
  ['-A INPUT -p tcp -m tcp --dport 22 -j DROP', '22/tcp deny «22»'],
  ['-A INPUT -p udp --dport 53 -j REJECT', '53/udp deny «53»'],
  ['-A INPUT -p tcp --dport 22 -j LOG', '22/tcp match «22»'],
  ['-A INPUT -p tcp --dport 22', '22/tcp match «22»'],
  ['-A INPUT -p tcp ! --dport 22 -j DROP', '22/tcp match «22»'],
  ['-A INPUT -p tcp --dport 22 -g WEB', '22/tcp match «22»'],
  ['-D INPUT -p tcp --dport 22 -j ACCEPT', '22/tcp match «22»'],
  ['-A INPUT -p tcp --sport 22 -j ACCEPT', '22/tcp source «22»'],
  ['-A INPUT -p tcp --dport=22 -j ACCEPT', '22/tcp allow «22»'],
  ['-A INPUT -p tcp --dport ssh -j ACCEPT', '22/tcp allow «ssh»'],
  ['-A INPUT -p tcp --dport no-such-name -j ACCEPT', '?/tcp allow «no-such-name»'],
  ['-A INPUT -p tcp --dport 80:90 -j ACCEPT', '80-90/tcp allow «80:90»'],
  ['-A INPUT -p tcp --dport 1024: -j ACCEPT', '1024-65535/tcp allow «1024:»'],
  ['-A INPUT -p tcp --dport :1023 -j ACCEPT', '0-1023/tcp allow «:1023»'],
  ['-A INPUT -p tcp --dport 0x50 -j ACCEPT', '80/tcp allow «0x50»'],
  ['-A INPUT -p 132 --dport 80 -j ACCEPT', '80/sctp allow «80»'],
  ['-A INPUT ! -p tcp --dport 80 -j DROP', '80 deny «80»'],
  [
    '-A INPUT -p tcp -m multiport --dports 22,80:90,https -j ACCEPT',
    '22/tcp allow «22»',
    '80-90/tcp allow «80:90»',
    '443/tcp allow «https»',
  ],
  ['-A INPUT -p udplite -m multiport --ports 80 -j ACCEPT', '80/udplite allow «80»'],
  ['-A INPUT -m conntrack --ctorigdstport 80 -j DROP', '80 deny «80»'],
  ['-A INPUT -m conntrack --ctproto tcp --ctorigdstport 80 -j DROP', '80/tcp deny «80»'],
  ['-A INPUT -p tcp -m conntrack --ctorigsrcport 80 -j DROP', '80/tcp source «80»'],
  ['-A INPUT -m ipvs --vport 80 -j ACCEPT', '80 allow «80»'],
  // No ports, though they look like some.
  ['[137:139] -A INPUT -p tcp -j ACCEPT'],
  ['-A INPUT -m comment --comment "--dport 80" -m limit --limit 25/min -j LOG --log-prefix "port 443 "'],
  ['-A INPUT -m length --length 80:443 -m mark --mark 80 -j NFQUEUE --queue-num 80'],
  ['-A INPUT -p icmp --icmp-type 8 -j ACCEPT'],
];

describe('ports of a rule', () => {
  for (const [rule, ...expected] of told) {
    test(rule, () => {
      const text = table(`:WEB - [0:0]\n${rule}`);
      assert.deepEqual(ports(text), expected);
      assert.deepEqual(faults(text), []);
    });
  }
});

/** Targets of NAT and of transparent proxies. */
const forwarded: readonly (readonly [table: string, rule: string, ...ports: string[]])[] = [
  ['nat', '-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.5:80', '80/tcp forward 10.0.0.5 «80»'],
  ['nat', '-A PREROUTING -p tcp -j DNAT --to 10.0.0.5-10.0.0.9:80-90', '80-90/tcp forward «80-90»'],
  [
    'nat',
    '-A PREROUTING -p tcp -j DNAT --to :8000-8009/80',
    '8000-8009/tcp forward «8000-8009»',
    '80/tcp match «80»',
  ],
  ['nat', '-A PREROUTING -p tcp -j REDIRECT --to-port 8080', '8080/tcp forward «8080»'],
  ['nat', '-A PREROUTING -p tcp -j REDIRECT --to-ports http', '80/tcp forward «http»'],
  [
    'nat',
    '-A POSTROUTING -p tcp -j SNAT --to-source 10.0.0.1:1024-2048',
    '1024-2048/tcp source 10.0.0.1 «1024-2048»',
  ],
  ['nat', '-A POSTROUTING -p udp -j MASQUERADE --to-ports 5000', '5000/udp source «5000»'],
  ['mangle', '-A PREROUTING -p tcp -j TPROXY --on-port 3128', '3128/tcp forward «3128»'],
  ['nat', '-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.5'],
  ['nat', '-A PREROUTING -j NETMAP --to 10.0.0.0/24'],
  // What is accepted elsewhere has the table filter still to pass.
  ['nat', '-A PREROUTING -p tcp --dport 80 -j ACCEPT', '80/tcp match «80»'],
  ['raw', '-A PREROUTING -p tcp --dport 80 -j DROP', '80/tcp deny «80»'],
];

describe('ports that packets are sent on to', () => {
  for (const [name, rule, ...expected] of forwarded) {
    test(rule, () => {
      assert.deepEqual(ports(table(rule, name)), expected);
      assert.deepEqual(faults(table(rule, name)), []);
    });
  }
});

test('a reference tells the rule that it stands in', () => {
  const rule =
    '-A FORWARD -i eth0 -s 10.0.0.0/8 -p tcp --sport 1024: --dport 80 -m state --state NEW -j ACCEPT';
  const [source, destination] = read(table(rule)).references;
  assert.deepEqual(destination?.rule, {
    chain: 'filter/FORWARD',
    family: 'ipv4',
    isNegated: false,
    conditions: ['-i eth0', '-s 10.0.0.0/8', '--sport 1024:', '--state NEW'],
    verdict: 'ACCEPT',
  });
  assert.deepEqual(source?.rule?.conditions, ['-i eth0', '-s 10.0.0.0/8', '--dport 80', '--state NEW']);
  assert.equal(destination?.owner, 'chain FORWARD');
  const nat = read(table('-I PREROUTING -p tcp ! --dport 80 -j RETURN', 'nat')).references[0];
  assert.equal(nat?.owner, 'chain PREROUTING of nat');
  assert.deepEqual([nat?.rule?.isNegated, nat?.rule?.verdict], [true, 'RETURN']);
  assert.equal(read(table('-D INPUT -p tcp --dport 80')).references[0]?.rule, undefined);
});

test('the family is the program’s, as the name or the comment tells', () => {
  const family = (name: string, text = table('-A INPUT -p tcp --dport 80')) =>
    read(text, name).references[0]?.rule?.family;
  assert.equal(family('rules.v6'), 'ipv6');
  assert.equal(family('ip6tables'), 'ipv6');
  assert.equal(family('before6.rules'), 'ipv6');
  assert.equal(family('before.rules'), 'ipv4');
  assert.equal(family('iptables.rules'), 'ipv4');
  assert.equal(family('web.rules'), undefined);
  assert.equal(
    family('web.rules', `# Generated by ip6tables-save v1.8.9\n${table('-A INPUT -p tcp --dport 80')}`),
    'ipv6',
  );
});

/** What loads and means something else. */
const traps: readonly (readonly [rule: string, fault: string, mended?: string])[] = [
  [
    '-p tcp --dport 010',
    'octal-port «010» The leading zero makes 010 octal: this is port 8, not 10.',
    '-p tcp --dport 10',
  ],
  [
    '-p udp -m multiport --dports 80,010',
    'octal-port «010» The leading zero makes 010 octal: this is port 8, not 10.',
  ],
  [
    '-p udp --dport 70000',
    'truncated-port «70000» 70000 is above 65535; only its lower 16 bits count here, so this is port 4464.',
  ],
  [
    '-p tcp --dport 0 -j ACCEPT',
    'zero-port «0» Port 0 is no port that a program can listen on, so this rule lets nothing through.',
  ],
  [
    '-p udp --dport 90:80',
    'swapped-range «90:80» The range 90:80 runs backwards and matches no port; iptables 1.8.11 refuses it.',
    '-p udp --dport 80:90',
  ],
  [
    '-p tcp --dport 80 -m tcp --dport 81',
    'repeated-port «81» A packet has one destination port, so a rule for 80 and for 81 matches none.',
  ],
];

describe('traps', () => {
  for (const [rule, fault, mend] of traps) {
    test(rule, () => {
      const text = table(`-A INPUT ${rule}`);
      assert.deepEqual(faults(text), [fault]);
      if (mend !== undefined) assert.equal(mended(text, read), table(`-A INPUT ${mend}`));
    });
  }
  test('decimal, meant and possible ports are none', () => {
    for (const rule of [
      '-p udp --dport 010',
      '-p tcp --dport 07',
      '-p tcp --dport 0 -j DROP',
      '-p tcp --dport 0:1023 -j ACCEPT',
      '-p tcp --dport 80:90 -m tcp --dport 85',
      '-p tcp ! --dport 80 -m tcp ! --dport 81',
    ]) {
      assert.deepEqual(faults(table(`-A INPUT ${rule}`)), [], rule);
    }
  });
});

/** A slip, and what becomes of it. */
const mends: readonly (readonly [table: string, before: string, after: string])[] = [
  ['filter', '-p tcp --dport 80-90', '-p tcp --dport 80:90'],
  ['filter', '-p tcp --dport 90:80', '-p tcp --dport 80:90'],
  ['filter', '-p tcp --dport HTTP', '-p tcp --dport http'],
  ['filter', '-p tcp --dport 080', '-p tcp --dport 80'],
  ['filter', '-p udp --dport 0x50', '-p udp --dport 80'],
  ['filter', '-p tcp -dport 80', '-p tcp --dport 80'],
  ['filter', '-p tcp --dport 80,443', '-p tcp -m multiport --dports 80,443'],
  ['filter', '-p udp --sport domain,80:90', '-p udp -m multiport --sports domain,80:90'],
  ['filter', '-p tcp --dport ! 80 -j DROP', '-p tcp ! --dport 80 -j DROP'],
  ['filter', '-p tcp --dports 80,443', '-p tcp -m multiport --dports 80,443'],
  ['filter', '-p tcp -m multiport --dports 80:80', '-p tcp -m multiport --dports 80'],
  [
    'filter',
    '-p tcp -m multiport --dports 80 --sports 81',
    '-p tcp -m multiport --dports 80 -m multiport --sports 81',
  ],
  ['nat', '-p tcp -j REDIRECT --to-ports 80:90', '-p tcp -j REDIRECT --to-ports 80-90'],
  ['nat', '-p tcp -j DNAT --to 10.0.0.1:80:90', '-p tcp -j DNAT --to 10.0.0.1:80-90'],
  ['nat', '-p tcp -j DNAT --to 8080', '-p tcp -j DNAT --to :8080'],
];

describe('mends', () => {
  for (const [name, before, after] of mends) {
    test(before, () => {
      const chain = name === 'nat' ? '-A PREROUTING' : '-A INPUT';
      assert.equal(mended(table(`${chain} ${before}`, name), read), table(`${chain} ${after}`, name));
      assert.deepEqual(faults(table(`${chain} ${after}`, name)), []);
    });
  }
  test('a missing COMMIT, one before the next table, a pasted program, blanks', () => {
    assert.equal(mended('*filter\n-A INPUT', read), '*filter\n-A INPUT\nCOMMIT\n');
    assert.equal(mended('*filter\n*nat\nCOMMIT\n', read), '*filter\nCOMMIT\n*nat\nCOMMIT\n');
    assert.equal(mended(table('iptables -A INPUT'), read), table('-A INPUT'));
    assert.equal(mended(table('  '), read), table(''));
  });
});

test('one mistake does not hide the next line', () => {
  const text =
    '*filter\n-A INPUT -p tcp --dport 99999\n-A INPUT --dport 80\n-A INPUT -p tcp --dport 443 -j ACCEPT\nCOMMIT\n';
  assert.deepEqual(
    read(text).faults.map(({ rule }) => rule),
    ['invalid-port', 'missing-transport'],
  );
  assert.deepEqual(ports(text), ['?/tcp match «99999»', '80 match «80»', '443/tcp allow «443»']);
  assert.deepEqual(
    read(text).references.map(({ isRefused }) => isRefused ?? false),
    [true, true, false],
  );
});

test('the placeholders of a template are not judged', () => {
  for (const line of [
    '-A INPUT -p {{ proto }} --dport {{ port }} -j ACCEPT',
    '-A INPUT -p tcp --dport ${PORT} -j ACCEPT',
    '-A INPUT -p tcp --dport @PORT@ -s <network> -j ACCEPT',
    '-A INPUT -p tcp -m multiport --dports {{ ports | join(",") }} -j ACCEPT',
    '{% for port in ports %}',
    '{{ rules }}',
    '-A INPUT {{ match }} --dport 80 --dports 81 -j ACCEPT',
  ]) {
    assert.deepEqual(faults(table(line)), [], line);
  }
  assert.deepEqual(faults('*filter\n{% if end %}\nCOMMIT\n{% endif %}\n'), []);
  const [reference] = read(table('-A INPUT -p tcp --dport ${PORT}')).references;
  assert.deepEqual(
    reference?.variables?.map(({ name, from }) => `${name} ${from}`),
    ['PORT unknown'],
  );
});

test('a byte order mark, CRLF and a missing newline change nothing', () => {
  const text = '\uFEFF*filter\r\n:INPUT DROP [0:0]\r\n\r\n-A INPUT -p tcp --dport 22 -j ACCEPT\r\nCOMMIT';
  assert.deepEqual(faults(text), []);
  assert.deepEqual(ports(text), ['22/tcp allow «22»']);
});

/** Where a port may be typed: `┃` for an empty place. */
function slots(text: string, name?: string): string[] {
  return read(text, name).slots.map(({ span, role, transport, above, after }) =>
    [slice(text, span) || '┃', `@${span.start}`, role, transport, above, after && 'blank']
      .filter(Boolean)
      .join(' '),
  );
}

test('slots stand where a port may be typed, in half-written lines as well', () => {
  const at = (line: string, part: string) => '*filter\n'.length + line.indexOf(part);
  const whole = '-A INPUT -p tcp --dport 80:90 -j ACCEPT';
  assert.deepEqual(slots(table(whole)), [
    `80 @${at(whole, '80')} allow tcp`,
    `90 @${at(whole, '90')} allow tcp 80`,
  ]);
  const list = '-A INPUT -p tcp -m multiport --dports 80, -j DROP';
  assert.deepEqual(slots(table(list)), [`80 @${at(list, '80')} deny tcp`, `┃ @${at(list, ' -j')} deny tcp`]);
  const open = '*filter\n-A INPUT -p udp --dport ';
  assert.deepEqual(slots(open), [`┃ @${open.length} match udp`]);
  const before = '-A INPUT -p tcp --dport -j ACCEPT';
  assert.deepEqual(slots(table(before)), [`┃ @${at(before, '-j')} allow tcp blank`]);
  const none = '*filter\n-A INPUT -p tcp --dport';
  assert.deepEqual(slots(none), []);
  const target = '-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1:';
  assert.deepEqual(slots(table(target, 'nat')), [`┃ @${'*nat\n'.length + target.length} forward tcp`]);
});

test('looks like a save file by its first table alone', () => {
  const looks = (text: string) => iptables.looksLike?.(text);
  assert.equal(looks('# comment\n\n*filter\n:INPUT DROP [0:0]\n'), true);
  assert.equal(looks('#!/sbin/iptables-restore\n*filter\nCOMMIT\n'), true);
  assert.equal(looks('*filter\nCOMMIT\n'), true);
  assert.equal(looks('*filter\n'), false);
  assert.equal(looks('#!/bin/sh\niptables-restore <<EOF\n*filter\nCOMMIT\nEOF\n'), false);
  assert.equal(looks('The rules:\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n'), false);
  assert.equal(looks('SUBSYSTEM=="usb", MODE="0666"\n'), false);
  assert.equal(looks('alert tcp any any -> any 80 (msg:"x";)\n'), false);
  assert.equal(looks(''), false);
});

/** Texts made to be slow, each of a million characters. */
const hostile: readonly (readonly [name: string, head: string, part: string])[] = [
  ['a list', '*filter\n-A INPUT -p tcp -m multiport --dports ', '80,'],
  ['colons', '*filter\n-A INPUT -p udp --dport ', ':'],
  ['digits', '*filter\n-A INPUT -p udp --dport ', '9'],
  ['quotes', '*filter\n', '"'],
  ['backslashes', '*filter\n-A INPUT "', '\\'],
  ['options', '*filter\n-A INPUT -p tcp', ' -m multiport --dports 1,2,3'],
  ['long lines', '*filter\n', `-A INPUT -p tcp${' -m tcp --dport 80'.repeat(60)}\n`],
  ['unknown options', '*filter\n', `-A INPUT${' --zzz'.repeat(245)}\n`],
  ['open placeholders', '*filter\n', '-A INPUT ${\n'],
  ['braces', '*filter\n', '{{ '],
  ['tables', '', '*filter\n'],
  ['counters', '*filter\n', '['],
  ['NUL', '*filter\n', '\0\n'],
  ['blank lines', '*filter\n', ' \n'],
  ['lone surrogates', '*filter\n-A INPUT --dport ', '\ud800'],
  ['addresses', '*filter\n-A INPUT -s ', '1, '],
  ['brackets', '*nat\n-A PREROUTING -p tcp -j DNAT --to-destination ', '['],
  ['commands', '', 'iptables -A INPUT -p tcp --dport 80 -j ACCEPT\n'],
  ['variables', 'iptables ', '$A '],
  ['open heredocs', '', 'iptables-restore <<EOF\n'],
  ['heredocs', '', 'cat <<A\nA\n'],
];

test('a dash that touches the option of a match is read once', () => {
  for (const match of ['-m-', '-m--dport', '--match=-m', '-m -m'])
    assert.match(
      faults(table(`-A INPUT -p tcp ${match} 22 -j DROP`)).join(),
      /for the name of a match/,
      match,
    );
});

describe('a text made to be slow', () => {
  for (const [name, head, part] of hostile) {
    test(name, () => {
      const text = head + part.repeat(Math.ceil(1_000_000 / part.length));
      const started = performance.now();
      read(text);
      iptables.looksLike?.(text);
      assert.ok(performance.now() - started < 15_000, `${performance.now() - started} ms`);
    });
  }
});
