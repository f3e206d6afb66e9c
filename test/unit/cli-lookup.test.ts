import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { assertRefused, ended, folder, portolan, transportsOf } from '../harness/program';

describe('lookup', () => {
  test('of a number has every documented key in JSON', () => {
    const { stdout, stderr, status } = portolan(['lookup', '5432', '--format', 'json', '--no-probe']);
    const [row, ...more] = JSON.parse(stdout);
    assert.deepEqual([more, stderr, status], [[], '', 0]);
    const { port, transport, range, records, registryDate, verdict, listening } = row;
    assert.deepEqual(
      { port, transport, range },
      { port: 5432, transport: null, range: { name: 'User', first: 1024, last: 49151 } },
    );
    const record = {
      name: 'postgresql',
      first: 5432,
      last: 5432,
      status: 'assigned',
      description: 'PostgreSQL Database',
      assignee: 'Tom Lane',
      contact: 'Tom Lane',
      registered: null,
      modified: null,
      reference: null,
      serviceCode: null,
      unauthorizedUse: null,
      notes: null,
    };
    assert.deepEqual(records, [
      { ...record, transport: 'tcp' },
      { ...record, transport: 'udp' },
    ]);
    assert.match(registryDate, /^\d{4}-\d{2}-\d{2}$/);
    assert.deepEqual(Object.keys(verdict), ['kind', 'words', 'evidence']);
    assert.equal(listening, null);
    const keys = (list: readonly object[]) => Object.keys(list[0] ?? {}).join(' ');
    assert.equal(
      keys(row.practice),
      'software first last transports certainty asRegistered images exposure note source',
    );
    assert.equal(keys(row.notes), 'kind title summary paragraphs sources');
    assert.equal(keys(row.meanings), 'kind platform meaning source');
    assert.equal(keys(row.checks), 'system tool command');
    assert.equal(keys(row.neighbours), 'port name software verdict');
    assert.equal(row.uses, null);
  });

  test('of a number and a transport tells of that transport alone', () => {
    const [row] = JSON.parse(portolan(['lookup', '53/UDP', '--format', 'json']).stdout);
    assert.equal(row.transport, 'udp');
    assert.deepEqual(transportsOf(row), ['udp']);
    const { stdout, status } = portolan(['lookup', '53/udp']);
    assert.match(stdout, /^Port 53\/udp\n=+\n/);
    assert.match(stdout, /\ndomain 53\/udp\n/);
    assert.doesNotMatch(stdout, /\ndomain 53\/tcp\n/);
    assert.equal(status, 0);
  });

  test('of a name gives one page for each of its ports', () => {
    const titles = portolan(['lookup', 'http-alt', '--no-probe']).stdout.match(/^Port \d+$/gm);
    assert.deepEqual(titles, ['Port 591', 'Port 8008', 'Port 8080']);
  });

  test('of a name does not mind the case of its letters, and takes a transport', () => {
    const [row, ...more] = JSON.parse(portolan(['lookup', 'PostgreSQL/tcp', '--format', 'json']).stdout);
    assert.deepEqual([row.port, row.transport, more], [5432, 'tcp', []]);
    assert.deepEqual(transportsOf(row), ['tcp']);
  });

  test('of a program leads to its port, whoever registered that', () => {
    const rows: { port: number }[] = JSON.parse(portolan(['lookup', 'Grafana', '--format', 'json']).stdout);
    assert.deepEqual(
      rows.map(({ port }) => port),
      [3000],
    );
  });

  test('of a port that nobody registered says so', () => {
    const { stdout, status } = portolan(['lookup', '50001', '--no-probe']);
    assert.match(stdout, /IANA registers no port of this range\./);
    assert.equal(status, 0);
  });

  test('takes the first and the last port that there are', () => {
    assert.match(portolan(['lookup', '0']).stdout, /^Port 0\n/);
    assert.match(portolan(['lookup', '65535']).stdout, /Dynamic Port \(49152-65535\)/);
  });

  for (const name of ['nonesuch', 'toString', 'postgresql/sctp']) {
    test(`of a name that nobody has ends with 1: ${name}`, () => {
      const { stdout, stderr, status } = portolan(['lookup', name]);
      assert.match(stderr, new RegExp(`^portolan: no service and no program "${name}" [^\\n]+\\n$`));
      assert.deepEqual([stdout, status], ['', 1]);
    });
  }

  test('tells which files of a folder name the port', () => {
    const root = folder({
      'a/compose.yaml': 'services:\n  web: { image: nginx, ports: ["3466:80"] }\n',
      'b/Dockerfile': 'FROM alpine\nEXPOSE 3466\n',
    });
    const { stdout } = portolan(['lookup', '3466', '-C', root, '--no-probe']);
    assert.match(stdout, /- a\/compose\.yaml:2: host port of service "web"\n/);
    assert.match(stdout, /- b\/Dockerfile:2: exposed by [^\n]+\n/);
    assert.doesNotMatch(portolan(['lookup', '3466', '--no-probe']).stdout, /In this workspace/);
    const [row] = JSON.parse(
      portolan(['lookup', '3466', '-C', root, '--no-probe', '--format', 'json']).stdout,
    );
    assert.deepEqual(row.uses, [
      { file: 'a/compose.yaml', line: 2, words: 'host port of service "web"' },
      { file: 'b/Dockerfile', line: 2, words: 'exposed by the image' },
    ]);
  });

  test('tells who listens on the port now, unless that is declined', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const { stdout } = portolan(['lookup', `${port}/tcp`]);
    assert.match(stdout, new RegExp(`\\nListening now\\n-+\\n- tcp: .*on 127\\.0\\.0\\.1:${port}\\n`));
    const [row] = JSON.parse(portolan(['lookup', `${port}/tcp`, '--format', 'json']).stdout);
    assert.deepEqual(
      [row.listening[0].address, row.listening[0].transport, row.listening.length],
      ['127.0.0.1', 'tcp', 1],
    );
    assert.doesNotMatch(portolan(['lookup', `${port}`, '--no-probe']).stdout, /Listening now/);
    server.close();
    await ended(server);
    assert.match(
      portolan(['lookup', `${port}/tcp`]).stdout,
      /\nListening now\n-+\nNothing on this machine\.\n/,
    );
  });
});

describe('update-registry', () => {
  const name = 'service-names-port-numbers.csv';
  const shipped = readFileSync(join(__dirname, '../../data', name), 'utf8');
  const newer = `${shipped}portolan-test,9,tcp,A newer row,,,,2099-01-01,,,,\n`;

  test('takes the registry from a file, and later calls use it', () => {
    const cwd = folder({ [name]: newer });
    const env = {
      ...process.env,
      HOME: cwd,
      XDG_DATA_HOME: join(cwd, 'data'),
      LOCALAPPDATA: join(cwd, 'data'),
    };
    const { stdout, stderr, status } = portolan(['update-registry', '--from', name], { cwd, env });
    assert.match(
      stdout,
      /^The port registry is now that of \d{4}-\d\d-\d\d[^\n]*: 1\d{4} rows from [^\n]+\n$/,
    );
    assert.deepEqual([stderr, status], ['', 0]);
    assert.match(portolan(['lookup', 'portolan-test', '--no-probe'], { cwd, env }).stdout, /^Port 9\n/);
    assert.equal(portolan(['lookup', 'portolan-test'], { cwd }).status, 1);
  });

  test('refuses what is no registry, in one line', () => {
    const cwd = folder({ 'page.html': '<!DOCTYPE html><title>Not found</title>' });
    const env = { ...process.env, HOME: cwd, XDG_DATA_HOME: cwd, LOCALAPPDATA: cwd };
    assertRefused(portolan(['update-registry', '--from', 'page.html'], { cwd, env }), /web page/);
    assertRefused(portolan(['update-registry', '--from', 'nowhere.csv'], { cwd, env }), /nowhere\.csv/);
    assertRefused(portolan(['update-registry', 'page.html'], { cwd, env }), /--from/);
  });
});
