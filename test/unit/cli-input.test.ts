import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { version } from '../../package.json';
import {
  assertRefused,
  composeOf,
  ended,
  everythingIsReadable,
  faulty,
  filesLinted,
  folder,
  found,
  outcome,
  placeOf,
  portolan,
  program,
  stranger,
} from '../harness/program';

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

  test('what COMPOSE_FILE of a .env names, whatever it is called', () => {
    const cwd = folder({
      'a/.env': 'COMPOSE_FILE=stack.conf\n',
      'a/stack.conf': 'services: { a: { ports: [70000] } }\n',
      'b/stack.conf': 'services: { a: { ports: [70000] } }\n',
    });
    assert.deepEqual(filesLinted([], cwd), ['a/stack.conf']);
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
    [['lint', '--format', 'xml'], /--format takes text, json, sarif, github, not "xml"/],
    [['ports', '--format', 'toString'], /--format takes text, json/],
    [['ports', '--max-severity', 'none'], /'--max-severity'/],
    [['lint', '--max-severity', 'fatal'], /--max-severity takes none, hint, .*, not "fatal"/],
    [['lint', '--as', 'toml'], /--as takes compose, dockerfile, nginx, .*, not "toml"/],
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
