import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnitBook } from '../../server/units';
import { Workspace } from '../../server/workspace/workspace';

/** A workspace of these files, each by its path. */
function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const workspace = new Workspace({ read: () => undefined });
  for (const [path, text] of Object.entries(files)) workspace.update(`file:///project/${path}`, text);
  return workspace;
}

describe('files that lead to each other for ever', () => {
  const includes = (...names: readonly string[]): string =>
    `include: [${names.join(', ')}]\nservices:\n  a: { image: nginx, ports: ["80:80"] }\n`;

  test('are read once each', () => {
    const itself = Array.from({ length: 30 }, () => 'compose.yaml');
    const workspace = workspaceOf({
      'compose.yaml': includes(...itself, 'compose.b.yaml'),
      'compose.b.yaml': includes('compose.c.yaml', 'compose.yaml'),
      'compose.c.yaml': includes('compose.b.yaml', 'compose.c.yaml'),
    });
    const [project] = new UnitBook().of(workspace.snapshot).project;
    assert.deepEqual(
      project?.files.map(({ uri }) => uri.slice('file:///project/'.length)),
      ['compose.c.yaml', 'compose.b.yaml', 'compose.yaml'],
    );
  });

  test('and services that extend each other end, too', () => {
    const workspace = workspaceOf({
      'compose.yaml': 'services:\n  a: { extends: b, ports: ["1:1"] }\n  b: { extends: a, ports: ["2:2"] }\n',
    });
    const [project] = new UnitBook().of(workspace.snapshot).project;
    assert.equal(project?.services.length, 2);
  });
});

describe('a unit is the same object as long as nothing in it changes', () => {
  const files = {
    'shop/compose.yaml': 'services:\n  a: { image: nginx, ports: ["80:80"] }\n',
    'blog/compose.yaml': 'services:\n  a: { build: ., ports: ["81:80"] }\n',
    'blog/Dockerfile': 'FROM alpine\nEXPOSE 80\n',
    'docs/Dockerfile': 'FROM alpine\nEXPOSE 80\n',
  };

  test('an edit elsewhere leaves it alone', () => {
    const workspace = workspaceOf(files);
    const book = new UnitBook();
    const before = book.of(workspace.snapshot);
    workspace.update('file:///project/docs/Dockerfile', 'FROM alpine\nEXPOSE 81\n');
    const after = book.of(workspace.snapshot);
    assert.ok(after.project.length === 2 && after.project.every((each, at) => each === before.project[at]));
    assert.equal(after.workspace[0], before.workspace[0]);
  });

  test('an edit of a Dockerfile touches the project that builds it, and no other', () => {
    const workspace = workspaceOf(files);
    const book = new UnitBook();
    const before = book.of(workspace.snapshot);
    workspace.update('file:///project/blog/Dockerfile', 'FROM alpine\nEXPOSE 81\n');
    const after = book.of(workspace.snapshot);
    const isSame = after.project.map((each, at) => each === before.project[at]);
    assert.deepEqual([isSame.filter(Boolean).length, isSame.length], [1, 2]);
    assert.notEqual(after.workspace[0], before.workspace[0]);
  });
});

test('a profile that .env turns on is no condition any more', () => {
  const workspace = new Workspace({
    read: (uri) => (uri.endsWith('.env') ? 'COMPOSE_PROFILES=debug,trace\n' : undefined),
  });
  workspace.update(
    'file:///project/compose.yaml',
    'services:\n  a: { image: nginx, profiles: [debug] }\n  b: { image: nginx, profiles: [other] }\n',
  );
  const [project] = new UnitBook().of(workspace.snapshot).project;
  assert.deepEqual(
    project?.services.map(({ profiles }) => profiles),
    [[], ['other']],
  );
});
