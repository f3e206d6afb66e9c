import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { disk } from '../../server/workspace/disk';
import { surveyNeighbours } from '../../server/workspace/neighbours';
import { emptyFolder, git, repository } from '../harness/git';

describe('the worktrees beside the workspace', () => {
  let top: string;
  const at = (...names: readonly string[]): string => join(top, ...names);

  beforeEach(() => {
    top = emptyFolder();
    repository(at('main'));
    for (const path of [at('one'), at('main', 'inside'), at('empty')])
      git(at('main'), 'worktree', 'add', '--quiet', path);
    write('main', 'compose.yaml', composeOf('8080:80'));
    write('one', 'compose.yaml', composeOf('${WEB_PORT}:80'));
    write('one', '.env', 'WEB_PORT=8081\n');
    write('one', 'etc/nginx/nginx.conf', 'events {}\nhttp { server { listen 8082; } }\n');
    write('one', 'old/compose.yaml', composeOf('8083:80'));
    write('one', '.portolan.json', '{ "exclude": ["old"] }');
    write('one', 'rules.v4', '*filter\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n');
    write('main/inside', 'compose.yaml', composeOf('8084:80'));
  });

  function write(worktree: string, name: string, text: string): void {
    mkdirSync(dirname(at(worktree, name)), { recursive: true });
    writeFileSync(at(worktree, name), text);
  }

  /** What is found, by the worktree's name: its files below the top folder. */
  async function filesBeside(
    ...folders: readonly string[]
  ): Promise<Readonly<Record<string, readonly string[]>>> {
    const found = await beside(...folders);
    return Object.fromEntries(
      found.map(({ name, snapshot }) => [
        name,
        [...snapshot.files.keys()]
          .map((uri) =>
            fileURLToPath(uri)
              .slice(top.length + 1)
              .replaceAll('\\', '/'),
          )
          .sort(),
      ]),
    );
  }

  function beside(...folders: readonly string[]): ReturnType<typeof surveyNeighbours> {
    const uris = folders.map((path) => pathToFileURL(path).href);
    return surveyNeighbours(uris, disk(assert.fail), new AbortController().signal);
  }

  const filesOfOne = ['one/.env', 'one/compose.yaml', 'one/etc/nginx/nginx.conf'];

  test('are read for compose files, environment files and nginx, but for what their settings exclude', async () => {
    assert.deepEqual(await filesBeside(at('main')), { one: filesOfOne });
  });

  test('are each a workspace of their own, with the .env beside the files', async () => {
    const [one] = await beside(at('main'));
    assert.equal(one?.folder, at('one'));
    const file = one?.snapshot.files.get(pathToFileURL(at('one', 'compose.yaml')).href);
    assert.deepEqual(
      file?.reading.references.map(({ ports }) => ports?.first),
      [8081, 80],
    );
    assert.equal(one?.snapshot.isPartial, undefined);
  });

  test('are read apart from those that lie in them', async () => {
    assert.deepEqual(await filesBeside(at('main', 'inside')), {
      main: ['main/compose.yaml'],
      one: filesOfOne,
    });
    assert.deepEqual(await filesBeside(at('one')), {
      main: ['main/compose.yaml'],
      inside: ['main/inside/compose.yaml'],
    });
  });

  test('are not those that the workspace holds; of one that it holds in part, it is the rest', async () => {
    assert.deepEqual(await filesBeside(at('main'), at('one')), {});
    assert.deepEqual(await filesBeside(at('main'), at('one', 'etc')), {
      one: ['one/.env', 'one/compose.yaml'],
    });
  });

  test('are none where nothing is a repository, or nothing is on this machine', async () => {
    assert.deepEqual(await filesBeside(emptyFolder()), {});
    const remote = ['vscode-vfs://host/x', 'untitled:x', 'file:///not/there'];
    assert.deepEqual(await surveyNeighbours(remote, disk(assert.fail), new AbortController().signal), []);
    assert.deepEqual(await surveyNeighbours([], disk(assert.fail), new AbortController().signal), []);
  });

  test('are left when nobody wants to know any more', async () => {
    const folders = [pathToFileURL(at('main')).href];
    assert.deepEqual(await surveyNeighbours(folders, disk(assert.fail), AbortSignal.abort()), []);
  });

  test('are read within limits, and it is known that they were not read whole', async () => {
    const folders = [pathToFileURL(at('main')).href];
    const limits = { files: 1, candidates: 9, folders: 9 };
    const { signal } = new AbortController();
    const [one] = await surveyNeighbours(folders, disk(assert.fail), signal, limits);
    assert.deepEqual([one?.snapshot.files.size, one?.snapshot.isPartial], [1, true]);
  });
});

function composeOf(ports: string): string {
  return `services: { web: { image: nginx, ports: ["${ports}"] } }\n`;
}
