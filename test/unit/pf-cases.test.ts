import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pf } from '../../server/dialects/pf/pf';
import { portsText } from '../../server/model/port';

/**
 * Cases that are put together from the grammar of OpenBSD's and FreeBSD's sbin/pfctl/parse.y: every port expression in
 * every place, each with what pfctl makes of it. There is no pfctl to run where the tests run.
 */
interface Expression {
  readonly text: string;
  /** The ports, `!` in front where it means all others, `none` where nothing matches; absent when pfctl refuses. */
  readonly ports?: readonly string[];
  /** True when it holds an operator that `rdr` refuses. */
  readonly hasOperator?: boolean;
  /** False for text that cannot be put into a macro's quotation marks. */
  readonly inMacro?: boolean;
}

const accepted: readonly Expression[] = [
  { text: '80', ports: ['80'] },
  { text: '0', ports: ['0'] },
  { text: '65535', ports: ['65535'] },
  { text: '080', ports: ['80'] },
  { text: '010', ports: ['10'] },
  { text: '"010"', ports: ['8'], inMacro: false },
  { text: '0x50', ports: ['80'] },
  { text: 'ssh', ports: ['22'] },
  { text: 'tftp', ports: ['69'] },
  { text: '"80"', ports: ['80'], inMacro: false },
  { text: '= 80', ports: ['80'] },
  { text: '=80', ports: ['80'] },
  { text: '!= 80', ports: ['!80'], hasOperator: true },
  { text: '!=ssh', ports: ['!22'], hasOperator: true },
  { text: '< 1024', ports: ['0-1023'], hasOperator: true },
  { text: '<= 1024', ports: ['0-1024'], hasOperator: true },
  { text: '> 1024', ports: ['1025-65535'], hasOperator: true },
  { text: '>= 1024', ports: ['1024-65535'], hasOperator: true },
  { text: '< 0', ports: ['none'], hasOperator: true },
  { text: '> 65535', ports: ['none'], hasOperator: true },
  { text: '80:90', ports: ['80-90'] },
  { text: '80:80', ports: ['80'] },
  { text: '= 80:80', ports: ['80'] },
  { text: '010:020', ports: ['8-16'] },
  { text: 'ssh:http', ports: ['22-80'] },
  { text: '0:65535', ports: ['0-65535'] },
  { text: '80 >< 90', ports: ['81-89'], hasOperator: true },
  { text: '80><90', ports: ['81-89'], hasOperator: true },
  { text: '80 >< 81', ports: ['none'], hasOperator: true },
  { text: '80 <> 90', ports: ['!80-90'], hasOperator: true },
  { text: '80 <> 80', ports: ['!80'], hasOperator: true },
  { text: '{ 80 }', ports: ['80'] },
  { text: '{80}', ports: ['80'] },
  { text: '{ 80 443 }', ports: ['80', '443'] },
  { text: '{ 80, 443 }', ports: ['80', '443'] },
  { text: '{80,443,8000:8010}', ports: ['80', '443', '8000-8010'] },
  { text: '{ ssh, 80:90, != 443 }', ports: ['22', '80-90', '!443'], hasOperator: true },
  { text: '{ 80 90 >< 100 }', ports: ['80', '91-99'], hasOperator: true },
];

const refused: readonly Expression[] = [
  ...['65536', '70000', '99999999999999999999', '-1', '"08"', '"80 "', '""', '80-90', '1.5'],
  ...['80:65536', '90:80', '80:', ':80', ':', '80:90:100', '08:09', '= 80:90', '!= 80:90', '< 80:90'],
  ...[
    '80 >< 80',
    '90 >< 80',
    '90 <> 80',
    '80:90 >< 100',
    '80 >< 90:100',
    '80 ><',
    '80,443',
    '80, 443',
    '80 443',
  ],
  ...[
    '{ }',
    '{ 80, }',
    '{ ,80 }',
    '{ 80,,443 }',
    '{ 80',
    '{ 80 90:80 }',
    '{ 80 70000 }',
    '{ 80-90 }',
    '',
    '=',
    '/',
  ],
].map((text) => ({ text, inMacro: !text.includes('"') && text !== '' }));

interface Place {
  readonly name: string;
  write(text: string): string;
  /** What a port of it is told as; undefined for a place in which pfctl refuses every port. */
  readonly told?: string;
  /** False for an expression that only this place refuses. */
  takes?(expression: Expression): boolean;
}

const places: readonly Place[] = [
  {
    name: 'to … port, passed',
    write: (text) => `pass in proto tcp from any to any port ${text}\n`,
    told: 'allow tcp',
  },
  {
    name: 'from … port, blocked',
    write: (text) => `block in quick on em0 proto udp from any port ${text} to any\n`,
    told: 'source udp',
  },
  {
    name: 'to port, for two protocols',
    write: (text) => `block return proto { tcp, udp } to port ${text}\nset skip on lo\n`,
    told: 'deny -',
  },
  { name: 'an anchor', write: (text) => `anchor "a" proto tcp to port ${text}\n`, told: 'match tcp' },
  { name: 'no protocol', write: (text) => `pass in from any to any port ${text}\n` },
  { name: 'a protocol without ports', write: (text) => `pass in proto icmp to port ${text}\n` },
  {
    name: 'rdr',
    write: (text) => `rdr on em0 proto tcp from any to any port ${text} -> 10.0.0.1\n`,
    told: 'match tcp',
    takes: ({ hasOperator }) => hasOperator !== true,
  },
  {
    name: 'nat, which needs no protocol',
    write: (text) => `nat on em0 from any to any port ${text} -> (em0)\n`,
    told: 'match -',
  },
  {
    name: 'a macro',
    write: (text) => `p = "${text}"\npass in proto tcp to port $p\n`,
    told: 'allow tcp',
    takes: ({ inMacro }) => inMacro !== false,
  },
];

const traps = new Set(['octal-port', 'excluded-ends', 'zero-port']);

let count = 0;

for (const place of places) {
  describe(place.name, () => {
    for (const expression of [...accepted, ...refused]) {
      if (place.name === 'a macro' && expression.inMacro === false) continue;
      count += 1;
      test(expression.text, () => {
        const text = place.write(expression.text);
        const { faults, references } = pf.read(text, { name: 'pf.conf', variables: new Map() });
        const errors = faults.filter(({ rule }) => !traps.has(rule));
        const isFine =
          expression.ports !== undefined && place.told !== undefined && place.takes?.(expression) !== false;
        assert.equal(errors.length === 0, isFine, JSON.stringify(errors));
        if (!isFine) return;
        const told = references
          .filter(({ role }) => role !== 'declare')
          .map(({ role, transport, ports, rule }) => {
            const not = rule?.isNegated ? '!' : '';
            return `${role} ${transport ?? '-'} ${not}${ports === undefined ? 'none' : portsText(ports)}`;
          });
        const expected = expression.ports?.map((ports) => {
          const isOther = ports.startsWith('!') && !place.told?.startsWith('source');
          return `${isOther ? place.told?.replace(/^\w+/, 'match') : place.told} ${ports}`;
        });
        assert.deepEqual(told, expected);
      });
    }
  });
}

/** Where packets are sent on to: the text behind the word `port`, and what comes of it. */
const targets: readonly (readonly [rule: string, ...told: string[]])[] = [
  ['pass in proto tcp to port 80 rdr-to 10.0.0.1 port 8080', 'allow tcp 80', 'forward tcp 8080 10.0.0.1'],
  ['pass in proto tcp to port 80 rdr-to 10.0.0.1 port http', 'allow tcp 80', 'forward tcp 80 10.0.0.1'],
  ['pass in proto tcp rdr-to 10.0.0.1 port 8000:8010', 'forward tcp 8000-8010 10.0.0.1'],
  [
    'pass in proto tcp to port 80:90 rdr-to 10.0.0.1 port 8000:*',
    'allow tcp 80-90',
    'forward tcp 8000-8010 10.0.0.1',
  ],
  ['pass in proto tcp to port 80 rdr-to 10.0.0.1 port 8000:*', 'allow tcp 80', 'forward tcp 8000 10.0.0.1'],
  ['pass in rdr-to 10.0.0.1 port 80', 'forward - 80 10.0.0.1'],
  ['pass in proto tcp rdr-to { 10.0.0.1, 10.0.0.2 } port 80 round-robin', 'forward tcp 80'],
  ['pass in proto tcp rdr-to <web> port 80 source-hash', 'forward tcp 80'],
  ['pass in proto tcp rdr-to 10.0.0.1 port 90:80', 'refused'],
  ['pass in proto tcp rdr-to 10.0.0.1 port { 80 81 }', 'refused'],
  ['pass in proto tcp rdr-to 10.0.0.1 port > 80', 'refused'],
  ['pass in proto tcp rdr-to 10.0.0.1 port 65536', 'refused'],
  ['pass in proto tcp rdr-to 10.0.0.1 port', 'refused'],
  ['pass out nat-to (egress) port 1024:65535', 'source - 1024-65535'],
  ['match out on egress inet nat-to (egress:0) static-port'],
  ['pass in inet6 af-to inet from 10.0.0.1 to 10.0.0.2 port 80', 'forward - 80 10.0.0.2'],
  [
    'pass in proto tcp to port 21 divert-to 127.0.0.1 port 8021',
    'allow tcp 21',
    'forward tcp 8021 127.0.0.1',
  ],
  ['pass in proto tcp to port 21 divert-to 127.0.0.1 port 0', 'refused'],
  ['pass in proto tcp to port 21 divert-to 127.0.0.1 port 80:90', 'refused'],
  ['pass in proto tcp divert-packet port 700'],
  ['pass in proto tcp divert-packet port 0', 'refused'],
  ['pass in proto tcp divert-packet port 70000', 'refused'],
  [
    'rdr pass on em0 inet proto tcp to port 80 -> 127.0.0.1 port 8080',
    'allow tcp 80',
    'forward tcp 8080 127.0.0.1',
  ],
  [
    'rdr on em0 proto { tcp udp } from any to any port 53 -> ::1 port 5353',
    'match - 53',
    'forward - 5353 ::1',
  ],
  ['rdr on em0 from any to any -> 10.0.0.1 port 80', 'refused'],
  ['rdr on em0 proto tcp to port 80 -> 10.0.0.1 port 90:80', 'match tcp 80', 'forward tcp none 10.0.0.1'],
  ['no rdr on em0 proto tcp from any to any port 80', 'match tcp 80'],
  ['nat pass on em0 inet from 10.0.0.0/8 to any -> (em0) port 1024:65535', 'source - 1024-65535'],
  ['nat on em0 proto udp from any port 500 to any -> (em0) static-port', 'source udp 500'],
  ['binat on em0 from 10.0.0.5 to any -> 192.0.2.5'],
];

describe('where packets are sent on to', () => {
  for (const [rule, ...expected] of targets) {
    count += 1;
    test(rule, () => {
      const { faults, references } = pf.read(`${rule}\n`, { name: 'pf.conf', variables: new Map() });
      const isRefused = faults.some(({ rule: id }) => !traps.has(id));
      const told = references.map(({ role, transport, ports, address }) =>
        [
          role,
          transport ?? '-',
          ports === undefined ? 'none' : portsText(ports),
          ...(address === undefined ? [] : [address.text]),
        ].join(' '),
      );
      assert.deepEqual(isRefused ? ['refused'] : told, expected);
    });
  }
});

test('there are as many cases as were asked for', () => {
  assert.ok(count >= 150, `${count}`);
});
