import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { dialects } from '../../server/dialects';
import { codeActions } from '../../server/features/code-actions';
import { completion } from '../../server/features/completion/completion';
import { Inspector } from '../../server/features/diagnostics/inspector';
import { hover } from '../../server/features/hover/hover';
import type { Chart } from '../../server/model/chart';
import type { Dialect } from '../../server/model/dialect';
import type { Reading } from '../../server/model/reading';
import { type Snapshot, sourceFile } from '../../server/model/snapshot';
import type { Span } from '../../server/model/span';
import { rules } from '../../server/rules';
import { Workspace } from '../../server/workspace/workspace';
import { parseArchive } from '../harness/archive';
import { shippedBooks } from '../harness/books';
import { filesIn } from '../harness/scenario';

/** The seed of the whole run; another one gives other texts, the same one always the same. */
const seed = 20_261_120;

const rounds = 400;
const folder = join(__dirname, '../fixtures');
const books = shippedBooks();
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.txt'))
  .flatMap((path) => filesIn(parseArchive(readFileSync(join(folder, path), 'utf8'))))
  .map(({ text }) => text);
const ruleIds = new Set(rules.map(({ id }) => id));
const variables = new Map([['WEB_PORT', '8080']]);

describe('whatever the text, a reader answers with spans inside it', () => {
  for (const dialect of dialects) {
    test(dialect.id, () => {
      const random = randomNumbers(seed);
      for (let round = 0; round < rounds; round += 1) {
        const text = mutated(pick(texts, random), random);
        const reading = dialect.read(text, { name: '', variables });
        assertInside(reading, text);
        assertOnOneLine(reading.slots, text);
        ask(dialect, text, reading, random);
      }
    });
  }
});

describe('reading an edited text anew tells the same as reading it for the first time', () => {
  for (const dialect of dialects) {
    test(dialect.id, () => {
      const random = randomNumbers(seed + 1);
      for (let round = 0; round < rounds / 10; round += 1) {
        let text = pick(texts, random);
        let previous = dialect.read(text, { name: '', variables });
        for (let edit = 0; edit < 10; edit += 1) {
          text = mutated(text, random);
          previous = dialect.read(text, { name: '', variables, previous });
          const fresh = dialect.read(text, { name: '', variables });
          assert.deepEqual(comparable(previous), comparable(fresh), JSON.stringify(text));
        }
      }
    });
  }
});

/**
 * Longer than a person writes: all that is asked is an answer. The limit is no measurement, it ends a hang;
 * node:test cannot stop code that never returns, and V8's own watchdog can.
 */
describe('a very long text is read to its end', { timeout: 60_000 }, () => {
  for (const [title, { name, text, env = '', most = Number.POSITIVE_INFINITY }] of Object.entries(
    veryLong(),
  )) {
    test(title, () => {
      const work = () => {
        const uri = `file:///${name}`;
        const workspace = new Workspace({ read: () => env });
        assert.equal(workspace.update(uri, text), 'read');
        assertAnswers(workspace.snapshot, uri, [0, text.indexOf('80'), text.length >> 1, text.length]);
        const file = workspace.snapshot.files.get(uri);
        assert.ok(file !== undefined && file.reading.references.length < most);
        assertInside(file.reading, text);
        assert.equal(workspace.update(uri, `${text}\n`), 'read');
        for (const { id, read } of dialects)
          if (id !== file.dialect) assertInside(read(text, { name: '', variables }), text);
      };
      runInNewContext('work()', { work }, { timeout: 30_000 });
    });
  }
});

interface LongText {
  readonly name: string;
  readonly text: string;
  /** The text of the `.env` beside it. */
  readonly env?: string;
  /** The references must be fewer. */
  readonly most?: number;
}

function veryLong(): Readonly<Record<string, LongText>> {
  const ports = (list: string): LongText => ({
    name: 'compose.yaml',
    text: `services:\n  web:\n    ports:${list}\n  next: { ports: ["80:80"] }\n`,
  });
  const dockerfile = (text: string): LongText => ({ name: 'Dockerfile', text });
  const times = (count: number, part: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => part(index)).join('');
  const listed = times(2000, (index) => `  - "${1000 + index}:80"\n`);
  const services = times(2000, (index) => `  s${index}: { ports: *all }\n`);
  return {
    'a comment in a flow list': ports(` ["80:80", # ${'c'.repeat(200_000)}\n      81]`),
    'items beside an anchor': ports(`\n      - &a 80${'\n      - 80'.repeat(200_000)}`),
    'items in an anchor': ports(` &a${'\n      - 80'.repeat(50_000)}\n  other:\n    ports: *a`),
    'quotes that nothing closes': ports("\n      - 'a".repeat(2000)),
    'double quotes that nothing closes': ports('\n      - "80:80'.repeat(2001)),
    'a list that many services use': {
      name: 'compose.yaml',
      text: `x-all: &all\n${listed}services:\n${services}`,
      most: 200_000,
    },
    'a variable that doubles': { ...ports('\n      - "${A}:80"'), env: `A=80\n${'A=$A$A\n'.repeat(40)}` },
    'lists that begin': ports('\n      - ['.repeat(16_000)),
    'lists that begin at the left': { name: 'compose.yaml', text: '- [\n'.repeat(16_000) },
    'blanks in a name': {
      name: 'compose.yaml',
      text: `services:\n  "a${' '.repeat(40_000)}b":\n    ports: ["80:81"]\n`,
    },
    brackets: ports(` ${'['.repeat(100_000)}`),
    'brackets alone': { name: 'compose.yaml', text: '['.repeat(100_000) },
    'expressions that begin': ports(`\n      - "${'${'.repeat(100_000)}"`),
    'defaults in defaults': ports(`\n      - "${'${A:-'.repeat(40_000)}80${'}'.repeat(40_000)}"`),
    'expressions that begin in a Dockerfile': dockerfile(`FROM a\nEXPOSE ${'${'.repeat(100_000)}\n`),
    'stages on stages': dockerfile(
      `FROM a AS s0\nENV P=80\n${times(8000, (index) => `FROM s${index} AS s${index + 1}\nEXPOSE $P\n`)}`,
    ),
    'arguments of EXPOSE': dockerfile(`FROM a\nEXPOSE${' 80'.repeat(300_000)}\n`),
  };
}

function ask(dialect: Dialect, text: string, reading: Reading, random: () => number): void {
  const uri = 'file:///fuzz';
  const snapshot: Snapshot = {
    files: new Map([[uri, sourceFile({ uri, text, dialect: dialect.id, reading })]]),
  };
  assertAnswers(
    snapshot,
    uri,
    Array.from({ length: 5 }, () => Math.floor(random() * (text.length + 1))),
  );
}

/** Whatever a feature answers at these offsets lies inside the text. */
function assertAnswers(snapshot: Snapshot, uri: string, offsets: readonly number[]): void {
  const text = snapshot.files.get(uri)?.text ?? '';
  const chart: Chart = { snapshot, books, machine: { system: 'linux', now: 0 } };
  const inspection = new Inspector({ books }).inspect(snapshot);
  const actions = codeActions(chart, inspection, uri, { start: 0, end: text.length });
  assertWithin(
    actions.flatMap(({ findings, fix }) => [...findings, ...fix.edits].map(({ span }) => span)),
    text,
  );
  for (const offset of offsets) {
    const answer = hover(chart, uri, offset);
    const items = completion(chart, uri, offset);
    assertWithin(
      [...(answer === undefined ? [] : [answer]), ...items].map(({ span }) => span),
      text,
    );
  }
}

function assertInside({ references, slots, faults, filter }: Reading, text: string): void {
  const { chains, rules: filterRules } = filter ?? { chains: [], rules: [] };
  const told = new Set(chains.map(({ name }) => name));
  for (const { chain } of filterRules) assert.ok(told.has(chain), `${chain} is not told`);
  for (const { rule } of faults) assert.ok(ruleIds.has(rule), `${rule} is no rule`);
  assertWithin(
    [
      ...references.flatMap(({ span, portSpan, variables = [] }) => [
        ...[span, portSpan],
        ...variables.map((variable) => variable.span),
      ]),
      ...slots.map(({ span }) => span),
      ...faults.flatMap(({ span, fixes = [] }) => [span, ...fixes.map((fix) => fix.span)]),
      ...chains.flatMap(({ policySpan }) => policySpan ?? []),
      ...filterRules.flatMap(({ span, removal }) => [span, ...(removal === undefined ? [] : [removal])]),
    ],
    text,
  );
}

function assertOnOneLine(slots: Reading['slots'], text: string): void {
  for (const { span } of slots) {
    const typed = text.slice(span.start, span.end);
    assert.doesNotMatch(typed, /[\r\n]/, `a slot leaves its line in ${JSON.stringify(text.slice(0, 2000))}`);
  }
}

function assertWithin(spans: readonly Span[], text: string): void {
  for (const { start, end } of spans) {
    const isWithin = start >= 0 && start <= end && end <= text.length;
    assert.ok(isWithin, isWithin ? '' : `${start}-${end} in ${JSON.stringify(text.slice(0, 2000))}`);
  }
}

function comparable({ references, slots, faults, filter }: Reading): Omit<Reading, 'reusable'> {
  return { references, slots, faults, ...(filter && { filter }) };
}

const snippets = [
  'ports:',
  '- ',
  '"',
  "'",
  '${',
  '}',
  '[',
  ']',
  '{',
  '*a',
  '&a ',
  '<<: ',
  ':',
  '\n',
  '\r\n',
  '\t',
  '  ',
];
const more = [
  'EXPOSE ',
  '\\\n',
  '\\',
  '$P',
  '/tcp',
  '-',
  '80',
  '🚢',
  '\uFEFF',
  '\u0000',
  '\uD800',
  '#',
  '<<EOF\n',
  '`',
  '|\n',
];

/** One to four random changes: characters removed, doubled, or put in. */
function mutated(text: string, random: () => number): string {
  let result = text;
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change += 1) {
    const at = Math.floor(random() * (result.length + 1));
    const end = Math.min(result.length, at + Math.floor(random() * 12));
    const kind = random();
    if (kind < 0.35) result = result.slice(0, at) + result.slice(end);
    else if (kind < 0.5) result = result.slice(0, end) + result.slice(at);
    else result = result.slice(0, at) + pick([...snippets, ...more], random) + result.slice(at);
  }
  return result;
}

function pick<T>(list: readonly T[], random: () => number): T {
  const item = list[Math.floor(random() * list.length)];
  assert.ok(item !== undefined);
  return item;
}

/** Mulberry32: a small generator whose numbers are the same on every machine. */
function randomNumbers(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
