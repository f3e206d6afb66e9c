// node scripts/measure-registry.mjs IANA_CSV
//
// Compares data/service-names-port-numbers.csv with a copy of IANA's own file and prints the figures that
// data/README.md quotes, with every single difference among the assigned names.
import { readFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('Usage: node scripts/measure-registry.mjs IANA_CSV');
  process.exit(2);
}
const { readTable, columns } = await tsImport('../server/registry/table.ts', import.meta.url);
const ours = readTable(readFileSync(new URL('../data/service-names-port-numbers.csv', import.meta.url)));
const theirs = readTable(readFileSync(path));

console.log(`rows: ${ours.length} here, ${theirs.length} there`);
compareTriples('names with a port', ours.filter(hasPort), theirs.filter(hasPort));
compareTriples('names without a port', ours.filter(hasNoPort), theirs.filter(hasNoPort));
compareColumns();
compareUnnamed();

function compareTriples(title, here, there) {
  const own = new Map(here.map((row) => [tripleOf(row), row]));
  const wanted = new Map(there.map((row) => [tripleOf(row), row]));
  const missing = [...wanted].filter(([triple]) => !own.has(triple));
  const extra = [...own].filter(([triple]) => !wanted.has(triple));
  const present = wanted.size - missing.length;
  const percent = ((100 * present) / wanted.size).toFixed(2);
  console.log(`${title}: ${present} of ${wanted.size} present (${percent} %), ${extra.length} only here`);
  if (!here.every(hasPort)) return;
  for (const [triple, { registered, modified }] of missing) {
    console.log(`  missing: ${triple} ${modified || registered}`.trimEnd());
  }
  for (const [triple, { description }] of extra) console.log(`  only here: ${triple} (${description})`);
}

/** Counts, over the names that both have, the fields that differ by more than white space. */
function compareColumns() {
  const own = new Map(ours.filter(({ name }) => name !== '').map((row) => [tripleOf(row), row]));
  const pairs = theirs.flatMap((row) => (own.has(tripleOf(row)) ? [[own.get(tripleOf(row)), row]] : []));
  console.log(`fields of the ${pairs.length} names in both:`);
  for (const [key, title] of columns.slice(3)) {
    const filled = pairs.filter(([, row]) => row[key] !== '').length;
    const empty = pairs.filter(([one, other]) => one[key] === '' && other[key] !== '').length;
    const differing = pairs.filter(
      ([one, other]) => one[key] !== '' && plain(one[key]) !== plain(other[key]),
    ).length;
    console.log(`  ${title}: ${filled} filled there, ${empty} of them empty here, ${differing} differ`);
  }
}

/** Compares, port by port, what is Reserved or Unassigned. */
function compareUnnamed() {
  const here = heldPorts(ours);
  const there = heldPorts(theirs);
  const differing = [...there].filter(([place, text]) => here.get(place) !== text);
  console.log(
    `ports and transports without a name: ${there.size} there, ${differing.length} of them differ here`,
  );
  for (const [place, text] of differing) {
    console.log(`  ${place}: ${text} there, ${here.get(place) ?? 'no such row'} here`);
  }
}

function heldPorts(rows) {
  const held = new Map();
  for (const { name, ports, transport, description } of rows) {
    if (name !== '') continue;
    const [first, last = first] = ports.split('-').map(Number);
    for (let port = first; port <= last; port += 1) held.set(`${port}/${transport || 'any'}`, description);
  }
  return held;
}

function hasPort({ name, ports }) {
  return name !== '' && ports !== '';
}

function hasNoPort({ name, ports }) {
  return name !== '' && ports === '';
}

function tripleOf({ name, ports, transport }) {
  return `${ports}/${transport} ${name.toLowerCase()}`;
}

function plain(text) {
  return text.replace(/\s+/g, ' ').trim();
}
