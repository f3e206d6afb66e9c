import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { canonicalUri } from '../../server/model/file-name';
import type { Uri } from '../../server/model/snapshot';
import { Workspace } from '../../server/workspace/workspace';

const main = 'file:///project/compose.yaml';
const part = 'file:///project/parts/web.part';
const deep = 'file:///project/parts/deep.part';

/** Names the part, whose paths then count from the project's folder: there is no `deep.part` in that. */
const naming = 'include: [{ path: parts/web.part, project_directory: . }]\n';
const publishing = (port: number): string =>
  `include: [deep.part]\nservices: { web: { ports: ["${port}:80"] } }\n`;

describe('a file that another one names, in an editor', () => {
  let disk: Map<Uri, string>;
  let workspace: Workspace;

  beforeEach(() => {
    disk = new Map([
      [part, publishing(8080)],
      [deep, 'services: {}\n'],
    ]);
    workspace = new Workspace({ read: (uri) => disk.get(canonicalUri(uri)) });
    workspace.update(main, naming);
  });

  const known = (): readonly Uri[] => [...workspace.snapshot.files.keys()];
  const hostPort = (): number | undefined =>
    workspace.snapshot.files.get(part)?.reading.references[0]?.ports?.first;

  test('leads to nothing that it does not lead to on disk', () => {
    assert.deepEqual(known(), [main, part]);
    workspace.update(part, publishing(8081), 'plaintext');
    assert.deepEqual(known(), [main, part]);
    assert.equal(hostPort(), 8081);
  });

  test('is none of ours when nobody names it any more', () => {
    assert.deepEqual(known(), [main, part]);
    workspace.update(part, publishing(8081), 'plaintext');
    workspace.update(main, 'services: {}\n');
    assert.deepEqual(known(), [main]);
  });

  test('is read as it stands there when somebody names it later', () => {
    workspace.update(main, 'services: {}\n');
    workspace.update(part, publishing(8081), 'plaintext');
    assert.deepEqual(known(), [main]);
    workspace.update(main, naming);
    assert.deepEqual(known(), [main, part]);
    assert.equal(hostPort(), 8081);
  });

  test('is read as it is on disk once its editor is closed', () => {
    workspace.update(part, publishing(8081), 'plaintext');
    assert.equal(hostPort(), 8081);
    workspace.remove(part);
    workspace.fileChanged(part);
    assert.equal(hostPort(), 8080);
  });
});
