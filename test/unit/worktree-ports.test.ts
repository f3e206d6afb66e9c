import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { environmentEdits } from '../../server/features/free-ports/environment-edits';
import { portsText } from '../../server/model/port';
import type { Snapshot } from '../../server/model/snapshot';
import { UnitBook } from '../../server/units';
import { collide } from '../../server/units/collide';
import { shippedBooks } from '../harness/books';
import { snapshotOf, type Texts } from '../harness/chart';
import { ownPortsOf } from '../harness/own-ports';
import { edited } from '../harness/told';
import { worktreeCases } from './worktree-ports.cases';

const books = shippedBooks();

describe('a worktree gets its own ports:', () => {
  for (const { title, files, other = files, listening, after, ports, left = [] } of worktreeCases)
    test(title, () => {
      const parts = { worktrees: { other }, ...(listening && { listening }) };
      const found = ownPortsOf(books, { ...parts, files });
      assert.deepEqual(found.files, { ...files, ...after });
      assert.deepEqual([found.ports, found.left], [ports, left]);

      // Our own readers see the same services at the new ports, and the other worktree in none of their ways.
      const [before, now] = [snapshotOf('file:///', files), snapshotOf('file:///', found.files)];
      const moves = new Map(
        ports
          .filter((line) => line.includes('→'))
          .map((line) => line.split(' ').slice(1))
          .map(([from, , to]) => [from, to]),
      );
      const moved = entriesOf(before).map((entry) =>
        entry.replace(/ published ([\d-]+)/, (all, port) =>
          moves.get(port) === undefined || left.some((line) => line.startsWith(`${port}:`))
            ? all
            : ` published ${moves.get(port)}`,
        ),
      );
      assert.deepEqual(entriesOf(now), moved);
      assert.deepEqual(faultsOf(now), faultsOf(before));
      if (left.length === 0)
        for (const own of claimsOf(now))
          for (const theirs of claimsOf(snapshotOf('file:///', other)))
            assert.equal(collide(own, theirs), undefined, `${portsText(own.ports)} of both`);

      // Who asks once more is told the same, and nothing changes.
      const again = ownPortsOf(books, { ...parts, files: found.files });
      assert.deepEqual(again.files, found.files);
    });

  test('each of three worktrees other ones than both others', () => {
    const files = {
      'compose.yaml': 'services: { web: { image: nginx, ports: ["8080:80", "5432:5432"] } }\n',
    };
    const one = ownPortsOf(books, { files, worktrees: { main: files } });
    const two = ownPortsOf(books, { files, worktrees: { main: files, one: one.files } });
    assert.deepEqual(one.ports, ['WEB_PORT 8080 → 8081', 'WEB_PORT_5432 5432 → 5433']);
    assert.deepEqual(two.ports, ['WEB_PORT 8080 → 18080', 'WEB_PORT_5432 5432 → 15432']);
  });

  test('but not where the environment file of the folder that includes it has the last word', () => {
    const files = {
      'compose.yaml': 'include: [db/compose.yaml]\n',
      '.env': 'DB=5432\n',
      'db/compose.yaml': 'services: { db: { image: postgres, ports: ["${DB:-6543}:5432"] } }\n',
    };
    const { files: after, ports, left } = ownPortsOf(books, { files, worktrees: { other: files } });
    const why = '5432: its variable has another value in another project';
    assert.deepEqual([after, ports, left], [files, [], [why]]);
  });

  test('nor where an include names an environment file that is not there', () => {
    const files = {
      'compose.yaml': 'include: [{ path: db/db.compose.yaml, env_file: "${WHICH}.env" }]\n',
      'db/db.compose.yaml': 'services: { db: { image: postgres, ports: ["5432:5432"] } }\n',
    };
    const { files: after, ports, left } = ownPortsOf(books, { files, worktrees: { other: files } });
    assert.deepEqual([after, ports, left], [files, [], ['5432: its environment file is not known']]);
  });

  test('a port for which none is free stays, and it says so', () => {
    const files = { 'compose.yaml': 'services: { web: { image: nginx, ports: ["8080:80"] } }\n' };
    const other = { 'compose.yaml': 'services: { web: { image: nginx, ports: ["1-65535:1-65535"] } }\n' };
    const { files: after, ports, left } = ownPortsOf(books, { files, worktrees: { other } });
    assert.deepEqual([after, ports, left], [files, [], ['8080: no port is free for it']]);
  });
});

/** Every service's ports in the projects that Compose finds: where they are published, and what for. */
function entriesOf(snapshot: Snapshot): readonly string[] {
  return projectsOf(snapshot).flatMap(({ id, services }) =>
    services.flatMap(({ name, ports }) =>
      ports.map(({ publish, target }) => {
        const host = publish?.ports === undefined ? 'unknown' : portsText(publish.ports);
        const inside = target.ports === undefined ? 'unknown' : portsText(target.ports);
        return `${id} ${name} published ${host} at ${publish?.address?.text} for ${inside}/${target.transport}`;
      }),
    ),
  );
}

function faultsOf({ files }: Snapshot): readonly string[] {
  return [...files.values()].flatMap(({ uri, reading }) =>
    reading.faults.map(({ rule, message }) => `${uri} ${rule} ${message}`),
  );
}

function claimsOf(snapshot: Snapshot) {
  return projectsOf(snapshot).flatMap(({ claims }) => claims);
}

function projectsOf(snapshot: Snapshot) {
  return new UnitBook().of(snapshot).project.filter(({ isFound }) => isFound);
}

/** An environment file before, the values of A and B, and the file after. */
const environments: readonly (readonly [before: string, values: Texts, after: string])[] = [
  ['', { A: '1' }, 'A=1\n'],
  ['', {}, ''],
  ['A=1\n', { A: '1' }, 'A=1\n'],
  ['A=1\n', { A: '2', B: '3' }, 'A=2\nB=3\n'],
  ['A=1', { A: '2', B: '3' }, 'A=2\nB=3\n'],
  ['A=1-2\r\n', { A: '3-4', B: '5' }, 'A=3-4\r\nB=5\r\n'],
  ['export A = "1" # why\nC=1', { A: '2' }, 'export A = "2" # why\nC=1'],
  ["A='1'\n", { A: '2' }, "A='2'\n"],
  ['A=1#2\n', { A: '3' }, 'A=1#2\nA=3\n'],
  ['A=0\nA=1\n', { A: '2' }, 'A=0\nA=2\n'],
  ['A=\n', { A: '2' }, 'A=\nA=2\n'],
  ['A= # none\n', { A: '2' }, 'A= # none\nA=2\n'],
  ['A\n', { A: '2' }, 'A\nA=2\n'],
  ['AA=1\nXA=1\n', { A: '2' }, 'AA=1\nXA=1\nA=2\n'],
  ['# A=1\n', { A: '2' }, '# A=1\nA=2\n'],
  ['X="\nA=1\n"\n', { A: '2' }, 'X="\nA=1\n"\nA=2\n'],
  ['A=${X:-1}\n', { A: '2' }, 'A=${X:-1}\nA=2\n'],
  ['\uFEFFA=1\n', { A: '2' }, '\uFEFFA=2\n'],
  ['A: 1\n', { A: '2' }, 'A: 2\n'],
  ['A="\\u0031"\n', { A: '2' }, 'A="\\u0031"\nA=2\n'],
];

describe('an environment file sets variables anew:', () => {
  for (const [before, values, after] of environments)
    test(`${JSON.stringify(before)} with ${JSON.stringify(values)}`, () => {
      const given = new Map(Object.entries(values));
      assert.equal(edited(before, environmentEdits('file:///.env', before, given)), after);
      assert.deepEqual(environmentEdits('file:///.env', after, given), []);
    });
});
