import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { compileRegistry } from '../../server/registry/compile';
import { lazyRegistry, storedFile } from '../../server/registry/load';
import { writeTable } from '../../server/registry/table';
import { type UpdateRequest, updateRegistry, usualMeans } from '../../server/update/update-registry';

const header = writeTable([]).trimEnd();
const anchors = [
  'ssh,22,tcp',
  'domain,53,udp',
  'http,80,tcp',
  'https,443,tcp',
  'bgp,179,tcp',
  'inspider,49150,tcp',
];

/** A believable registry in IANA's form: CRLF behind rows, line breaks and doubled quotes inside cells. */
function csv({ rows = 12_500, date = '2026-01-15', more = [] as readonly string[] } = {}): string {
  const lines = [
    ...anchors.map((row) => `${row},Well known,[Jon_Postel],[Jon_Postel],,,[RFC6335],,,`),
    `newest-of-all,999,tcp,,,,2001-02-03,${date},,,,`,
    '"",6000-6063,,"Unassigned",,,,,,,,',
    ...more,
  ];
  for (let port = 1024; lines.length < rows; port += 1) {
    const people = `[Person_${port % 97}],[Person_${port % 97}][IESG]`;
    lines.push(
      `service-${port},${port},tcp,"The service, of\nport ${port}",${people},2005-06,,[RFC${port}],,,"It says ""${port}""."`,
    );
  }
  return [header, ...lines].map((line) => `${line}\r\n`).join('');
}

const good = csv();
const root = mkdtempSync(join(tmpdir(), 'portolan-update-'));
const bundled = join(root, 'registry.bin');
writeFileSync(bundled, compileRegistry(csv({ rows: 12_400, date: '2025-06-30' })));
after(() => rmSync(root, { recursive: true, force: true }));

let folder = '';
let server: Server | undefined;
beforeEach(() => {
  folder = join(mkdtempSync(join(root, 'case-')), 'made', 'later');
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function serving(listener: RequestListener): Promise<string> {
  const made = createServer(listener);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/registry.csv`;
}

function file(content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(root, 'file-')), 'registry.csv');
  writeFileSync(path, content);
  return path;
}

function update(from: string, more: Partial<UpdateRequest> = {}) {
  return updateRegistry({ from, folder, bundled, ...more }, { ...usualMeans, environment: {} });
}

function names(): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

describe('an update', () => {
  test('is stored, and every registry that is open sees it', async () => {
    const messages: string[] = [];
    const open = lazyRegistry(bundled, { folder, report: (message) => messages.push(message) }, 0);
    assert.equal(open.date, '2025-06-30');
    const from = await serving((_, response) => response.end(good));
    const before = '2025-06-30';
    assert.deepEqual(await update(from), {
      state: 'updated',
      date: '2026-01-15',
      rows: 12_500,
      from,
      before,
    });
    assert.equal(open.date, '2026-01-15');
    const [record] = open.byPort(1024, 'tcp');
    assert.equal(record?.description, 'The service, of port 1024');
    assert.equal(record.notes, 'It says "1024".');
    assert.deepEqual(names(), ['port-registry.bin']);
    assert.deepEqual(messages, []);
  });

  test('asks only for changes the second time, and says when there are none', async () => {
    const asked: (string | undefined)[] = [];
    const from = await serving(({ headers }, response) => {
      asked.push(headers['if-none-match']);
      response.setHeader('etag', '"one"');
      if (headers['if-none-match'] === '"one"') response.writeHead(304).end();
      else response.end(good);
    });
    await update(from);
    const before = '2026-01-15';
    assert.deepEqual(await update(from), {
      state: 'unchanged',
      date: '2026-01-15',
      rows: 12_500,
      from,
      before,
    });
    assert.deepEqual(asked, [undefined, '"one"']);
    // What is no longer whole has to come anew, tag or not.
    const stored = readFileSync(storedFile(folder));
    writeFileSync(storedFile(folder), stored.subarray(0, -1));
    assert.equal((await update(from)).state, 'updated');
    assert.deepEqual(asked, [undefined, '"one"', undefined]);
    assert.equal(readFileSync(storedFile(folder)).length, stored.length);
  });

  test('with the same data is no change, and writes nothing', async () => {
    const from = file(good);
    await update(from);
    utimesSync(storedFile(folder), 1, 1);
    const { ino, mtimeMs } = statSync(storedFile(folder));
    assert.equal((await update(from)).state, 'unchanged');
    const now = statSync(storedFile(folder));
    assert.deepEqual([now.ino, now.mtimeMs], [ino, mtimeMs]);
  });

  test('from a file may be older: who names it knows what it is', async () => {
    const from = file(csv({ date: '2020-02-29' }));
    assert.equal((await update(pathToFileURL(from).href)).state, 'updated');
    assert.equal(lazyRegistry(bundled, { folder, report: assert.fail }).date, '2020-02-29');
    assert.equal((await update(file(good))).state, 'updated');
    assert.equal(lazyRegistry(bundled, { folder, report: assert.fail }).date, '2026-01-15');
  });

  test('dates that are still to come, or are none, do not count', async () => {
    const more = ['x,5000,tcp,,,,2999-01-01,,,,,', 'y,5001,tcp,,,,2026-02-99,,,,,'];
    assert.equal((await update(file(csv({ more })))).date, '2026-01-15');
  });

  test('several at once leave one whole registry', async () => {
    const from = await serving((_, response) => response.end(good));
    await Promise.all(Array.from({ length: 4 }, () => update(from)));
    assert.deepEqual(names(), ['port-registry.bin']);
    assert.equal(lazyRegistry(bundled, { folder, report: assert.fail }).date, '2026-01-15');
  });

  test('removes what a killed one left behind, not what another is writing', async () => {
    await update(file(good));
    const [old, young] = ['old', 'young'].map((name) => `${storedFile(folder)}.${name}.unfinished`);
    for (const path of [old, young]) writeFileSync(path ?? '', 'half');
    utimesSync(old ?? '', 1, 1);
    await update(file(csv({ date: '2026-01-16' })));
    assert.deepEqual(names(), ['port-registry.bin', 'port-registry.bin.young.unfinished']);
  });
});

describe('refused, and the old data stays', () => {
  let stored: Uint8Array = new Uint8Array();
  before(async () => {
    folder = mkdtempSync(join(root, 'stored-'));
    await update(file(good));
    stored = readFileSync(storedFile(folder));
  });

  async function refused(from: string, reason: RegExp, more: Partial<UpdateRequest> = {}): Promise<void> {
    folder = mkdtempSync(join(root, 'case-'));
    writeFileSync(storedFile(folder), stored);
    await assert.rejects(update(from, more), { name: 'UpdateRefused', message: reason });
    assert.deepEqual(names(), ['port-registry.bin']);
    assert.ok(Buffer.compare(readFileSync(storedFile(folder)), stored) === 0);
    assert.equal(lazyRegistry(bundled, { folder, report: assert.fail }).date, '2026-01-15');
  }
  const changed = (from: string, to: string) => {
    assert.ok(good.includes(from), from);
    return file(good.replace(from, to));
  };

  test('a connection that is cut half-way', async () => {
    const from = await serving((_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.slice(0, good.length / 2), () => response.destroy());
    });
    await refused(from, /^The connection to 127\.0\.0\.1:\d+ was cut after \d+ of \d+ bytes\.$/);
  });

  test('an older file from a server', async () => {
    const from = await serving((_, response) => response.end(csv({ date: '2025-06-29' })));
    await refused(
      from,
      /^The registry there is of 2025-06-29, and the one in use is newer: of 2026-01-15\.$/,
    );
    folder = join(folder, 'none-stored');
    await assert.rejects(update(from), /the one in use is newer: of 2025-06-30\.$/);
    assert.deepEqual(names(), []);
  });

  test('another kind of file', async () => {
    await refused(file('\n<!DOCTYPE html><title>Sign in</title>'), /is a web page and not the registry/);
    await refused(file('<?xml version="1.0"?><registry/>'), /is a web page/);
  });

  test('another table, or nothing', async () => {
    await refused(file('Value,Name\n1,a\n'), /is not the header of IANA's port number registry/);
    await refused(changed('Port Number', 'Port'), /is not the header/);
    await refused(file(`"${'x'.repeat(5000)}`), /is not the header/);
    await refused(file(' \n'), /^The file is empty\.$/);
  });

  test('a file that is cut off', async () => {
    const last = good.trimEnd().lastIndexOf('service-');
    await refused(file(good.slice(0, last + 12)), /^The file breaks off in row 12501\.$/);
    await refused(file(good.trimEnd()), /^The file breaks off in row 12501\.$/);
    await refused(file(good.slice(0, good.indexOf('of\nport 9000'))), /^The file breaks off in row \d+\.$/);
    await refused(file(csv({ rows: 11_999 })), /has 11999 rows; IANA's whole registry has more than 12000/);
  });

  test('far fewer rows than there are now', async () => {
    const large = join(root, 'large.bin');
    writeFileSync(large, compileRegistry(csv({ rows: 14_000, date: '2025-06-30' })));
    const less = file(csv({ date: '2026-02-02' }));
    await assert.rejects(update(less, { bundled: large }), /12500 rows and the registry in use has 14000/);
    assert.deepEqual(names(), []);
  });

  test('a row that is not one of the registry', async () => {
    const row = 'newest-of-all,999,tcp,';
    await refused(changed(row, 'a,999,ipx,'), /^Row 8 of the file has an unknown transport \("ipx"\)\.$/);
    await refused(changed(row, 'a,65536,tcp,'), /^Row 8 .* neither a port nor a range of ports \("65536"\)/);
    await refused(changed(row, 'a,9-7,tcp,'), /neither a port nor a range/);
    await refused(changed(row, 'a,7,tcp,,'), /^Row 8 of the file has more than 12 cells\.$/);
    await refused(changed(row, 'a,7,'), /^Row 8 of the file has only 11 of 12 cells\.$/);
    await refused(changed(row, '\r\na,7,tcp,'), /^Row 8 of the file has only 1 of 12 cells/);
    await refused(changed(row, 'a"b,7,tcp,'), /^Row 8 of the file has a quote or a line break where none/);
    await refused(changed(row, '"a"b,7,tcp,'), /^Row 8 of the file has a quote/);
    await refused(changed(row, 'a\rb,7,tcp,'), /^Row 8 of the file has a quote or a line break/);
  });

  test('without the rows that every edition has', async () => {
    await refused(changed('bgp,179,tcp', 'bgq,179,tcp'), /has no row for bgp on 179\/tcp: it is not the/);
    await refused(changed('domain,53,udp', 'domain,54,udp'), /no row for domain on 53\/udp/);
  });

  test('without a date', async () => {
    await refused(file(csv({ date: '' }).replaceAll('2001-02-03', '')), /No row of the file has a date/);
  });

  test('bytes that are no text, and characters that steer', async () => {
    await refused(file(Buffer.from(good.replace('Well known', 'Wéll known'), 'latin1')), /not in UTF-8/);
    await refused(changed('Well known', 'Well\0known'), /control character \(U\+0000\)/);
    await refused(changed('Well known', '\u001b[2JWell'), /control character \(U\+001B\)/);
    await refused(changed('Well known', 'Well\u202eknown'), /control character \(U\+202E\)/);
  });

  test('hostile files, without delay', async () => {
    folder = join(folder, 'none-stored');
    const size = 15_000_000;
    const started = performance.now();
    const hostile: readonly (readonly [string, RegExp])[] = [
      [`${header}\r\n"${'x'.repeat(size)}`, /^The file breaks off in row 2\.$/],
      [`${header}\r\n"${'""'.repeat(size / 2)}`, /^The file breaks off in row 2\.$/],
      [`${header}\r\n${','.repeat(size)}\r\n`, /^Row 2 of the file has more than 12 cells\.$/],
      [`${header}\r\n${'x'.repeat(size)}\r\n`, /^Row 2 of the file has a cell of more than 8000 characters/],
      [`${header}\r\n${',,,,,,,,,,,\r\n'.repeat(size / 13)}`, /^The file has more than 65535 rows\.$/],
      [','.repeat(size), /is not the header/],
      ['\0'.repeat(size), /is not the header/],
      [csv({ more: [`a,7,tcp,,${'['.repeat(7000)},,,,,,,`] }), /more than 40 people in one cell/],
      [csv({ more: Array(200).fill('a,0-65535,tcp,,,,,,,,,') }), /more than 100 rows for port 0\.$/],
      [csv({ rows: 60_000 }).replaceAll(/"It says/g, () => `"${Math.random()}`), /too many rows or texts/],
    ];
    for (const [content, reason] of hostile) {
      await assert.rejects(update(file(content)), { name: 'UpdateRefused', message: reason });
    }
    assert.deepEqual(names(), []);
    const seconds = (performance.now() - started) / 1000;
    assert.ok(seconds < 20, `They took ${seconds} s`);
  });

  test('a path with nothing to read', async () => {
    await refused(join(root, 'nowhere.csv'), /nowhere\.csv cannot be read: it is not there\.$/);
    await refused(root, /is no file\.$/);
    const large = file('x');
    writeFileSync(large, Buffer.alloc(usualMeans.limits.bytes + 1));
    await refused(large, /has more than 16777216 bytes\.$/);
  });

  test('an address that nothing is fetched from', async () => {
    await refused('http://example.org/ports.csv', /^example\.org is asked for over http:, and only https:/);
    await refused('ftp://example.org/ports.csv', /^Nothing is fetched over ftp:/);
    await refused('https://', /no valid URL/);
  });

  test('an update that the user has cancelled', async () => {
    const signal = AbortSignal.abort();
    await refused(changed('2026-01-15', '2026-01-16'), /^The update was cancelled\.$/, { signal });
  });

  test('a folder that cannot be written to', async () => {
    folder = join(file('a file, not a folder'), 'within');
    await assert.rejects(update(file(good)), {
      name: 'UpdateRefused',
      message: /^The registry cannot be stored in .*within: a part of its path is no folder\.$/,
    });
  });
});
