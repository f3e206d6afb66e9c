import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { dialects } from '../../server/dialects';
import { rules } from '../../server/rules';
import { type Archive, parseArchive } from '../harness/archive';
import { shippedBooks } from '../harness/books';
import { filesIn, findingsIn, play, referencesIn } from '../harness/scenario';
import { assertWithin } from '../harness/told';

/** Set to rewrite every scenario with what the engine answers now; read the difference before it is committed. */
const rewrites = process.env.UPDATE_FIXTURES === '1';

const folder = join(__dirname, '../fixtures');
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.txt'))
  .sort();
const books = shippedBooks();
const scenarios = new Map(
  paths.map((path) => [path, parseArchive(readFileSync(join(folder, path), 'utf8'))]),
);

describe('every scenario shows what the engine answers', () => {
  for (const [path, archive] of scenarios) {
    test(path, () => {
      const played = play(archive, books);
      if (rewrites) writeFileSync(join(folder, path), played);
      else assert.equal(played, readFileSync(join(folder, path), 'utf8'));
    });
  }
});

describe('every rule fires in one scenario and is silent in another', () => {
  for (const { id } of rules) {
    test(id, () => {
      assert.ok(
        findsRule(archiveOf(`rules/${id}.fires.txt`), id),
        `rules/${id}.fires.txt does not show ${id}`,
      );
      const silent = archiveOf(`rules/${id}.silent.txt`);
      assert.ok(!findsRule(silent, id), `rules/${id}.silent.txt shows ${id}`);
      assert.ok(referencesIn(silent).length > 0, `rules/${id}.silent.txt has no port to be silent about`);
    });
  }
});

describe('every beginning of every file can be read', () => {
  for (const [path, archive] of scenarios) {
    test(path, () => {
      for (const { name, text } of filesIn(archive)) {
        for (const dialect of dialects) {
          for (let length = 0; length <= text.length; length += 1) {
            const beginning = text.slice(0, length);
            const reading = dialect.read(beginning, { name, variables: new Map() });
            const message = `${relative(folder, path)}: a span leaves the first ${length} characters`;
            assertWithin(reading, length, message);
          }
        }
      }
    });
  }
});

function archiveOf(path: string): Archive {
  const archive = scenarios.get(path);
  assert.ok(archive !== undefined, `${path} is missing`);
  return archive;
}

function findsRule(archive: Archive, id: string): boolean {
  return findingsIn(archive, books).some(({ rule }) => rule === id);
}
