import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  assertRefused,
  faultless,
  faulty,
  filesLinted,
  folder,
  found,
  outcome,
  portolan,
} from '../harness/program';

describe('lint with a .portolan.json', () => {
  test('follows the nearest one, from the folder of the call downwards', () => {
    const cwd = folder({
      '.portolan.json': '{ "rules": { "invalid-port": "off" } } // for all',
      Dockerfile: faulty,
      'api/.portolan.json': '{ "rules": { "format": "hint" } }',
      'api/Dockerfile': faulty,
    });
    const hint = `api/Dockerfile:2:8: ${found.replace('error', 'hint')}\n1 finding in 2 files\n`;
    assert.deepEqual(outcome(['lint'], { cwd }), [hint, '', 0]);
    assert.equal(portolan(['lint', '-C', 'api'], { cwd }).status, 0);
    assert.equal(portolan(['lint', '--max-severity', 'none'], { cwd }).status, 1);
  });

  test('goes by that of a folder or file elsewhere, when it is named', () => {
    const elsewhere = folder({
      '.portolan.json': '{ "rules": { "format": "off" } }',
      Dockerfile: faulty,
      'deep/Dockerfile': faulty,
    });
    const cwd = folder({});
    assert.deepEqual(filesLinted([elsewhere], cwd), []);
    assert.deepEqual(filesLinted([join(elsewhere, 'Dockerfile')], cwd), []);
    const below = join(elsewhere, 'deep/Dockerfile');
    assert.deepEqual(filesLinted([below], cwd), [below]);
  });

  test('leaves out what is excluded, named or not', () => {
    const cwd = folder({
      '.portolan.json': '{ "exclude": ["old", "**/*.bak/**"] }',
      'old/deep/Dockerfile': faulty,
      'x.bak/Dockerfile': faultless,
      Dockerfile: faulty,
    });
    assert.deepEqual(filesLinted([], cwd), ['Dockerfile']);
    assert.deepEqual(filesLinted(['old/deep/Dockerfile'], cwd), []);
    assert.deepEqual(outcome(['ports'], { cwd }), ['', '', 0]);
  });

  test('ends with 2 and a line for each thing in it that cannot be followed; the rest holds', () => {
    const cwd = folder({
      '.portolan.json': '{\n  "rules": { "invalid-prot": "off", "invalid-port": "hint" }\n}\n',
      Dockerfile: faulty,
    });
    const ended = portolan(['lint'], { cwd });
    assertRefused(ended, /^portolan: \.portolan\.json:2:14: There is no rule .* "invalid-prot"\./);
    assert.match(ended.stdout, /^Dockerfile:2:8: hint: /);
    writeFileSync(join(cwd, '.portolan.json'), '['.repeat(100_000));
    assertRefused(portolan(['lint'], { cwd }), /\.portolan\.json:1:1: The brackets stand too deep/);
  });
});

describe('lint over a tree', () => {
  test('sees collisions between files, and names the other party by its path', () => {
    const cwd = folder({
      'compose.yaml': 'services: { a: { ports: ["8080:80"] } }\n',
      'compose.override.yaml': 'services: { b: { ports: ["8080:80"] } }\n',
    });
    const { stdout, status } = portolan(['lint'], { cwd });
    assert.match(
      stdout,
      /^compose\.override\.yaml:1:27: error: .*\n {2}compose\.yaml:1:27: Service "a" publishes 8080 here\.\n/,
    );
    assert.equal(status, 1);
  });

  test('judges comments about other files only when it has seen the whole folder', () => {
    const cwd = folder({
      'compose.yaml': '# portolan-ignore project-port-conflict\nservices: { a: { ports: ["8080:80"] } }\n',
    });
    assert.deepEqual(filesLinted(['compose.yaml'], cwd), []);
    for (const whole of [[], ['.'], [cwd], ['compose.yaml', '.']])
      assert.deepEqual(filesLinted(whole, cwd), ['compose.yaml']);
  });

  test('links to what was only taken in by name, and prints nothing of it', () => {
    const included = 'services: { b: { ports: ["8080:80", "99999"] } }\n';
    const cwd = folder({
      'compose.yaml': 'include: [parts/other.yml]\nservices: { a: { ports: ["8080:80"] } }\n',
      'parts/other.yml': included,
    });
    const rows: { rule: string; file: string; related: { file: string }[] }[] = JSON.parse(
      portolan(['lint', '--format', 'json', 'compose.yaml'], { cwd }).stdout,
    );
    assert.deepEqual(
      rows.map(({ rule, file, related }) => [rule, file, related.map((other) => other.file)]),
      [['published-port-conflict', 'compose.yaml', ['parts/other.yml']]],
    );
  });
});

describe('lint --format github', () => {
  test('prints a command for each finding, with what would end it escaped', () => {
    const cwd = folder({ 'a,b:100%/Dockerfile': faulty });
    const { stdout, status } = portolan(['lint', '--format', 'github'], { cwd });
    const message = found.replace(/^error: /, '').replace(' [invalid-port]', '');
    assert.equal(
      stdout,
      `::error file=a%2Cb%3A100%25/Dockerfile,line=2,col=8,endColumn=12,endLine=2,title=Portolan%3A invalid-port::${message}\n`,
    );
    assert.equal(status, 1);
  });

  test('has no columns for what ends on another line', () => {
    const cwd = folder({ 'compose.yaml': 'services:\n  a:\n    ports:\n      8080:\n        80\n' });
    const { stdout } = portolan(['lint', '--format', 'github'], { cwd });
    assert.match(stdout, /^::error file=compose\.yaml,line=4,endLine=\d+,title=/);
  });

  test('prints nothing where nothing is found', () => {
    assert.deepEqual(outcome(['lint', '--format=github'], { cwd: folder({}) }), ['', '', 0]);
  });
});

describe('lint --fix', () => {
  const text = 'services:\r\n  a: { ports: [08080, "99999"], expose: 3000 }\r\n';
  const fixed = 'services:\r\n  a: { ports: ["08080", "99999"], expose: ["3000"] }\r\n';

  test('writes what is safe to fix, and tells of what is left', () => {
    const cwd = folder({ 'compose.yaml': `\uFEFF${text}`, 'other/compose.yaml': text });
    const { stdout, status } = portolan(['lint', '--fix', 'compose.yaml'], { cwd });
    assert.match(stdout, /^compose\.yaml:2:\d+: error: 99999 .*\n1 finding in 1 file\n$/);
    assert.equal(status, 1);
    assert.equal(readFileSync(join(cwd, 'compose.yaml'), 'utf8'), `\uFEFF${fixed}`);
    assert.equal(readFileSync(join(cwd, 'other/compose.yaml'), 'utf8'), text);
  });

  test('leaves a file as it is that is no UTF-8', () => {
    const cwd = folder({ 'compose.yaml': '' });
    const bytes = Buffer.concat([Buffer.from(`# caf`), Buffer.from([0xe9, 0x0a]), Buffer.from(text)]);
    writeFileSync(join(cwd, 'compose.yaml'), bytes);
    assert.equal(portolan(['lint', '--fix'], { cwd }).status, 1);
    assert.ok(readFileSync(join(cwd, 'compose.yaml')).equals(bytes));
  });

  test('has nothing to write to for standard input', () => {
    assertRefused(portolan(['lint', '--fix', '-', '--as=compose'], { input: text }), /standard input/);
  });
});
