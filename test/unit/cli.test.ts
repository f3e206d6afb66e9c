import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { version } from '../../package.json';

const program = join(__dirname, '../../dist/cli.js');
const folders: string[] = [];

before(() => assert.ok(existsSync(program), 'The command line is tested as it is built: npm run build.'));
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const faulty = 'FROM alpine\nEXPOSE 70000\n';
const faultless = 'FROM alpine\nEXPOSE 8080\n';
const found =
  'error: 70000 is above 65535, the highest port (Docker: invalid containerPort: 70000). [invalid-port]';

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
    };
    assert.deepEqual(JSON.parse(stdout), [
      { ...common, ...placeOf(text, '5353'), text: '5353', first: 5353, last: 5353, role: 'publish' },
      { ...common, ...placeOf(text, '53/', 2), text: '53', first: 53, last: 53, role: 'target' },
    ]);
    // The emoji is two code units: a count of characters gives one less, a count of bytes more.
    assert.equal(placeOf(text, '5353').column, 40);
    assert.deepEqual([stderr, status], ['', 0]);
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

describe('lookup', () => {
  test('of a number has every documented key in JSON', () => {
    const { stdout, stderr, status } = portolan(['lookup', '5432', '--format', 'json']);
    const [{ records, ...asked }, ...more] = JSON.parse(stdout);
    assert.deepEqual(more, []);
    assert.deepEqual(asked, {
      port: 5432,
      transport: null,
      range: { name: 'User', first: 1024, last: 49151 },
    });
    const record = {
      name: 'postgresql',
      first: 5432,
      last: 5432,
      status: 'assigned',
      description: 'PostgreSQL Database',
      assignee: 'Tom Lane',
      registered: null,
      modified: null,
      reference: null,
      unauthorizedUse: null,
      notes: null,
    };
    assert.deepEqual(records, [
      { ...record, transport: 'tcp' },
      { ...record, transport: 'udp' },
    ]);
    assert.deepEqual([stderr, status], ['', 0]);
  });

  test('of a number and a transport tells of that transport alone', () => {
    const [row] = JSON.parse(portolan(['lookup', '53/UDP', '--format', 'json']).stdout);
    assert.equal(row.transport, 'udp');
    assert.deepEqual(transportsOf(row), ['udp']);
    const { stdout, status } = portolan(['lookup', '53/udp']);
    assert.match(stdout, /^53\/udp: System Port \(0-1023\)\n {2}udp: registered for domain; [^\n]+\n$/);
    assert.equal(status, 0);
  });

  test('of a name gives one entry for each of its ports', () => {
    const rows: { port: number }[] = JSON.parse(portolan(['lookup', 'http-alt', '--format', 'json']).stdout);
    assert.deepEqual(
      rows.map(({ port }) => port),
      [591, 8008, 8080],
    );
    const titles = portolan(['lookup', 'http-alt']).stdout.match(/^\d+: \w+ Port/gm);
    assert.deepEqual(titles, ['591: System Port', '8008: User Port', '8080: User Port']);
  });

  test('of a name does not mind the case of its letters, and takes a transport', () => {
    const [row, ...more] = JSON.parse(portolan(['lookup', 'PostgreSQL/tcp', '--format', 'json']).stdout);
    assert.deepEqual([row.port, row.transport, more], [5432, 'tcp', []]);
    assert.deepEqual(transportsOf(row), ['tcp']);
  });

  test('of a port that nobody registered says so', () => {
    const text = '50000: Dynamic Port (49152-65535)\n  no row in the IANA registry\n';
    assert.deepEqual(outcome(['lookup', '50000']), [text, '', 0]);
  });

  test('takes the first and the last port that there are', () => {
    assert.match(portolan(['lookup', '0']).stdout, /^0: System Port/);
    assert.match(portolan(['lookup', '65535']).stdout, /^65535: Dynamic Port/);
  });

  for (const name of ['nonesuch', 'toString', 'postgresql/sctp']) {
    test(`of a name that is not registered ends with 1: ${name}`, () => {
      const { stdout, stderr, status } = portolan(['lookup', name]);
      assert.match(stderr, new RegExp(`^portolan: no service "${name}" [^\\n]+\\n$`));
      assert.deepEqual([stdout, status], ['', 1]);
    });
  }
});

describe('what is read', () => {
  test('the current folder with all folders below it, without those of other people', () => {
    const cwd = folder({
      'a/Dockerfile': faulty,
      'b/c/compose.yaml': 'services: { a: { ports: [70000] } }\n',
      'b/notes.txt': 'EXPOSE 70000\n',
      'node_modules/x/Dockerfile': faulty,
      'a/vendor/Dockerfile': faulty,
      '.git/Dockerfile': faulty,
    });
    assert.deepEqual(filesLinted([], cwd), ['a/Dockerfile', 'b/c/compose.yaml']);
  });

  test('a folder that is named, by the name that it has from here', () => {
    const cwd = folder({ 'a/Dockerfile': faulty, 'b/Dockerfile': faulty });
    assert.deepEqual(filesLinted(['b'], cwd), ['b/Dockerfile']);
    assert.deepEqual(filesLinted(['node_modules'], folder({ 'node_modules/Dockerfile': faulty })), [
      'node_modules/Dockerfile',
    ]);
  });

  test('many files, in the order in which they are named, each once', () => {
    const cwd = folder({ 'a/Dockerfile': faulty, 'b/Dockerfile': faulty, Dockerfile: faulty });
    const named = ['b/Dockerfile', 'Dockerfile', 'a', 'a/Dockerfile'];
    assert.deepEqual(filesLinted(named, cwd), ['b/Dockerfile', 'Dockerfile', 'a/Dockerfile']);
  });

  test('another folder with -C, whose name is not printed', () => {
    const cwd = folder({ 'deep/down/Dockerfile': faulty, Dockerfile: faulty });
    assert.deepEqual(filesLinted(['-C', 'deep'], cwd), ['down/Dockerfile']);
    assert.deepEqual(filesLinted(['--directory=deep', 'down/Dockerfile'], cwd), ['down/Dockerfile']);
  });

  test('a file outside the folder, by its whole path', () => {
    const outside = join(folder({ Dockerfile: faulty }), 'Dockerfile');
    assert.deepEqual(filesLinted([outside], folder({})), [outside]);
  });

  test('a file of any name with --as', () => {
    const cwd = folder({ 'image.txt': faulty, Dockerfile: 'services: { a: { ports: [70000] } }\n' });
    assert.deepEqual(filesLinted(['--as', 'dockerfile', 'image.txt'], cwd), ['image.txt']);
    assert.deepEqual(filesLinted(['--as', 'compose', 'Dockerfile'], cwd), ['Dockerfile']);
  });

  test('standard input', () => {
    const ended = portolan(['lint', '-', '--as', 'dockerfile'], { input: faulty });
    assert.deepEqual([ended.stdout, ended.status], [`-:2:8: ${found}\n1 finding in 1 file\n`, 1]);
    const [row] = JSON.parse(
      portolan(['ports', '--as=compose', '-', '--format=json'], { input: composeOf('80') }).stdout,
    );
    assert.deepEqual([row.file, row.dialect, row.first], ['-', 'compose', 80]);
  });

  test('standard input that takes its time', async () => {
    const child = spawn(process.execPath, [program, 'lint', '-', '--as', 'dockerfile']);
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stdin.write('FROM alpine\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.stdin.end('EXPOSE 70000\n');
    const [, status] = await Promise.all([ended(child.stdout), ended(child)]);
    assert.deepEqual([stdout, status], [`-:2:8: ${found}\n1 finding in 1 file\n`, 1]);
  });

  test('a file that begins with a byte order mark, which is no column', () => {
    const text = composeOf('70000');
    const cwd = folder({ 'compose.yaml': `\uFEFF${text}` });
    const [{ line, column, endLine, endColumn }] = JSON.parse(
      portolan(['lint', '--format=json'], { cwd }).stdout,
    );
    assert.deepEqual({ line, column, endLine, endColumn }, placeOf(text, '70000'));
    const { stdout } = portolan(['ports', '-', '--as=compose'], { input: `\uFEFF${composeOf('8080')}` });
    assert.equal(stdout, `-:1:${column}: 8080/tcp target (service "a")\n`);
  });

  test('a symbolic link to a folder is not followed: it can lead back up', () => {
    const cwd = folder({ 'a/Dockerfile': faulty });
    symlinkSync('..', join(cwd, 'a/up'));
    assert.deepEqual(filesLinted([], cwd), ['a/Dockerfile']);
  });
});

describe('what cannot be read ends with 2 and one line', () => {
  test('a file that is not there; the others are read all the same', () => {
    const cwd = folder({ Dockerfile: faulty });
    const ended = portolan(['lint', 'missing/Dockerfile', 'Dockerfile'], { cwd });
    assertRefused(ended, /missing\/Dockerfile/);
    assert.equal(ended.stdout, `Dockerfile:2:8: ${found}\n1 finding in 1 file\n`);
    assertRefused(portolan(['ports', 'missing/Dockerfile'], { cwd }), /missing\/Dockerfile/);
  });

  test('a file of no known name', () => {
    const cwd = folder({ 'notes.txt': faulty });
    assertRefused(portolan(['lint', 'notes.txt'], { cwd }), /notes\.txt.*--as/);
  });

  test('a symbolic link that leads to itself', () => {
    const cwd = folder({});
    symlinkSync('Dockerfile', join(cwd, 'Dockerfile'));
    assertRefused(portolan(['lint', 'Dockerfile'], { cwd }), /Dockerfile/);
    assertRefused(portolan(['lint', '-C', 'Dockerfile'], { cwd }), /Dockerfile/);
  });

  test('a symbolic link that leads nowhere', () => {
    const cwd = folder({});
    symlinkSync('gone', join(cwd, 'Dockerfile'));
    assertRefused(portolan(['lint', 'Dockerfile'], { cwd }), /Dockerfile/);
  });

  test('the registry of a broken installation', () => {
    const cwd = folder({});
    for (const name of ['cli.js', 'engine.js']) copyFileSync(join(dirname(program), name), join(cwd, name));
    assertRefused(portolan(['lookup', '80'], { cwd, program: join(cwd, 'cli.js') }), /registry\.bin/);
  });

  test('a file that is longer than any that a person keeps', () => {
    const cwd = folder({ Dockerfile: `${faulty}${'# filler\n'.repeat(500_000)}` });
    const ended = portolan(['lint', '--format=json'], { cwd });
    assertRefused(ended, /Dockerfile is longer than/);
    assert.deepEqual(JSON.parse(ended.stdout), []);
  });

  test('a file that this user may not read', { skip: everythingIsReadable() }, () => {
    const cwd = folder({ Dockerfile: faulty });
    chmodSync(join(cwd, 'Dockerfile'), 0);
    assertRefused(portolan(['lint'], { cwd, ...stranger }), /Dockerfile/);
  });

  test('a folder that this user may not read', { skip: everythingIsReadable() }, () => {
    const cwd = folder({ 'closed/Dockerfile': faulty });
    chmodSync(join(cwd, 'closed'), 0);
    try {
      assertRefused(portolan(['lint'], { cwd, ...stranger }), /closed/);
    } finally {
      chmodSync(join(cwd, 'closed'), 0o755);
    }
  });
});

describe('a call that makes no sense ends with 2 and one line', () => {
  for (const [argv, reason] of [
    [['frobnicate'], /no command "frobnicate"/],
    [['toString'], /no command "toString"/],
    [['constructor'], /no command "constructor"/],
    [['__proto__'], /no command "__proto__"/],
    [['--format', 'json'], /no command "--format"/],
    [['lint', '--frobnicate'], /'--frobnicate'/],
    [['lint', '-x'], /'-x'/],
    [['lint', '--format'], /--format/],
    [['lint', '--format', 'xml'], /--format takes text, json, not "xml"/],
    [['ports', '--format', 'toString'], /--format takes text, json/],
    [['ports', '--max-severity', 'none'], /'--max-severity'/],
    [['lint', '--max-severity', 'fatal'], /--max-severity takes none, hint, .*, not "fatal"/],
    [['lint', '--as', 'toml'], /--as takes compose, dockerfile, not "toml"/],
    [['lint', '-'], /--as/],
    [['lint', '-C', 'nowhere'], /nowhere is no folder/],
    [['lint', '-C', 'Dockerfile'], /Dockerfile is no folder/],
    [['lookup'], /one number or name/],
    [['lookup', '80', '81'], /one number or name/],
    [['lookup', '70000'], /70000 is above 65535/],
    [['lookup', '53/icmp'], /"icmp" is not a transport/],
  ] as const) {
    test(`portolan ${argv.join(' ')}`, () => {
      const ended = portolan(argv, { cwd: folder({ Dockerfile: faulty }), input: '' });
      assertRefused(ended, reason);
      assert.equal(ended.stdout, '');
    });
  }
});

describe('about the program', () => {
  for (const option of ['--version', '-v']) {
    test(option, () => assert.deepEqual(outcome([option]), [`${version}\n`, '', 0]));
  }

  for (const argv of [[], ['--help'], ['-h'], ['help'], ['lint', '--help'], ['lookup', '-h']]) {
    test(['portolan', ...argv].join(' '), () => {
      const { stdout, stderr, status } = portolan(argv);
      for (const part of [
        'portolan lint',
        'portolan ports',
        'portolan lookup',
        '--max-severity',
        'Exit codes',
      ]) {
        assert.ok(stdout.includes(part), `the help does not tell of ${part}`);
      }
      assert.deepEqual([stderr, status], ['', 0]);
    });
  }

  test('a pipe that nobody reads any more is no fault', async () => {
    const cwd = folder({ Dockerfile: `FROM alpine\n${'EXPOSE 8080\n'.repeat(20_000)}` });
    const child = spawn(process.execPath, [program, 'ports'], { cwd });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [, status] = await Promise.all([ended(child.stderr), ended(child)]);
    assert.deepEqual([stderr, status], ['', 0]);
  });
});

interface Call {
  /** Another copy of the program than the one that was built. */
  readonly program?: string;
  readonly cwd?: string;
  readonly input?: string;
  readonly uid?: number;
  readonly gid?: number;
}

function portolan(argv: readonly string[], call: Call = {}): SpawnSyncReturns<string> {
  const ended = spawnSync(process.execPath, [call.program ?? program, ...argv], {
    encoding: 'utf8',
    timeout: 20_000,
    maxBuffer: 64 * 1024 * 1024,
    ...call,
  });
  if (ended.error !== undefined) throw ended.error;
  return ended;
}

function outcome(argv: readonly string[], call?: Call): readonly [string, string, number | null] {
  const { stdout, stderr, status } = portolan(argv, call);
  return [stdout, stderr, status];
}

/** One line that names the program and the reason: no stack, no second line. */
function assertRefused({ stderr, status }: SpawnSyncReturns<string>, reason: RegExp): void {
  assert.match(stderr, /^portolan: [^\n]+\n$/);
  assert.match(stderr, reason);
  assert.equal(status, 2);
}

/** A folder of its own with these files, gone after the tests. */
function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'portolan-cli-'));
  folders.push(path);
  chmodSync(path, 0o755);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

interface PortRow {
  readonly text: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly transport: string | null;
  readonly role: string;
  readonly address: string | null;
  readonly owner: string;
  readonly mapping: string | null;
}

function portRows(compose: string): readonly PortRow[] {
  const cwd = folder({ 'compose.yaml': compose });
  return JSON.parse(portolan(['ports', '--format', 'json'], { cwd }).stdout);
}

/** The names of the files with findings, in the order of the output. */
function filesLinted(argv: readonly string[], cwd: string): readonly string[] {
  const { stdout, stderr } = portolan(['lint', '--format', 'json', ...argv], { cwd });
  assert.equal(stderr, '');
  return JSON.parse(stdout).map(({ file }: { file: string }) => file);
}

function transportsOf({ records }: { records: readonly { transport: string }[] }): readonly string[] {
  return [...new Set(records.map(({ transport }) => transport))];
}

/** A compose file of one line. */
function composeOf(port: string): string {
  return `services: { a: { ports: ["${port}"] } }\n`;
}

/** Where the first `length` characters of `part` stand in the text, as people count. */
function placeOf(text: string, part: string, length = part.length) {
  const lines = text.slice(0, text.indexOf(part)).split('\n');
  const line = lines.length;
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return { line, column, endLine: line, endColumn: column + length };
}

/** For root there is no file that cannot be read: the program then runs as nobody. */
const stranger = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Why a test of permissions cannot run here, or false. */
function everythingIsReadable(): string | false {
  if (process.platform === 'win32') return 'Windows has no such permissions';
  if (process.getuid?.() !== 0) return false;
  const { status } = spawnSync(process.execPath, [program, '--version'], { uid: 65534, gid: 65534 });
  return status === 0 ? false : 'root reads everything, and nobody cannot run the program here';
}

/** Waits until a process or a stream is closed; answers a process's exit code. */
function ended(what: NodeJS.EventEmitter): Promise<unknown> {
  return new Promise((resolve) => what.once('close', resolve));
}
