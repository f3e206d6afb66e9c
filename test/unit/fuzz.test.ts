import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dialects } from '../../server/dialects';
import { completion } from '../../server/features/completion';
import { diagnostics } from '../../server/features/diagnostics';
import { hover } from '../../server/features/hover';
import type { Dialect } from '../../server/model/dialect';
import type { Reading } from '../../server/model/port';
import type { Snapshot } from '../../server/model/snapshot';
import { parseArchive } from '../harness/archive';
import { shippedRegistry } from '../harness/registry';
import { filesIn } from '../harness/scenario';

/** The seed of the whole run; another one gives other texts, the same one always the same. */
const seed = 20_261_120;

const rounds = 400;
const folder = join(__dirname, '../fixtures');
const registry = shippedRegistry();
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.txt'))
  .flatMap((path) => filesIn(parseArchive(readFileSync(join(folder, path), 'utf8'))))
  .map(({ text }) => text);
const variables = new Map([['WEB_PORT', '8080']]);

describe('whatever the text, a reader answers with spans inside it', () => {
  for (const dialect of dialects) {
    test(dialect.id, () => {
      const random = randomNumbers(seed);
      for (let round = 0; round < rounds; round += 1) {
        const text = mutated(pick(texts, random), random);
        const reading = dialect.read(text, { name: '', variables });
        assertInside(reading, text);
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

function ask(dialect: Dialect, text: string, reading: Reading, random: () => number): void {
  const uri = 'file:///fuzz';
  const snapshot: Snapshot = { files: new Map([[uri, { uri, text, dialect: dialect.id, reading }]]) };
  diagnostics(snapshot, uri);
  for (let question = 0; question < 5; question += 1) {
    const offset = Math.floor(random() * (text.length + 1));
    hover(snapshot, registry, uri, offset);
    completion(snapshot, registry, uri, offset);
  }
}

function assertInside({ references, slots, faults }: Reading, text: string): void {
  const spans = [
    ...references.flatMap(({ span, portSpan }) => [span, portSpan]),
    ...slots.map(({ span }) => span),
    ...faults.flatMap(({ span, fixes }) => [span, ...(fixes ?? []).map((fix) => fix.span)]),
  ];
  for (const { start, end } of spans) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}-${end} in ${JSON.stringify(text)}`);
  }
}

function comparable({ references, slots, faults }: Reading): Omit<Reading, 'reusable'> {
  return { references, slots, faults };
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
