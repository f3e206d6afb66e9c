import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ufw } from '../../server/dialects/ufw/ufw';
import type { PortReference, VariableUse } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import {
  literalText,
  type SourcedText,
  SourcedTextBuilder,
  unknownText,
} from '../../server/syntax/sourced-text';
import { readUfwCommand } from '../../server/syntax/ufw/command';
import { assertWithin, faultTold, portsTold } from '../harness/told';

/** Command lines with what comes of them: ports with role and transport, or the rule, its characters and ufw's words. */
const commands: readonly (readonly [text: string, ...outcome: string[]])[] = [
  ['allow 22', 'allow 22'],
  ['allow 22/tcp', 'allow 22/tcp'],
  ['allow 22/any', 'allow 22'],
  ['limit 22/tcp', 'allow 22/tcp'],
  ['deny 53/udp', 'deny 53/udp'],
  ['reject 25', 'deny 25'],
  ['allow 80,443,8000:8010/tcp', 'allow 80/tcp', 'allow 443/tcp', 'allow 8000-8010/tcp'],
  ['allow ssh', 'allow 22/tcp'],
  ['allow domain', 'allow 53'],
  ['allow domain/udp', 'allow 53/udp'],
  ['allow OpenSSH'],
  ['allow in Samba'],
  ['allow foo/tcp', 'allow ?/tcp'],
  ['delete allow 22/tcp', 'match 22/tcp'],
  ['delete 3'],
  ['route allow 22/tcp', 'allow 22/tcp'],
  ['--dry-run insert 2 allow log 22/tcp comment x', 'allow 22/tcp'],
  ['allow to any port 22 from any port 1024:65535 proto tcp', 'allow 22/tcp', 'source 1024-65535/tcp'],
  ['allow from any port domain to any port http', 'source 53/tcp', 'allow 80/tcp'],
  ['allow to any port nfs', 'allow 2049'],
  ['allow to any port nothing', 'allow ?'],
  ['allow to any app Samba'],
  ['allow to any port 22 port 80', 'allow 80', 'repeated-port «22»'],
  ['allow 010', 'allow 8/tcp', 'allow 10/udp', 'octal-port «010»'],
  ['allow 010/udp', 'allow 10/udp'],
  ['allow 007/tcp', 'allow 7/tcp'],
  ['allow 010,20/udp', 'allow 8/udp', 'allow 20/udp', 'octal-port «010»'],
  ['allow proto udp from any port 1:2 to any port 010', 'source 1-2/udp', 'allow 8/udp', 'octal-port «010»'],
  ['allow 09', 'allow ? refused', "invalid-port «09» invalid port/service `09' specified"],
  ['allow 0', 'invalid-port «0» Bad port'],
  ['allow 65535', 'allow 65535'],
  ['allow 65536', 'invalid-port «65536» Bad port'],
  ['allow 22,70000/tcp', 'allow 22/tcp refused', 'invalid-port «70000» Bad port'],
  [
    'allow 80,443',
    'allow 80 refused',
    'allow 443 refused',
    "missing-transport «80,443» Must specify 'tcp' or 'udp' with multiple ports",
  ],
  ['allow 22/TCP', 'allow 22 refused', 'invalid-transport «TCP» Bad port'],
  [
    'allow ssh/udp',
    'allow 22/udp refused',
    'invalid-transport «udp» Protocol mismatch with specified protocol udp',
  ],
  ['allow 22/gre', 'allow 22 refused', "invalid-transport «gre» Invalid port with protocol 'gre'"],
  ['allow /tcp', 'missing-port «/tcp» Bad port'],
  ['allow 8000-8010', "invalid-port «8000-8010» Could not find a profile matching '8000-8010'"],
  ['allow', 'missing-port «allow» Invalid syntax'],
  ['allow from x', 'invalid-address «x» Bad source address'],
  ['allow to 10.0.0.0/33', 'invalid-address «10.0.0.0/33» Bad destination address'],
  [
    'allow from 10.0.0.1 to ::1 port 22',
    'allow 22 refused',
    "invalid-address «::1» Mixed IP versions for 'from' and 'to'",
  ],
  ['allow from any foo 22', "unknown-parameter «foo» Invalid token 'foo'"],
  ['allow 22 80', 'allow 22 refused', "syntax-error «22 80» Need 'to' or 'from' clause"],
  ['status'],
  ['status all', 'syntax-error «status all» Invalid syntax'],
  ['default deny incoming'],
  ['--force enable'],
  ['--force allow 22', 'syntax-error «--force» Invalid syntax'],
];

test('commands', () => {
  for (const [text, ...outcome] of commands) {
    assert.deepEqual(told(readUfwCommand(words(text), text), text), outcome, text);
  }
});

/** Rules as a packet meets them: chain, family, verdict, then the other conditions. */
const rules: readonly (readonly [text: string, ...told: string[]])[] = [
  ['allow 22', 'ufw incoming · both · allow'],
  ['limit in ssh', 'ufw incoming · both · limit'],
  ['deny out 25/tcp', 'ufw outgoing · both · deny'],
  ['allow from 10.0.0.0/8 to any port 22', 'ufw incoming · ipv4 · allow · from 10.0.0.0/8'],
  ['allow from 2001:DB8::1 to any port 22', 'ufw incoming · ipv6 · allow · from 2001:DB8::1'],
  ['allow to 0.0.0.0/0 port 22', 'ufw incoming · ipv4 · allow · to 0.0.0.0/0'],
  ['allow in on eth0 to 10.0.0.1 port 22 from any', 'ufw incoming · ipv4 · allow · on eth0 · to 10.0.0.1'],
  [
    'route allow in on eth0 out on eth1 to any port 80',
    'ufw routed · both · allow · in on eth0 · out on eth1',
  ],
  [
    'allow from any port 53 to any port 1024',
    'ufw incoming · both · allow · to any port 1024',
    'ufw incoming · both · allow · from any port 53',
  ],
  ['allow from any app DNS to any port 1024', 'ufw incoming · both · allow · from any app DNS'],
  ['delete allow 22', 'ufw incoming · both · nothing'],
];

test('rules', () => {
  for (const [text, ...expected] of rules) {
    const { references } = readUfwCommand(words(text), text);
    const found = references.map(({ rule }) =>
      [rule?.chain, rule?.family ?? 'both', rule?.verdict ?? 'nothing', ...(rule?.conditions ?? [])].join(
        ' · ',
      ),
    );
    assert.deepEqual(found, expected, text);
  }
});

test('a rule is known by its comment', () => {
  const text = 'allow 22 comment "my ssh"';
  const owners = readUfwCommand(
    [literalText('allow', 0), literalText('22', 6), literalText('comment', 9), literalText('my ssh', 18)],
    text,
  );
  assert.equal(owners.references[0]?.owner, 'ufw rule "my ssh"');
});

/** `$X` is what a variable puts in. */
const unknown: readonly (readonly [text: string, ...outcome: string[]])[] = [
  ['allow $X'],
  ['allow $X/tcp', 'allow ?/tcp'],
  ['allow 22/$X', 'allow 22'],
  ['allow $X/$X', 'allow ?'],
  ['allow 8000:$X/tcp', 'allow ?/tcp'],
  ['allow 22,$X/tcp', 'allow 22/tcp', 'allow ?/tcp'],
  ['allow $X 22/tcp', 'allow 22/tcp'],
  ['$X allow 22/tcp', 'match 22/tcp'],
  ['$X 22/tcp', 'match 22/tcp'],
  ['$X 3'],
  ['$X'],
  ['allow $X port 22', 'match 22'],
  ['allow from $X to any port 22', 'allow 22'],
  ['allow from $X port 53', 'source 53'],
  ['allow to any port $X', 'allow ?'],
  ['allow to any port 80,443 from $X', 'allow 80', 'allow 443'],
  ['allow to any port 22 $X', 'allow 22'],
  ['allow from $X to any port 70000', "invalid-port «70000» Bad port '70000'"],
  [
    'allow from 10.0.0.300 to any port $X',
    'allow ? refused',
    'invalid-address «10.0.0.300» Bad source address',
  ],
  ['allow 70000 comment $X', 'invalid-port «70000» Bad port'],
  [
    'allow 80,443 comment $X',
    'allow 80 refused',
    'allow 443 refused',
    "missing-transport «80,443» Must specify 'tcp' or 'udp' with multiple ports",
  ],
  ['allow $X 70000'],
  ['status $X'],
  ['delete $X'],
];

test('what cannot be known is not guessed', () => {
  for (const [text, ...outcome] of unknown) {
    assert.deepEqual(told(readUfwCommand(words(text), text), text), outcome, text);
  }
});

test('a rule that a variable decides of is not told', () => {
  for (const text of ['allow $X 22/tcp', '$X allow 22/tcp', '$X 22/tcp', 'allow to any port 22 $X']) {
    assert.equal(readUfwCommand(words(text), text).references[0]?.rule, undefined, text);
  }
  const text = 'allow from $X to any port 22';
  const [reference] = readUfwCommand(words(text), text).references;
  assert.deepEqual(reference?.rule?.conditions, ['from $X']);
});

/** `|` is where another word can be typed; slots by their characters, `!` for digits alone. */
const slots: readonly (readonly [text: string, ...slots: string[]])[] = [
  ['allow |', 'allow «»'],
  ['deny in |', 'deny «»'],
  ['allow log |', 'allow «»'],
  ['|'],
  ['allow 22|', 'allow «22»'],
  ['allow 22/tcp|', 'allow «22»/tcp'],
  ['allow 22/|', 'allow «22»'],
  ['allow 80,4|', 'allow! «80»', 'allow! «4»'],
  ['allow 80,|', 'allow! «80»', 'allow! «»'],
  ['allow 8000:|', 'allow! «8000»', 'allow! «» above 8000'],
  ['allow Open|', 'allow «Open»'],
  ['allow to any port |', 'allow «»'],
  ['allow from any port |', 'source «»'],
  ['allow to any port 22 |', 'allow «22»'],
  ['allow proto udp to any port 5|', 'allow «5»/udp'],
  ['allow in on |'],
  ['allow to any app |'],
  ['allow $X|'],
];

test('slots', () => {
  for (const [marked, ...expected] of slots) {
    const text = marked.replace('|', '');
    const found = readUfwCommand(words(text), text).slots.map(
      ({ span, role, names, transport, above }) =>
        `${role}${names ? '' : '!'} «${slice(text, span)}»${transport === undefined ? '' : `/${transport}`}${above === undefined ? '' : ` above ${above}`}`,
    );
    assert.deepEqual(found, expected, marked);
  }
});

describe('lines of commands', () => {
  const lines: readonly (readonly [text: string, ...outcome: string[]])[] = [
    ['ufw allow 1\nsudo ufw allow 2\n/usr/sbin/ufw allow 3', 'allow 1', 'allow 2', 'allow 3'],
    ['ufw allow 1 # ufw allow 2', 'allow 1'],
    ['# ufw allow 1'],
    ['$ ufw allow 1', 'allow 1'],
    ['ufw allow 1 && ufw allow 2; ufw allow 3 | cat', 'allow 1', 'allow 2', 'allow 3'],
    ['ufw allow \\\n  to any \\\n  port 22', 'allow 22'],
    ['ufw allow \\\r\n  22\r\nufw allow 23\r\n', 'allow 22', 'allow 23'],
    ['ufw allow "22\nufw allow 23', 'allow 22', 'allow 23'],
    ["ufw allow '22/tcp'", 'allow 22/tcp'],
    ['ufw allow "99999', 'allow ?'],
    ['ufw allow <port>\nufw delete <number>'],
    ['ufwd allow 1\nmyufw allow 2'],
    ['ufw'],
  ];
  for (const [text, ...outcome] of lines) {
    test(JSON.stringify(text), () => {
      const expected = outcome.filter((each) => each !== 'allow ?');
      assert.deepEqual(told(ufw.read(text, { name: 'rules.ufw', variables: new Map() }), text), expected);
    });
  }

  test('a port can be typed at the end of a line', () => {
    const text = 'ufw allow \r\nufw allow from any to any port \nufw deny';
    const { slots: found } = ufw.read(text, { name: 'rules.ufw', variables: new Map() });
    assert.deepEqual(
      found.map(({ span }) => span.start),
      [10, 43],
    );
  });
});

describe('tuples', () => {
  const tuples: readonly (readonly [text: string, ...outcome: string[]])[] = [
    ['allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in', 'allow 22/tcp ufw rule · ufw incoming ipv4 allow'],
    ['allow any 22 0.0.0.0/0 any 0.0.0.0/0', 'allow 22 ufw rule · ufw incoming ipv4 allow'],
    ['limit tcp 22 ::/0 any fe80::/10 in', 'allow 22/tcp ufw rule · ufw incoming ipv6 limit from fe80::/10'],
    [
      'deny_log udp 53 10.0.0.1 any 0.0.0.0/0 out_eth0',
      'deny 53/udp ufw rule · ufw outgoing ipv4 deny on eth0 to 10.0.0.1',
    ],
    [
      'route:reject tcp 80 0.0.0.0/0 any 0.0.0.0/0 in_eth0!out_eth1',
      'deny 80/tcp ufw rule · ufw routed ipv4 reject in on eth0 out on eth1',
    ],
    [
      'allow udp 68 0.0.0.0/0 67 0.0.0.0/0 in',
      'allow 68/udp ufw rule · ufw incoming ipv4 allow from any port 67',
      'source 67/udp ufw rule · ufw incoming ipv4 allow to any port 68',
    ],
    [
      'allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 Nginx%20Full - in',
      'allow 80/tcp ufw rule for profile "Nginx Full" · ufw incoming ipv4 allow',
      'allow 443/tcp ufw rule for profile "Nginx Full" · ufw incoming ipv4 allow',
    ],
    [
      'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in comment=6dc3bc6c6c',
      'allow 22/tcp ufw rule "müll" · ufw incoming ipv4 allow',
    ],
    ['allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in comment=ff', 'allow 22/tcp ufw rule · ufw incoming ipv4 allow'],
    ['drop tcp 22 0.0.0.0/0 any 0.0.0.0/0 in', 'deny 22/tcp ufw rule · ufw incoming ipv4 deny'],
    ['allow any any 0.0.0.0/0 any 10.0.0.0/8 in'],
    ['allow tcp {{ port }} 0.0.0.0/0 any 0.0.0.0/0 in'],
  ];
  for (const [text, ...outcome] of tuples) {
    test(text, () => {
      const whole = `*filter\n### tuple ### ${text}\n-A ufw-user-input -p tcp --dport 1 -j ACCEPT\n`;
      const { references, faults } = ufw.read(whole, { name: 'user.rules', variables: new Map() });
      assert.deepEqual(faults, []);
      const found = references.map(
        (each) =>
          `${portTold(each)} ${each.owner} · ${[each.rule?.chain, each.rule?.family, each.rule?.verdict, ...(each.rule?.conditions ?? [])].join(' ')}`,
      );
      assert.deepEqual(found, outcome);
    });
  }

  test('a rule of user6.rules is for IPv6', () => {
    const text = '### tuple ### allow tcp 22 any any any in';
    const family = (name: string) =>
      ufw.read(text, { name, variables: new Map() }).references[0]?.rule?.family;
    assert.deepEqual([family('user.rules'), family('user6.rules')], [undefined, 'ipv6']);
  });
});

test('a text of ufw is told from others', () => {
  const looksLike = ufw.looksLike ?? (() => false);
  assert.ok(looksLike('### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in'));
  assert.ok(looksLike('# comment\n\nsudo ufw allow 22\nufw enable\n'));
  for (const text of [
    '',
    '#!/bin/sh\nufw allow 22\n',
    '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n',
    'ENABLED=yes\nLOGLEVEL=low\n',
    'To open a port, type\nufw allow 22\nand then look\nat the status',
    '[ufw]\ntitle=x\n',
  ]) {
    assert.ok(!looksLike(text), text);
  }
});

describe('hostile texts are read to their end, in time in proportion to them', { timeout: 60_000 }, () => {
  const many = 100_000;
  const texts: Readonly<Record<string, string>> = {
    'one long line': `ufw allow ${'1,'.repeat(many)}1/tcp`,
    'one long range': `ufw allow ${'1:'.repeat(many)}`,
    'many words': `ufw allow ${'from any port 1 '.repeat(many / 4)}`,
    'many interfaces': `ufw route allow ${'in on a '.repeat(many / 8)}${'to any '.repeat(many / 8)}`,
    'many comments': `ufw allow ${'comment '.repeat(many)}`,
    'many commands': 'ufw allow 22;'.repeat(many / 4),
    'many lines': 'ufw allow 22/tcp\n'.repeat(many / 4),
    'many continued lines': 'ufw allow \\\n'.repeat(many / 4),
    'many variables': `ufw allow ${'$a'.repeat(many / 2)}/tcp comment ${'$a'.repeat(many / 2)}`,
    'unknown address': `ufw allow from ${'$a'.repeat(many / 2)} to any port 1`,
    'open quotes': 'ufw allow "\n'.repeat(many / 4),
    'open substitutions': 'ufw allow $('.repeat(many / 8),
    backslashes: `ufw allow ${'\\'.repeat(many)}`,
    blanks: `ufw allow${' '.repeat(many)}x`,
    zeros: `ufw allow ${'0'.repeat(many)}80/tcp`,
    brackets: `ufw allow ${'<a'.repeat(many)}`,
    binary: `ufw allow ${'\0\u0001\uD800\uDFFF\uFEFF'.repeat(many / 8)}`,
    'one long tuple': `### tuple ### allow tcp ${'1,'.repeat(many)}1 any any any in`,
    'many fields': `### tuple ### ${'a '.repeat(many)}`,
    'long comment': `### tuple ### allow tcp 1 any any any in comment=${'ab'.repeat(many)}`,
    'many tuples': '### tuple ### allow tcp 1 any any any in\n'.repeat(many / 8),
  };
  for (const [title, text] of Object.entries(texts)) {
    test(title, () => {
      const reading = ufw.read(text, { name: 'user.rules', variables: new Map() });
      ufw.looksLike?.(text);
      assertWithin(reading, text.length);
      for (const { message } of reading.faults) assert.ok(message.length < 1500);
    });
  }
});

/** Words as a shell makes them, by blanks; `$X` is unknown and keeps its name. */
function words(text: string): readonly SourcedText[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
    const builder = new SourcedTextBuilder();
    let at = 0;
    for (const { 0: name, index: place } of word.matchAll(/\$X/g)) {
      builder.literal(word.slice(at, place), index + at);
      const span = { start: index + place, end: index + place + name.length };
      const variable: VariableUse = { name: 'X', span, from: 'unknown' };
      builder.replaced(unknownText, span, variable);
      at = place + name.length;
    }
    builder.literal(word.slice(at), index + at);
    return builder.text();
  });
}

function told(
  { references, faults }: Pick<Reading, 'references' | 'faults'>,
  text: string,
): readonly string[] {
  return [
    ...references.map(portTold),
    ...faults.map((fault) => {
      const [, said] = / \((?:ufw|iptables): (.*)\)\.$/.exec(fault.message) ?? [];
      return `${faultTold(fault, text)}${said === undefined ? '' : ` ${said}`}`;
    }),
  ];
}

function portTold(reference: PortReference): string {
  return `${reference.role} ${portsTold(reference)}${reference.isRefused ? ' refused' : ''}`;
}
