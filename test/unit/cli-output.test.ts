import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faultless, faulty, folder, found, outcome, placeOf, portolan, portRows } from '../harness/program';

describe('lint', () => {
  test('prints a line for each finding and then how many there are', () => {
    const cwd = folder({ Dockerfile: 'FROM alpine\nEXPOSE 70000 80/icmp\n' });
    const { stdout, stderr, status } = portolan(['lint', 'Dockerfile'], { cwd });
    const lines = stdout.split('\n');
    assert.equal(lines[0], `Dockerfile:2:8: ${found}`);
    assert.match(
      lines[1] ?? '',
      /^Dockerfile:2:17: error: "icmp" is not a protocol .* \[invalid-transport\]$/,
    );
    assert.deepEqual(lines.slice(2), ['2 findings in 1 file', '']);
    assert.deepEqual([stderr, status], ['', 1]);
  });

  test('says so when there is nothing to say', () => {
    const cwd = folder({ Dockerfile: faultless, 'compose.yaml': 'services: {}\n' });
    assert.deepEqual(outcome(['lint'], { cwd }), ['no findings in 2 files\n', '', 0]);
  });

  test('has every documented key in JSON', () => {
    const text = 'services:\n  "🚢": { ports: ["70000"] }\n';
    const cwd = folder({ 'compose.yaml': text });
    const { stdout, status } = portolan(['lint', '--format', 'json'], { cwd });
    const expected = {
      rule: 'invalid-port',
      severity: 'error',
      message: '70000 is above 65535, the highest port (Docker: invalid containerPort: 70000).',
      file: 'compose.yaml',
      ...placeOf(text, '70000'),
      related: [],
    };
    assert.deepEqual(JSON.parse(stdout), [expected]);
    assert.equal(status, 1);
  });

  test('is an empty list in JSON when there is nothing', () => {
    const cwd = folder({ Dockerfile: faultless });
    assert.deepEqual(outcome(['lint', '--format=json'], { cwd }), ['[]\n', '', 0]);
  });

  for (const [level, status] of [
    ['none', 1],
    ['hint', 1],
    ['information', 1],
    ['warning', 1],
    ['error', 0],
  ] as const) {
    test(`--max-severity ${level} ends with ${status} where there is an error, and shows it`, () => {
      const cwd = folder({ Dockerfile: faulty });
      const ended = portolan(['lint', '--max-severity', level], { cwd });
      assert.equal(ended.status, status);
      assert.match(ended.stdout, /\[invalid-port\]/);
    });
  }

  test('resolves a variable from the .env beside the file', () => {
    const compose = 'services:\n  a:\n    ports: ["${WEB_PORT}:80"]\n';
    const cwd = folder({
      'good/compose.yaml': compose,
      'bad/compose.yaml': compose,
      'bad/.env': 'WEB_PORT=http\n',
    });
    const { stdout, status } = portolan(['lint', '--format', 'json'], { cwd });
    const rows: { rule: string; file: string }[] = JSON.parse(stdout);
    assert.deepEqual(
      rows.map(({ rule, file }) => [rule, file]),
      [['invalid-port', 'bad/compose.yaml']],
    );
    assert.equal(status, 1);
  });
});

describe('ports', () => {
  test('has every documented key in JSON; columns count UTF-16 code units', () => {
    const text = 'services:\n  "🚢": { image: 例, ports: ["127.0.0.1:5353:53/udp"] }\n';
    const cwd = folder({ 'compose.yaml': text });
    const { stdout, stderr, status } = portolan(['ports', '--format', 'json'], { cwd });
    const common = {
      file: 'compose.yaml',
      transport: 'udp',
      address: '127.0.0.1',
      owner: 'service "🚢"',
      dialect: 'compose',
      mapping: `compose.yaml:2:${placeOf(text, '127').column}`,
      rule: null,
    };
    assert.deepEqual(JSON.parse(stdout), [
      { ...common, ...placeOf(text, '5353'), text: '5353', first: 5353, last: 5353, role: 'publish' },
      { ...common, ...placeOf(text, '53/', 2), text: '53', first: 53, last: 53, role: 'target' },
    ]);
    // The emoji is two code units: a count of characters gives one less, a count of bytes more.
    assert.equal(placeOf(text, '5353').column, 40);
    assert.deepEqual([stderr, status], ['', 0]);
  });

  test('tells what a rule of a packet filter does, for which address, and that it is about all other ports', () => {
    const rule = '-A INPUT -d 10.1.2.3 -p tcp ! --dport 82 -j ACCEPT';
    const cwd = folder({ 'rules.v4': `*filter\n:INPUT DROP [0:0]\n${rule}\nCOMMIT\n` });
    const [row] = JSON.parse(portolan(['ports', '--format', 'json'], { cwd }).stdout);
    assert.deepEqual(
      [row.role, row.address, row.rule],
      [
        'match',
        '10.1.2.3',
        { chain: 'filter/INPUT', verdict: 'ACCEPT', negated: true, conditions: ['-d 10.1.2.3'] },
      ],
    );
  });

  test('writes null for what is not known or not written', () => {
    const text = 'services:\n  a:\n    ports: ["${NOWHERE}:80"]\n    environment: { PORT: 3000 }\n';
    const rows = portRows(text);
    assert.deepEqual(
      rows.map(({ text, first, last, transport, address }) => [text, first, last, transport, address]),
      [
        ['${NOWHERE}', null, null, 'tcp', null],
        ['80', 80, 80, 'tcp', null],
        ['3000', 3000, 3000, null, null],
      ],
    );
  });

  test('gives a range by its first and last port', () => {
    const [row] = portRows('services:\n  a:\n    expose: ["8000-8002"]\n');
    assert.deepEqual([row?.text, row?.first, row?.last, row?.role], ['8000-8002', 8000, 8002, 'expose']);
  });

  test('gives both ends of a mapping one id, which no other mapping has', () => {
    const rows = portRows('services:\n  a:\n    ports: ["8080:80", "8443:443"]\n');
    const [first, second, third, fourth] = rows.map(({ mapping }) => mapping);
    assert.equal(typeof first, 'string');
    assert.equal(first, second);
    assert.equal(third, fourth);
    assert.notEqual(first, third);
  });

  test('keeps two uses of one YAML alias apart', () => {
    const rows = portRows('services:\n  a:\n    ports: &p ["8080:80"]\n  b:\n    ports: *p\n');
    const ids = new Map(rows.map(({ owner, mapping }) => [owner, mapping]));
    assert.equal(rows.length, 4);
    assert.equal(new Set(ids.values()).size, 2);
  });

  test('gives no id where Docker picks the host port, or nothing is published', () => {
    const rows = portRows('services:\n  a:\n    ports: ["80", "0:81"]\n    expose: ["82"]\n');
    assert.deepEqual(
      rows.map(({ role, first, mapping }) => [role, first, mapping]),
      [
        ['target', 80, null],
        ['publish', 0, null],
        ['target', 81, null],
        ['expose', 82, null],
      ],
    );
  });

  test('prints a line for each port, in the order of the text', () => {
    const compose =
      'services:\n  web:\n    ports: ["8080-8081:80-81", "[::1]:53:53/udp", "${P}:1"]\n    environment: { PORT: 3000 }\n';
    const cwd = folder({ 'compose.yaml': compose, Dockerfile: 'FROM alpine AS base\nEXPOSE 80\n' });
    const { stdout, stderr, status } = portolan(['ports', 'compose.yaml', 'Dockerfile'], { cwd });
    assert.deepEqual(stdout.split('\n'), [
      'compose.yaml:3:14: 8080-8081/tcp publish (service "web")',
      'compose.yaml:3:24: 80-81/tcp target (service "web")',
      'compose.yaml:3:39: 53/udp publish ::1 (service "web")',
      'compose.yaml:3:42: 53/udp target ::1 (service "web")',
      'compose.yaml:3:52: ${P}/tcp publish (service "web")',
      'compose.yaml:3:57: 1/tcp target (service "web")',
      'compose.yaml:4:26: 3000 declare (service "web")',
      'Dockerfile:2:8: 80/tcp expose (stage "base")',
      '',
    ]);
    assert.deepEqual([stderr, status], ['', 0]);
  });

  test('prints nothing where there is no port', () => {
    assert.deepEqual(outcome(['ports'], { cwd: folder({ Dockerfile: 'FROM alpine\n' }) }), ['', '', 0]);
  });

  test('comes through a pipe whole, however long it is', () => {
    const cwd = folder({ Dockerfile: `FROM alpine\n${'EXPOSE 8080\n'.repeat(5_000)}` });
    const { stdout } = portolan(['ports', '--format', 'json'], { cwd });
    assert.equal(JSON.parse(stdout).length, 5_000);
  });
});
