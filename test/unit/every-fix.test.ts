import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fixesOf } from '../../server/features/code-actions';
import { Inspector } from '../../server/features/diagnostics/inspector';
import type { Finding, Fix } from '../../server/model/finding';
import type { Snapshot, Uri } from '../../server/model/snapshot';
import { noSurround } from '../../server/workspace/policy';
import { Workspace } from '../../server/workspace/workspace';
import { parseArchive } from '../harness/archive';
import { shippedBooks } from '../harness/books';
import { textsIn } from '../harness/scenario';
import { edited } from '../harness/told';

const books = shippedBooks();
const folder = join(__dirname, '../fixtures');

/** Each mend of each finding is made by itself, and the whole scenario is looked at again. */
describe('every fix that any scenario offers takes its finding away and brings no error', () => {
  let made = 0;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.endsWith('.txt')) continue;
    const texts = textsIn(parseArchive(readFileSync(join(folder, path), 'utf8')));
    test(path, () => {
      const snapshot = snapshotOf(texts);
      const before = findingsIn(snapshot);
      const chart = { snapshot, books, machine: { system: 'linux' as const, now: 0 } };
      for (const finding of before) {
        for (const fix of fixesOf(chart, finding)) {
          made += 1;
          const after = findingsIn(snapshotOf(mended(texts, fix)));
          const where = `"${fix.title}" for ${finding.rule}: ${finding.message}`;
          const alike = after.filter((each) => isAlike(each, finding));
          // One of several that say the same can come to stand where this one stood.
          const isLeft =
            alike.some(({ span }) => span.start === placeAfter(finding, fix)) &&
            alike.length >= before.filter((each) => isAlike(each, finding)).length;
          assert.ok(!isLeft, `${where}\nis still found`);
          // The program stops at the first error of this kind, and comes to the next one when that is mended.
          if (finding.rule === 'syntax-error') continue;
          const brought = errorsIn(after).filter(
            (each) => !errorsIn(before).some((old) => isAt(each, old, placeAfter(old, fix))),
          );
          assert.deepEqual(
            brought.map(({ rule, message }) => `${rule}: ${message}`),
            [],
            `${where}\nbrings errors`,
          );
        }
      }
    });
  }

  test('and there are many', () => assert.ok(made > 300, `${made}`));
});

function errorsIn(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

function isAlike(one: Finding, other: Finding): boolean {
  return one.uri === other.uri && one.rule === other.rule && one.message === other.message;
}

function isAt(one: Finding, { uri, rule }: Finding, start: number): boolean {
  return one.uri === uri && one.rule === rule && one.span.start === start;
}

/** Where a finding begins when a fix has moved the text in front of it. */
function placeAfter({ uri, span: { start } }: Finding, { edits }: Fix): number {
  return edits
    .filter((edit) => edit.uri === uri && edit.span.end <= start)
    .reduce((place, { span, text }) => place + text.length - (span.end - span.start), start);
}

function snapshotOf(texts: ReadonlyMap<Uri, string>): Snapshot {
  const workspace = new Workspace({ read: (uri) => texts.get(uri) });
  workspace.settle({ ...noSurround, folders: ['file:///'] });
  for (const [uri, text] of texts) workspace.update(uri, text);
  return workspace.snapshot;
}

function findingsIn(snapshot: Snapshot): readonly Finding[] {
  const inspection = new Inspector({ books }).inspect(snapshot);
  return inspection.uris.flatMap((uri) => inspection.of(uri));
}

function mended(texts: ReadonlyMap<Uri, string>, { edits }: Fix): ReadonlyMap<Uri, string> {
  return new Map(
    [...texts].map(([uri, text]) => [
      uri,
      edited(
        text,
        edits.filter((edit) => edit.uri === uri),
      ),
    ]),
  );
}
