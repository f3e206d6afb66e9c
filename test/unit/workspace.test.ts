import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compose } from '../../server/dialects/compose/compose';
import type { Dialect, ReadInputs } from '../../server/model/dialect';
import type { PortReference } from '../../server/model/port';
import { emptyReading, type Reading } from '../../server/model/reading';
import type { Uri } from '../../server/model/snapshot';
import { noSurround } from '../../server/workspace/policy';
import { longestText, Workspace } from '../../server/workspace/workspace';

const uri = 'file:///project/compose.yaml';

/** No file beside the documents. */
const noTexts = { read: () => undefined };

describe('an edit of a compose file', () => {
  const text = `services:
  first:
    ports: ["8001:81"]
  second:
    ports: ["8002:82"]
  third:
    ports: ["8003:83"]
`;

  test('takes over the very objects of the services in front of it', () => {
    const { old, edited } = afterEdit(text, '8002', '902');
    assert.equal(old.first.length, 2);
    assertSameObjects(edited.first, old.first);
  });

  test('reads the service that it touches anew', () => {
    const { old, edited } = afterEdit(text, '8002', '902');
    assert.deepEqual(numbers(old.second), [8002, 82]);
    assert.deepEqual(numbers(edited.second), [902, 82]);
    assert.notEqual(edited.second[1], old.second[1]);
  });

  test('moves the services behind it', () => {
    const { old, edited } = afterEdit(text, '8002', '8002 ');
    assert.deepEqual(numbers(edited.third), [8003, 83]);
    assert.deepEqual(
      edited.third.map(({ portSpan: { start, end } }) => [start - 1, end - 1]),
      old.third.map(({ portSpan: { start, end } }) => [start, end]),
    );
  });

  test('takes over the services behind it, too, when it moves nothing', () => {
    const { old, edited } = afterEdit(text, '8002', '9002');
    assertSameObjects(edited.third, old.third);
    assert.deepEqual(numbers(edited.second), [9002, 82]);
  });

  test('takes nothing over when a variable has another value', () => {
    const beside = new Map([['file:///project/.env', 'WEB_PORT=8001\n']]);
    const workspace = workspaceWith(beside);
    workspace.update(uri, text.replace('8001', '$WEB_PORT'));
    const old = services(workspace);
    beside.set('file:///project/.env', 'WEB_PORT=9001\n');
    workspace.companionChanged('file:///project/.env');
    assert.deepEqual(numbers(old.first), [8001, 81]);
    assert.deepEqual(numbers(services(workspace).first), [9001, 81]);
  });

  test('leaves the snapshots as they were', () => {
    const workspace = new Workspace(noTexts);
    const empty = workspace.snapshot;
    workspace.update(uri, text);
    const full = workspace.snapshot;
    const file = full.files.get(uri);
    workspace.update(uri, 'services: {}\n');
    workspace.remove(uri);
    assert.equal(empty.files.size, 0);
    assert.equal(full.files.get(uri), file);
    assert.equal(file?.text, text);
    assert.equal(file?.reading.references.length, 6);
    assert.equal(workspace.snapshot.files.size, 0);
  });
});

describe('settings files', () => {
  const web = 'services: { web: { ports: ["8080:80"] } }\n';
  const said = '{ "nginxVersion": "1.25.3" }';

  test('are read when a file below them comes in, and never by a snapshot', () => {
    const asked: Uri[] = [];
    const beside = new Map([['file:///project/api/.portolan.json', said]]);
    const workspace = new Workspace({
      read(each) {
        asked.push(each);
        return beside.get(each);
      },
    });
    workspace.settle({ ...noSurround, folders: ['file:///project'] });
    workspace.update(uri, web);
    const old = workspace.snapshot;
    const before = asked.length;
    assert.deepEqual(old.policy?.choicesAt('file:///project/api/compose.yaml'), [noSurround.choices]);
    assert.equal(asked.length, before);
    workspace.update('file:///project/api/compose.yaml', web);
    const [choices] = workspace.snapshot.policy?.choicesAt('file:///project/api/compose.yaml') ?? [];
    assert.equal(choices?.nginxVersion, '1.25.3');
    assert.deepEqual(old.policy?.files, []);
  });
});

describe('a companion file that changed', () => {
  const near = 'file:///near/.env';
  const web = 'services: { web: { ports: ["${WEB_PORT}:80"] } }\n';

  test('has the files beside it read anew, and no other', () => {
    const beside = new Map([
      [near, 'WEB_PORT=8088\n'],
      ['file:///far/.env', 'WEB_PORT=7077\n'],
    ]);
    const workspace = workspaceWith(beside);
    const uris = ['compose.yaml', 'compose.test.yaml', 'Dockerfile'].map((name) => `file:///near/${name}`);
    for (const name of [...uris, 'file:///far/compose.yaml']) {
      workspace.update(name, name.endsWith('Dockerfile') ? 'FROM alpine\nEXPOSE $WEB_PORT\n' : web);
    }
    const { files: old } = workspace.snapshot;
    beside.set(near, 'WEB_PORT=8089\n');
    beside.set('file:///far/.env', 'WEB_PORT=7078\n');
    assert.deepEqual(workspace.companionChanged(near), uris.slice(0, 2));
    const { files } = workspace.snapshot;
    assert.deepEqual(
      [...files].map(([name, file]) => [name, file === old.get(name), numbers(file.reading.references)[0]]),
      [
        ['file:///far/compose.yaml', true, 7077],
        ['file:///near/Dockerfile', true, undefined],
        ['file:///near/compose.test.yaml', false, 8089],
        ['file:///near/compose.yaml', false, 8089],
      ],
    );
  });

  test('is read once for all files beside it, and again only when it has changed', () => {
    const asked: Uri[] = [];
    const workspace = new Workspace({
      read(companion) {
        asked.push(companion);
        return 'WEB_PORT=8088\n';
      },
    });
    workspace.update('file:///near/compose.yaml', web);
    workspace.update('file:///near/compose.test.yaml', web);
    workspace.update('file:///near/compose.yaml', `${web}\n`);
    assert.deepEqual(asked, [near]);
    workspace.companionChanged(near);
    assert.deepEqual(asked, [near, near]);
  });

  test('can come and go', () => {
    const beside = new Map<Uri, string>();
    const workspace = workspaceWith(beside);
    const ports = () =>
      numbers(workspace.snapshot.files.get('file:///near/compose.yaml')?.reading.references);
    workspace.update('file:///near/compose.yaml', web);
    assert.deepEqual(ports(), [undefined, 80]);
    beside.set(near, 'WEB_PORT=8088\n');
    workspace.companionChanged(near);
    assert.deepEqual(ports(), [8088, 80]);
    beside.delete(near);
    workspace.companionChanged(near);
    assert.deepEqual(ports(), [undefined, 80]);
  });

  test('counts as the editor has it, and as the disk has it once the editor is closed', () => {
    const workspace = workspaceWith(new Map([[near, 'WEB_PORT=8088\n']]));
    const published = () =>
      numbers(workspace.snapshot.files.get('file:///near/compose.yaml')?.reading.references)[0];
    workspace.update('file:///near/compose.yaml', web);
    assert.equal(published(), 8088);
    workspace.update('file:///near/%2Eenv', 'WEB_PORT=8089\n');
    assert.equal(published(), 8089);
    // The watcher tells of the disk's text, which is older than the editor's.
    assert.deepEqual(workspace.companionChanged(near), ['file:///near/compose.yaml']);
    assert.equal(published(), 8089);
    workspace.remove('file:///near/%2Eenv');
    assert.equal(published(), 8088);
  });

  test('is of no concern to a file that was closed', () => {
    const workspace = workspaceWith(new Map([[near, 'WEB_PORT=8088\n']]));
    workspace.update('file:///near/compose.yaml', web);
    workspace.remove('file:///near/compose.yaml');
    assert.deepEqual(workspace.companionChanged(near), []);
    assert.equal(workspace.snapshot.files.size, 0);
  });
});

describe('a text that is left out', () => {
  const image = 'file:///project/Dockerfile';
  const exposing = 'FROM alpine\nEXPOSE 80\n';

  test('is one that is too long; what was read before is forgotten, other files stay', () => {
    const workspace = new Workspace(noTexts);
    workspace.update(uri, 'services: {}\n');
    const longest = exposing + '#'.repeat(longestText - exposing.length);
    assert.equal(workspace.update(image, longest), 'read');
    assert.equal(workspace.snapshot.files.get(image)?.reading.references.length, 1);
    assert.equal(workspace.update(image, `${longest}#`), 'too long');
    assert.deepEqual([...workspace.snapshot.files.keys()], [uri]);
    assert.equal(workspace.update(image, exposing), 'read');
    assert.deepEqual([...workspace.snapshot.files.keys()], [image, uri]);
  });

  test('is one of a kind that is not ours', () => {
    const workspace = new Workspace(noTexts);
    assert.equal(workspace.update('file:///project/other.yaml', 'ports: [70000]\n', 'yaml'), 'not ours');
    assert.equal(workspace.update('untitled:Untitled-1', exposing), 'not ours');
    assert.equal(workspace.snapshot.files.size, 0);
  });

  test('is one that was ours until the editor called it something else', () => {
    const workspace = new Workspace(noTexts);
    assert.equal(workspace.update('untitled:Untitled-1', exposing, 'dockerfile'), 'read');
    assert.equal(workspace.snapshot.files.size, 1);
    assert.equal(workspace.update('untitled:Untitled-1', exposing, 'plaintext'), 'not ours');
    assert.equal(workspace.snapshot.files.size, 0);
  });
});

describe('a document that becomes another kind of file', () => {
  const untitled = 'untitled:Untitled-1';

  test('is read as the new kind', () => {
    const workspace = new Workspace(noTexts);
    const text = 'EXPOSE 80\n';
    workspace.update(untitled, text, 'dockercompose');
    assert.equal(workspace.snapshot.files.get(untitled)?.dialect, 'compose');
    assert.deepEqual(numbers(workspace.snapshot.files.get(untitled)?.reading.references), []);
    workspace.update(untitled, text, 'dockerfile');
    assert.equal(workspace.snapshot.files.get(untitled)?.dialect, 'dockerfile');
    assert.deepEqual(numbers(workspace.snapshot.files.get(untitled)?.reading.references), [80]);
    assert.equal(workspace.snapshot.files.size, 1);
  });

  test('goes by its language before its name', () => {
    const workspace = new Workspace(noTexts);
    workspace.update(uri, 'FROM alpine\nEXPOSE 80\n', 'dockerfile');
    assert.equal(workspace.snapshot.files.get(uri)?.dialect, 'dockerfile');
  });

  test('has companions of its new kind alone', () => {
    const workspace = workspaceWith(new Map([['file:///project/.env', 'PORT=80\n']]));
    workspace.update(uri, 'services: {}\n');
    assert.deepEqual(workspace.companionChanged('file:///project/.env'), [uri]);
    workspace.update(uri, 'FROM alpine\n', 'dockerfile');
    assert.deepEqual(workspace.companionChanged('file:///project/.env'), []);
  });

  test('hands its last reading to the next of its own kind, and to no other', () => {
    const workspace = new Workspace(noTexts);
    const [one, other] = [new Spy('one'), new Spy('other')];
    workspace.updateAs(one, untitled, '1');
    workspace.updateAs(one, untitled, '2');
    workspace.updateAs(other, untitled, '3');
    workspace.updateAs(one, untitled, '4');
    assert.deepEqual(one.previous, [undefined, one.readings[0], undefined]);
    assert.equal(one.previous[1], one.readings[0]);
    assert.deepEqual(other.previous, [undefined]);
  });
});

test('a text that a reader fails on is not told of by what was read before', () => {
  const workspace = new Workspace(noTexts);
  const failing: Dialect = {
    ...compose,
    read() {
      throw new Error('sunk');
    },
  };
  workspace.update(uri, 'services: { web: { ports: [80] } }\n');
  assert.throws(() => workspace.updateAs(failing, uri, 'services: {}\n'), /sunk/);
  const file = workspace.snapshot.files.get(uri);
  assert.equal(file?.text, 'services: {}\n');
  assert.deepEqual(file?.reading.references, []);
});

/** A kind of file that remembers what it was given. */
class Spy implements Dialect {
  readonly title = 'Spy';
  readonly files = [];
  readonly languages = [];
  readonly companions = [];
  readonly readings: Reading[] = [];
  readonly previous: (Reading | undefined)[] = [];

  constructor(readonly id: string) {}

  read(_text: string, { previous }: ReadInputs): Reading {
    const reading = { ...emptyReading };
    this.readings.push(reading);
    this.previous.push(previous);
    return reading;
  }
}

type Services = Readonly<Record<'first' | 'second' | 'third', readonly PortReference[]>>;

/** What the services say before and after `from` has become `to`; afterwards it is what a fresh reading says. */
function afterEdit(text: string, from: string, to: string): { old: Services; edited: Services } {
  const workspace = new Workspace(noTexts);
  workspace.update(uri, text);
  const old = services(workspace);
  const changed = text.replace(from, to);
  workspace.update(uri, changed);
  const edited = services(workspace);
  const fresh = compose.read(changed, { name: 'compose.yaml', variables: new Map() });
  assert.deepEqual(workspace.snapshot.files.get(uri)?.reading.references, fresh.references);
  return { old, edited };
}

function services(workspace: Workspace): Services {
  const references = workspace.snapshot.files.get(uri)?.reading.references ?? [];
  const of = (name: string) => references.filter(({ owner }) => owner === `service "${name}"`);
  return { first: of('first'), second: of('second'), third: of('third') };
}

function assertSameObjects(found: readonly object[], wanted: readonly object[]): void {
  assert.equal(found.length, wanted.length);
  for (const [index, each] of found.entries()) {
    assert.ok(each === wanted[index], `reference ${index} was read anew`);
  }
}

function workspaceWith(beside: ReadonlyMap<Uri, string>): Workspace {
  return new Workspace({ read: (companion) => beside.get(companion) });
}

function numbers(references: readonly PortReference[] | undefined): readonly (number | undefined)[] {
  return (references ?? []).map(({ ports }) => ports?.first);
}
