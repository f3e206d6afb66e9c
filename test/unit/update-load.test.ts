import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { buildSync } from 'esbuild';
import { dataFolder } from '../../server/machine/data-folder';
import { compileRegistry } from '../../server/registry/compile';
import { hashOf, lazyRegistry, type StoredFacts, storedBytes, storedFile } from '../../server/registry/load';
import { openRegistry } from '../../server/registry/registry';
import { writeTable } from '../../server/registry/table';

const root = mkdtempSync(join(tmpdir(), 'portolan-load-'));
const bundled = join(root, 'registry.bin');
writeFileSync(bundled, compiled('bundled', '2026-01-01'));
after(() => rmSync(root, { recursive: true, force: true }));

let folder = '';
let messages: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
  messages = [];
});

function compiled(name: string, date: string): Uint8Array {
  return compileRegistry(`${writeTable([])}${name},7,tcp,,,,,,,,,\n`, date);
}

function put(bytes: Uint8Array, facts: Partial<StoredFacts> = {}): void {
  const whole = { from: 'x', fetched: 'now', rows: 1, sha256: hashOf(bytes), ...facts };
  writeFileSync(storedFile(folder), storedBytes({ facts: whole, bytes }));
}

function registry(pause = 0) {
  return lazyRegistry(bundled, { folder, report: (message) => messages.push(message) }, pause);
}

function nameIn(from: ReturnType<typeof lazyRegistry>): string | undefined {
  return from.byPort(7, 'tcp')[0]?.name;
}

describe('the registry that is used', () => {
  test('the bundled one where nothing is stored, not even a folder', () => {
    folder = join(folder, 'not', 'there');
    assert.equal(nameIn(registry()), 'bundled');
    assert.equal(nameIn(lazyRegistry(bundled)), 'bundled');
    assert.deepEqual(messages, []);
  });

  test('the stored one when it is newer, or as new', () => {
    for (const date of ['2026-01-01', '2026-01-02']) {
      put(compiled('stored', date));
      const used = registry();
      assert.equal(used.date, date);
      assert.equal(nameIn(used), 'stored');
      assert.deepEqual(used.byName('bundled'), []);
      assert.equal(used.byPrefix('st', 5).length, 1);
      assert.equal([...used.named()].length, 1);
    }
    assert.deepEqual(messages, []);
  });

  test('the bundled one when the stored one is older, which is told once', () => {
    put(compiled('stored', '2025-12-31'));
    const used = registry();
    for (let time = 0; time < 3; time += 1) assert.equal(nameIn(used), 'bundled');
    assert.deepEqual(messages, [
      'The downloaded port registry of 2025-12-31 is older than the one that comes with this version, of 2026-01-01, which is used instead.',
    ]);
  });

  test('an older one that the user has chosen, until the bundled one is another', () => {
    put(compiled('stored', '2025-12-31'), { insteadOf: '2026-01-01' });
    assert.equal(nameIn(registry()), 'stored');
    put(compiled('stored', '2025-12-31'), { insteadOf: '2025-12-31' });
    assert.equal(nameIn(registry()), 'bundled');
  });

  test('a running one sees a new file, and its end', () => {
    const used = registry();
    assert.equal(nameIn(used), 'bundled');
    put(compiled('stored', '2026-01-02'));
    assert.equal(nameIn(used), 'stored');
    put(compiled('another', '2026-01-03'));
    assert.equal(nameIn(used), 'another');
    rmSync(storedFile(folder));
    assert.equal(nameIn(used), 'bundled');
  });

  test('but does not look at every call', () => {
    const used = registry(1_000_000);
    assert.equal(nameIn(used), 'bundled');
    put(compiled('stored', '2026-01-02'));
    assert.equal(nameIn(used), 'bundled');
  });

  test('nothing is read before the first look-up', () => {
    const used = lazyRegistry(join(root, 'nowhere.bin'), { folder, report: assert.fail });
    assert.throws(() => used.date, /ENOENT/);
  });
});

describe('a stored file that is not whole is told once and not used', () => {
  const whole = () => storedBytes({ facts: facts(newer), bytes: newer });
  const newer = compiled('stored', '2026-01-02');
  const facts = (bytes: Uint8Array) => ({ from: 'x', fetched: 'now', rows: 1, sha256: hashOf(bytes) });
  const cases: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
    ['empty', () => new Uint8Array(), /port-registry\.bin is damaged\.$/],
    ['cut short', () => whole().subarray(0, -8), /is damaged\.$/],
    [
      'with a bit that has tipped',
      () => whole().map((byte, at, { length }) => (at === length - 20 ? byte ^ 1 : byte)),
      /is damaged/,
    ],
    ['of another program', () => Buffer.from('{"form":"photo"}\nabc'), /is damaged\.$/],
    ['without a line of facts', () => new Uint8Array(200_000), /is damaged\.$/],
    ['a compiled registry alone', () => newer, /is damaged\.$/],
    [
      'of another format',
      () => {
        const bytes = newer.slice();
        new Uint32Array(bytes.buffer)[1] = 99;
        return storedBytes({ facts: facts(bytes), bytes });
      },
      /it has format 99 and this program reads format 1\.$/,
    ],
  ];
  for (const [name, bytes, message] of cases) {
    test(name, () => {
      writeFileSync(storedFile(folder), bytes());
      const used = registry();
      for (let time = 0; time < 3; time += 1) assert.equal(nameIn(used), 'bundled');
      assert.equal(messages.length, 1);
      assert.match(
        messages[0] ?? '',
        /^The downloaded port registry is not used, the one that comes with Port/,
      );
      assert.match(messages[0] ?? '', message);
    });
  }

  test('a folder in its place', () => {
    mkdirSync(storedFile(folder));
    assert.equal(nameIn(registry()), 'bundled');
    assert.match(messages.join(), /is not what Portolan has stored\.$/);
  });

  test('whole, but with tables that point nowhere: found out in a look-up', () => {
    const bytes = newer.slice();
    // The text numbers of its one row: behind the header, the ends of three texts, and the row's port and transport.
    bytes.fill(0xff, 64, 84);
    put(bytes);
    assert.doesNotThrow(() => openRegistry(bytes).date);
    assert.equal(nameIn(registry()), 'bundled');
    assert.match(messages.join(), /it is damaged\.$/);
  });
});

test('the loader does without the CSV library and the network', () => {
  const { metafile } = buildSync({
    entryPoints: [join(__dirname, '../../server/registry/load.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
  });
  const inputs = Object.keys(metafile.inputs);
  assert.ok(inputs.length > 3);
  assert.deepEqual(
    inputs.filter((path) => /node_modules|server\/update|table/.test(path)),
    [],
  );
});

test('where the command line keeps its data', () => {
  const home = { HOME: '/home/ann' };
  assert.equal(dataFolder('linux', home), '/home/ann/.local/share/portolan');
  assert.equal(dataFolder('linux', { ...home, XDG_DATA_HOME: '/data' }), '/data/portolan');
  assert.equal(dataFolder('linux', { ...home, XDG_DATA_HOME: 'data' }), '/home/ann/.local/share/portolan');
  assert.equal(dataFolder('darwin', home), '/home/ann/Library/Application Support/portolan');
  assert.equal(dataFolder('win32', { LOCALAPPDATA: 'C:\\Local' }), 'C:\\Local\\portolan');
  assert.equal(dataFolder('win32', { USERPROFILE: 'C:\\Ann' }), 'C:\\Ann\\AppData\\Local\\portolan');
});
