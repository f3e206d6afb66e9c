import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firewalld } from '../../server/dialects/firewalld/firewalld';
import { fitsPattern } from '../../server/model/file-name';
import { portsText } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { slice } from '../../server/model/span';
import { readPortText } from '../../server/syntax/firewalld/port-text';
import { assertWithin } from '../harness/told';

/** Port texts with what firewalld makes of them (functions.getPortRange). */
const texts: readonly (readonly [text: string, outcome: string])[] = [
  ['80', '80'],
  ['010', '10'],
  [' 80 ', '80'],
  ['+80', '80'],
  ['8_0', '80'],
  ['0', '0 zero'],
  ['-0', '0 zero'],
  ['65535', '65535'],
  ['65536', 'too big'],
  ['-1', 'invalid'],
  ['', 'invalid'],
  ['80-90', '80-90'],
  ['80 - 90', '80-90'],
  ['90-80', '80-90 swapped'],
  ['80-80', '80'],
  ['1024-', '1024 half-open'],
  ['1024--', 'invalid'],
  ['80-90-100', 'invalid'],
  ['80-70000', 'invalid'],
  ['80:90', 'invalid'],
  ['80,443', 'invalid'],
  ['0x50', 'invalid'],
  ['80tcp', 'invalid'],
  ['ssh', '22'],
  ['ftp-data', '20'],
  ['ssh-http', '22-80'],
  ['http-ssh', '22-80 swapped'],
  ['80-ssh', '22-80 swapped'],
  ['http-', '80 half-open'],
  ['HTTP', 'unknown'],
  ['my-service', 'unknown'],
  ['ssh-other', 'unknown'],
  ['{{ port }}', 'unknown'],
  ['$PORT', 'unknown'],
  ['٨٠', 'unknown'],
];

for (const [text, outcome] of texts) {
  test(`port text ${JSON.stringify(text)}`, () => {
    const read = readPortText(text);
    const shown =
      read.ports === undefined
        ? (read.refusal ?? 'unknown')
        : [portsText(read.ports), ...(read.oddity ? [read.oddity] : [])].join(' ');
    assert.equal(shown, outcome);
  });
}

test('names with many dashes are read in no time', { timeout: 20_000 }, () => {
  for (const piece of ['a-', '1-', '-', 'ssh-', '1_', ' ']) readPortText(piece.repeat(200_000));
});

describe('where a rule stands and what it says', () => {
  const rules = (text: string) => read(text).references.map(({ role, rule }) => ({ role, ...rule }));
  test('a port of a zone is accepted', () => {
    assert.deepEqual(rules('<zone><port port="80" protocol="tcp"/></zone>'), [
      { role: 'allow', chain: 'zone public', isNegated: false, conditions: [], verdict: 'accept' },
    ]);
  });
  test('a rich rule has conditions in the words of the rich language', () => {
    const text =
      '<policy target="DROP"><rule family="ipv4"><source address="10.0.0.1" invert="true"/>' +
      '<destination ipset="web"/><port port="80" protocol="tcp"/><drop><limit value="1/m"/></drop></rule></policy>';
    assert.deepEqual(rules(text), [
      {
        role: 'deny',
        chain: 'policy public',
        family: 'ipv4',
        isNegated: false,
        conditions: ['source NOT address="10.0.0.1"', 'destination ipset="web"', 'limit value="1/m"'],
        verdict: 'drop',
      },
    ]);
  });
  test('a service has no rules', () => {
    assert.deepEqual(rules('<service><port port="80" protocol="tcp"/></service>'), [{ role: 'declare' }]);
  });
});

describe('where a port can be typed', () => {
  const cases: readonly (readonly [inner: string, ...slots: string[]])[] = [
    ['<port port="" protocol="udp"/>', '«» allow udp'],
    ['<port port="80-" protocol="tcp"/>', '«80» allow tcp', '«» allow tcp above 80'],
    ['<port port="ssh" protocol="tcp"/>', '«ssh» allow tcp'],
    ['<port port="8', '«8» allow'],
    ['<port port=8 protocol="tcp"/>', '«8» allow tcp'],
    ['<port port=/>', '«» allow'],
    ['<forward-port port="80" protocol="tcp" to-port=""/>', '«80» match tcp', '«» forward tcp'],
    ['<rule><port port="" protocol="tcp"/><drop/></rule>', '«» deny tcp'],
    ['<rule><port port="', '«» match'],
    ['<port port="&#56;0" protocol="tcp"/>'],
  ];
  for (const [inner, ...slots] of cases) {
    test(inner, () => {
      const text = `<zone>${inner}`;
      assert.deepEqual(
        read(text).slots.map(({ span, role, transport, above, names, accepts }) => {
          assert.ok(names && accepts === 'port');
          const rest = [
            role,
            ...(transport ? [transport] : []),
            ...(above === undefined ? [] : [`above ${above}`]),
          ];
          return [`«${slice(text, span)}»`, ...rest].join(' ');
        }),
        slots,
      );
    });
  }
});

describe('whose files they are', () => {
  const cases: readonly (readonly [isOurs: boolean, text: string])[] = [
    [true, '<zone><port port="80" protocol="tcp"/></zone>'],
    [true, '<?xml version="1.0"?>\n<!-- <x> --><zone target="DROP"><interface name="eth0"/></zone>'],
    [true, '<zone><rule><port port="80" protocol="tcp"/><accept/></rule></zone>'],
    [true, '<service><short>x</short></service>'],
    [true, '<service version="1.0"><port protocol="tcp" port="80"/></service>'],
    [true, '<service><include service="ssh"/></service>'],
    [true, '<policy target="ACCEPT"><ingress-zone name="public"/></policy>'],
    [true, '<helper module="nf_conntrack_ftp"/>'],
    [true, '<ipset type="hash:ip"/>'],
    [true, '<direct><rule ipv="ipv4" table="filter" chain="INPUT" priority="0">-j DROP</rule></direct>'],
    [true, '<zone><port port="80" protocol="tcp"/><port port="8'],
    [false, ''],
    [false, 'port="80"'],
    [false, '<service/>'],
    [false, '<service><id>x</id><port port="80" protocol="tcp"/></service>'],
    [false, '<service><description>x</description></service>'],
    [false, '<service><port>80</port></service>'],
    [false, '<service name="a" xmlns="urn:b"><port port="80" protocol="tcp"/></service>'],
    [false, '<service class="a"><port port="80" protocol="tcp"/></service>'],
    [false, '<service><port name="a" port="80" protocol="tcp"/></service>'],
    [false, '<services><port port="80" protocol="tcp"/></services>'],
    [false, '<zone><service name="a"/></zone>'],
    [false, '<zone name="header"><widget/></zone>'],
    [false, '<policy name="p"><rule/></policy>'],
    [false, '<direct><rule>x</rule></direct>'],
    [false, '<helper><port port="80" protocol="tcp"/></helper>'],
    [false, '<project><zone><port port="80" protocol="tcp"/></zone></project>'],
  ];
  for (const [isOurs, text] of cases) {
    test(`${isOurs ? 'ours' : 'not ours'}: ${text}`, () => assert.equal(firewalld.looksLike?.(text), isOurs));
  }
  test('folders that prove it', () => {
    const isPlaced = (path: string): boolean =>
      firewalld.paths?.some((pattern) => fitsPattern(`file://${path}`, pattern)) === true;
    for (const path of [
      '/etc/firewalld/zones/public.xml',
      '/usr/lib/firewalld/services/ssh.xml',
      '/root/etc/firewalld/policies/web.xml',
      '/etc/firewalld/direct.xml',
    ]) {
      assert.ok(isPlaced(path), path);
    }
    for (const path of [
      '/etc/firewalld/firewalld.conf',
      '/etc/zones/public.xml',
      '/etc/firewalld/zones/public.xml.old',
    ]) {
      assert.ok(!isPlaced(path), path);
    }
  });
});

/** The limit ends a hang, it is no measurement. */
test('hostile texts are read to their end', { timeout: 60_000 }, () => {
  const pieces = [
    '<port port="80" protocol="tcp"/>',
    '<rule><port port="1" protocol="tcp"/>',
    '<rule>',
    '<limit value="1/m"/>',
    '<port port="1-1-1',
    '<entry>1.1.1.1,80</entry>',
    '<entry>1,',
    '<rule ipv="ipv4">\' ',
    '<egress-zone name="ANY"/><forward-port port="1" protocol="tcp" to-port="2"/>',
    '\uD800\0',
  ];
  for (const root of ['zone', 'policy target="DROP"', 'service', 'ipset type="hash:ip,port"', 'direct']) {
    for (const piece of pieces) {
      const text = `<${root}>${piece.repeat(3_000)}`;
      assertWithin(read(text), text.length);
    }
  }
});

test('the text can be cut anywhere', () => {
  const text =
    '<?xml version="1.0"?><zone target="DROP"><!-- x --><short>a &amp; b</short><port port="80-90" protocol="tcp"/>' +
    '<rule family="ipv4"><source address="10.0.0.1"/><forward-port port="1" protocol="udp" to-port="2"/></rule></zone>';
  for (let length = 0; length <= text.length; length += 1) {
    assertWithin(read(text.slice(0, length)), length);
  }
});

function read(text: string): Reading {
  return firewalld.read(text, { name: 'public.xml', variables: new Map() });
}
