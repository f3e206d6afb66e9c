import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressText } from '../../server/machine/address-text';
import { inOrder } from '../../server/machine/census';
import { readLsof } from '../../server/machine/lsof';
import { readNetstat, readTasklist } from '../../server/machine/netstat';
import { readProcNetRow, readZones } from '../../server/machine/proc-net';
import type { Listener } from '../../server/model/listener';

test('an address has the spelling of RFC 5952', () => {
  for (const [text, expected] of [
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:10:0:0:0:0:0:0', '1:10::'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['0:0:0:0:0:ffff:7f00:1', '127.0.0.1'],
    ['FE80:0::1%12', 'fe80::1%12'],
    ['10.0.0.1', '10.0.0.1'],
    ['*', undefined],
    ['', undefined],
  ] as const)
    assert.equal(addressText(text), expected, text);
});

describe('a row of /proc/net', () => {
  const listening =
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 12345 1 0000000000000000 100 0 0 10 0';

  test('tells of a TCP socket that listens', () => {
    const expected = { port: 8080, transport: 'tcp', address: '127.0.0.1', inode: '12345' };
    assert.deepEqual(readProcNetRow(listening, 'tcp', 'LE'), expected);
  });

  test('tells nothing of one in another state', () => {
    for (const state of ['01', '02', '06', '07', '0B', '0C'])
      assert.equal(readProcNetRow(listening.replace(' 0A ', ` ${state} `), 'tcp', 'LE'), undefined, state);
  });

  test('has the bytes of the processor in an address', () => {
    const loopback = '00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000';
    const row = listening.replace('0100007F:1F90 00000000:0000', loopback);
    assert.equal(readProcNetRow(row, 'tcp', 'LE')?.address, '::1');
    assert.equal(
      readProcNetRow(listening.replace('0100007F', '7F000001'), 'tcp', 'BE')?.address,
      '127.0.0.1',
    );
    assert.equal(readProcNetRow(row.replace('01000000', '00000001'), 'tcp', 'BE')?.address, '::1');
    const mapped = row.replace('00000000000000000000000001000000', '0000000000000000FFFF00000100007F');
    assert.equal(readProcNetRow(mapped, 'tcp', 'LE')?.address, '127.0.0.1');
    const documentation = row.replace('00000000000000000000000001000000', 'B80D0120000000006745230100EFCDAB');
    assert.equal(readProcNetRow(documentation, 'tcp', 'LE')?.address, '2001:db8::123:4567:abcd:ef00');
  });

  test('tells of a UDP socket without a peer', () => {
    const unconnected =
      ' 5021: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000   107        0 20712 2 0000000000000000 0';
    const expected = { port: 5353, transport: 'udp', address: '0.0.0.0', inode: '20712' };
    assert.deepEqual(readProcNetRow(unconnected, 'udp', 'LE'), expected);
    for (const connected of [
      unconnected.replace(' 07 ', ' 01 '),
      unconnected.replace('00000000:0000 07', '0100007F:0000 07'),
      unconnected.replace('00000000:0000 07', '00000000:0035 07'),
    ])
      assert.equal(readProcNetRow(connected, 'udp', 'LE'), undefined, connected);
  });

  test('can be anything', () => {
    for (const text of [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '',
      listening.slice(0, 60),
      listening.replace('0100007F', '0100007'),
      listening.replace(':1F90', ':0000'),
      listening.replace('12345 1', 'x'),
    ])
      assert.equal(readProcNetRow(text, 'tcp', 'LE'), undefined, text);
  });
});

test('an address of one link gets its interface, unless several have it', () => {
  const zones = readZones(`00000000000000000000000000000001 01 80 10 80       lo
fe800000000000000042d5fffe8c2c80 03 40 20 80  docker0
fe800000000000000000000000000001 04 40 20 80     br-a
fe800000000000000000000000000001 05 40 20 80     br-b
garbage
`);
  assert.deepEqual([...zones], [['fe80::42:d5ff:fe8c:2c80', 'fe80::42:d5ff:fe8c:2c80%docker0']]);
});

describe('lsof', () => {
  // As `lsof -n -P -w -iTCP -iUDP -FpcftPnT` writes it: the first process was recorded from lsof 4.95, the others
  // have what a Mac has on top of it.
  const text = `p32215
ca b\\\\\\xc3\\xa9^x
f19
tIPv6
PTCP
n*:42845
TST=LISTEN
TQR=0
TQS=0
f20
tIPv4
PTCP
n127.0.0.1:36957
TST=LISTEN
TQR=0
TQS=0
f22
tIPv4
PUDP
n*:39450
TQR=0
TQS=0
f23
tIPv4
PUDP
n127.0.0.1:58743->127.0.0.1:9999
TQR=0
TQS=0
f24
tIPv6
PUDP
n[::1]:52314
TQR=0
TQS=0
f25
tIPv6
PTCP
n[::1]:55112->[::1]:36585
TST=ESTABLISHED
TQR=0
TQS=0
p501
cGoogle Chrome H
f30
tIPv6
PTCP
n127.0.0.1:9222
TST=LISTEN
f31
tIPv4
PUDP
n*:*
f32
tIPv4
PTCP
n*:1234
TST=CLOSED
f33
tIPv6
PUDP
n[fe80:4::aede:48ff:fe00:1122]:123
f34
tIPv6
PUDP
n[fe80:e::1]:123
`;

  test('is read field by field', () => {
    const own = { name: 'a b\\é^x', pid: 32215 };
    const chrome = { name: 'Google Chrome H', pid: 501 };
    const expected: readonly Listener[] = [
      { port: 42845, transport: 'tcp', address: '::', process: own },
      { port: 36957, transport: 'tcp', address: '127.0.0.1', process: own },
      { port: 39450, transport: 'udp', address: '0.0.0.0', process: own },
      { port: 52314, transport: 'udp', address: '::1', process: own },
      { port: 9222, transport: 'tcp', address: '127.0.0.1', process: chrome },
      { port: 123, transport: 'udp', address: 'fe80::aede:48ff:fe00:1122%en5', process: chrome },
      { port: 123, transport: 'udp', address: 'fe80::1%14', process: chrome },
    ];
    assert.deepEqual(readLsof(text, new Map([[4, 'en5']])), expected);
  });

  test('can write anything', () => {
    for (const nonsense of ['', '\n\n', 'f1', 'PTCP\nn*:1\nTST=LISTEN', text.slice(0, 200), text.slice(7)])
      assert.ok(Array.isArray(readLsof(nonsense)), nonsense);
  });
});

describe('netstat', () => {
  // As German Windows 11 writes it, with the umlaut as a console's code page leaves it.
  const text = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:135            0.0.0.0:0              ABH\uFFFDREN         1184
  TCP    127.0.0.1:3000         0.0.0.0:0              ABH\uFFFDREN         23344
  TCP    192.168.178.20:52011   52.97.201.50:443       HERGESTELLT     9612
  TCP    192.168.178.20:52012   20.42.65.85:443        WARTEND         0
  TCP    [::]:135               [::]:0                 ABH\uFFFDREN         1184
  TCP    [::1]:5432             [::]:0                 ABH\uFFFDREN         6120
  TCP    [::1]:5432             [::1]:52100            HERGESTELLT     6120
  UDP    0.0.0.0:5353           *:*                                    3404
  UDP    0.0.0.0:50127          142.250.74.14:443                      9612
  UDP    [fe80::1c2a:5d1f:9ab0:4c11%12]:1900  *:*                      5128
`.replaceAll('\n', '\r\n');

  test('is read without its words', () => {
    const names = new Map([
      [1184, 'svchost.exe'],
      [23344, 'node.exe'],
      [5128, 'svchost.exe'],
    ]);
    const expected: readonly Listener[] = [
      { port: 135, transport: 'tcp', address: '0.0.0.0', process: { name: 'svchost.exe', pid: 1184 } },
      { port: 3000, transport: 'tcp', address: '127.0.0.1', process: { name: 'node.exe', pid: 23344 } },
      { port: 135, transport: 'tcp', address: '::', process: { name: 'svchost.exe', pid: 1184 } },
      { port: 5432, transport: 'tcp', address: '::1' },
      { port: 5353, transport: 'udp', address: '0.0.0.0' },
      {
        port: 1900,
        transport: 'udp',
        address: 'fe80::1c2a:5d1f:9ab0:4c11%12',
        process: { name: 'svchost.exe', pid: 5128 },
      },
    ];
    assert.deepEqual(readNetstat(text, names), expected);
  });

  test('can write anything', () => {
    for (const nonsense of ['', 'TCP', 'UDP x *:* 1', 'TCP a:b 0.0.0.0:0 1', 'TCP :80 [::]:0 LISTENING 4'])
      assert.deepEqual(readNetstat(nonsense, new Map()), [], nonsense);
  });
});

test('tasklist is read by its quotes', () => {
  const text = `"System Idle Process","0","Services","0","8 K"\r
"System","4","Services","0","2.868 K"\r
"My, \u202Eown\u0007.exe","23344","Console","1","50,000 K"\r
INFO: No tasks are running which match the specified criteria.\r
`;
  const names = [...readTasklist(text)];
  const expected = [
    [0, 'System Idle Process'],
    [4, 'System'],
    [23344, 'My, \uFFFDown\uFFFD.exe'],
  ];
  assert.deepEqual(names, expected);
});

test('listeners are sorted, and one that is there twice is told of once', () => {
  const node = { name: 'node', pid: 20 };
  const sorted: readonly Listener[] = [
    { port: 53, transport: 'tcp', address: '127.0.0.1' },
    { port: 53, transport: 'udp', address: '127.0.0.1' },
    { port: 80, transport: 'tcp', address: '0.0.0.0', process: { name: 'nginx', pid: 7 } },
    { port: 80, transport: 'tcp', address: '0.0.0.0', process: node },
    { port: 80, transport: 'tcp', address: '::', process: node },
    { port: 8080, transport: 'tcp', address: '0.0.0.0', process: node },
  ];
  assert.deepEqual(inOrder([...sorted, ...sorted].reverse()), sorted);
});
