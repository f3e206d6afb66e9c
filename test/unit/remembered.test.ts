import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { completion } from '../../server/features/completion/completion';
import { Inspector } from '../../server/features/diagnostics/inspector';
import type { Chart } from '../../server/model/chart';
import { claimList } from '../../server/model/claim-list';
import { portsText } from '../../server/model/port';
import type { Snapshot, Uri } from '../../server/model/snapshot';
import { hostClaims } from '../../server/units/host-claims';
import { noSurround } from '../../server/workspace/policy';
import { Workspace } from '../../server/workspace/workspace';
import { parseArchive } from '../harness/archive';
import { shippedBooks } from '../harness/books';
import { type Random, randomFrom } from '../harness/random';
import { randomWorkspace } from '../harness/random-workspace';
import { textsIn } from '../harness/scenario';

const books = shippedBooks();

describe('what is remembered of earlier snapshots is what somebody finds who has seen nothing before', () => {
  const folder = join(__dirname, '../fixtures');
  const scenarios = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .map((path) => ({ path, texts: textsIn(parseArchive(readFileSync(join(folder, path), 'utf8'))) }))
    .filter(({ texts }) => texts.size > 1);

  for (const { path, texts } of scenarios) {
    test(`while the files of ${path} come and go`, () => {
      const edited = new EditedWorkspace();
      for (const [uri, text] of texts) edited.put(uri, text, path);
      for (const [uri, text] of texts) {
        edited.remove(uri, path);
        edited.put(uri, text, path);
      }
      edited.compareWithFresh(path);
      for (const uri of texts.keys()) edited.remove(uri, path);
    });
  }

  test('while files, comments and settings of random workspaces change', () => {
    const seen = { findings: 0, suppressed: 0, claims: 0, items: 0 };
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = randomFrom(seed);
      const edited = new EditedWorkspace();
      const place = `seed ${seed}`;
      for (let version = 0; version < 3; version += 1) {
        for (const [name, text] of Object.entries(randomWorkspace(random)))
          edited.put(`file:///${name}`, withComments(random, text), place);
        if (random.chance(40)) edited.put('file:///.portolan.json', settings(random), place);
        if (random.chance(40)) edited.remove(random.pick(edited.uris), place);
        edited.compareWithFresh(place);
      }
      seen.findings += edited.findings;
      seen.suppressed += edited.suppressed;
      seen.claims += edited.claims;
      seen.items += edited.items;
    }
    assert.ok(seen.findings > 5000 && seen.suppressed > 50, JSON.stringify(seen));
    assert.ok(seen.claims > 10_000 && seen.items > 10_000, JSON.stringify(seen));
  });
});

test('an edit leaves the findings of files that it does not touch as they are', () => {
  const { inspector, workspace } = new EditedWorkspace();
  const doubled = (port: number): string => `services:\n  web:\n    ports: ["${port}:80", "${port}:81"]\n`;
  workspace.update('file:///one/compose.yaml', doubled(8080));
  workspace.update('file:///other/compose.yaml', doubled(9090));
  const before = inspector.inspect(workspace.snapshot);
  workspace.update('file:///one/compose.yaml', `# more\n${doubled(8080)}`);
  const after = inspector.inspect(workspace.snapshot);
  assert.ok(before.of('file:///other/compose.yaml').length > 0);
  assert.equal(after.of('file:///other/compose.yaml'), before.of('file:///other/compose.yaml'));
  assert.notDeepEqual(after.of('file:///one/compose.yaml'), before.of('file:///one/compose.yaml'));
});

/**
 * A workspace that changes text by text. After each change, what is found, what is wanted of the machine and what is offered
 * are held against the same for a snapshot without a memory.
 */
class EditedWorkspace {
  readonly inspector = new Inspector({ books });
  readonly workspace: Workspace;
  findings = 0;
  suppressed = 0;
  claims = 0;
  items = 0;
  private readonly texts = new Map<Uri, string>();

  constructor() {
    this.workspace = this.emptyWorkspace();
  }

  get uris(): [Uri, ...Uri[]] {
    const [first = '', ...others] = this.texts.keys();
    return [first, ...others];
  }

  put(uri: Uri, text: string, place: string): void {
    this.texts.set(uri, text);
    this.workspace.update(uri, text);
    this.compare(`${place}: ${uri} came or changed`, uri);
  }

  remove(uri: Uri, place: string): void {
    this.texts.delete(uri);
    this.workspace.remove(uri);
    this.compare(`${place}: ${uri} is gone`);
  }

  /** Whoever starts now, and meets the files in another order, is told the same. */
  compareWithFresh(when: string): void {
    const fresh = this.emptyWorkspace();
    for (const [uri, text] of [...this.texts].reverse()) fresh.update(uri, text);
    const { snapshot } = this.workspace;
    assert.deepEqual(
      told(this.inspector, snapshot),
      told(new Inspector({ books }), fresh.snapshot),
      `${when}: from scratch`,
    );
    assert.deepEqual(wanted(snapshot), wanted(fresh.snapshot), `${when}: from scratch`);
    for (const uri of this.uris)
      assert.deepEqual(offered(snapshot, uri), offered(fresh.snapshot, uri), `${when}: ${uri} from scratch`);
  }

  private emptyWorkspace(): Workspace {
    const workspace = new Workspace({ read: (uri) => this.texts.get(uri) });
    workspace.settle({ ...noSurround, folders: ['file:///'] });
    return workspace;
  }

  private compare(when: string, changed?: Uri): void {
    const { snapshot } = this.workspace;
    const { memory, ...bare } = snapshot;
    assert.ok(memory !== undefined);
    const remembered = told(this.inspector, snapshot);
    assert.deepEqual(remembered, told(new Inspector({ books }), bare), when);
    const claims = wanted(snapshot);
    assert.deepEqual(claims, wanted(bare), when);
    const items = changed === undefined ? [] : offered(snapshot, changed);
    assert.deepEqual(items, changed === undefined ? [] : offered(bare, changed), when);
    this.findings += remembered.findings.length;
    this.suppressed += remembered.suppressed.length;
    this.claims += claims.length;
    this.items += items.length;
  }
}

/** All that is wanted of the machine, each claim as it stands in the list of all and in the part of its file. */
function wanted(snapshot: Snapshot): readonly string[] {
  const { claims, rows, parts, starts } = hostClaims(snapshot, books.knowledge);
  assert.deepEqual(rows, claimList(claims).rows);
  assert.equal(starts.at(-1), claims.length);
  for (const [index, part] of parts.entries())
    assert.deepEqual(claims.slice(starts[index], starts[index + 1]), part.claims);
  return claims.map(({ file, reference, ports, transport, address, holder }) =>
    [file.uri, reference.span.start, portsText(ports), transport, address?.canonical, holder].join(' '),
  );
}

/** What is offered in the first and the last slot of a file. */
function offered(snapshot: Snapshot, uri: Uri): readonly string[] {
  const chart: Chart = { snapshot, books, machine: { system: 'linux', now: 0 } };
  const slots = snapshot.files.get(uri)?.reading.slots ?? [];
  return [...new Set([slots[0], slots.at(-1)])]
    .filter((slot) => slot !== undefined)
    .flatMap(({ span }) => completion(chart, uri, span.end))
    .map(({ insert, detail }) => `${insert} ${detail}`);
}

function told(inspector: Inspector, snapshot: Snapshot): { findings: string[]; suppressed: string[] } {
  const inspection = inspector.inspect(snapshot);
  const uris = new Set([...snapshot.files.keys(), ...inspection.uris]);
  return {
    findings: [...uris].flatMap((uri) => inspection.of(uri).map((each) => JSON.stringify(each))),
    suppressed: [...uris].flatMap((uri) =>
      inspection.suppressed(uri).map(({ finding, by }) => JSON.stringify([finding, by])),
    ),
  };
}

/** A comment that has one rule ignored, on some lines. */
function withComments(random: Random, text: string): string {
  const lines = text.split('\n');
  return lines
    .map((line) => (random.chance(30) && line !== '' ? `${line} # portolan-ignore ${ignored(random)}` : line))
    .join('\n');
}

function ignored(random: Random): string {
  return random.pick([
    'published-port-conflict',
    'project-port-conflict',
    'store-published-everywhere',
    'no-rule',
  ]);
}

function settings(random: Random): string {
  const level = random.pick(['error', 'hint', 'off']);
  const exclude = random.chance(20) ? ['a/**'] : [];
  return JSON.stringify({ rules: { [ignored(random)]: level, compose: level }, exclude });
}
