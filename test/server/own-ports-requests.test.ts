import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CreateFile, WorkspaceEdit } from 'vscode-languageserver/node';
import { apply, textsOnDisk } from '../harness/applied';
import { composeWith } from '../harness/chart';
import { folderWith } from '../harness/folder';
import { emptyFolder, git, repository } from '../harness/git';
import { withEditor } from './editor';

interface OwnAnswer {
  readonly edit?: WorkspaceEdit;
  readonly ports: readonly object[];
  readonly left: readonly object[];
}

describe('a worktree gets its own ports', () => {
  const compose = 'services:\n  web:\n    image: nginx\n    ports:\n      - 8080:80\n      - "8443:443"\n';

  /** A repository with two worktrees, which have the same compose file. */
  function worktrees(): { readonly main: string; readonly one: string } {
    const top = emptyFolder();
    const [main, one] = [join(top, 'main'), join(top, 'one')];
    repository(main);
    writeFileSync(join(main, 'compose.yaml'), compose);
    git(main, 'add', '.');
    git(main, 'commit', '--quiet', '--message', 'Publish');
    git(main, 'worktree', 'add', '--quiet', one);
    return { main, one };
  }

  const uriOf = (path: string): string => pathToFileURL(path).href;

  test('as variables in the compose file, and an environment file that is made', async () => {
    const { main, one } = worktrees();
    await withEditor({ folders: [uriOf(one)] }, async (editor) => {
      const { edit, ports, left } = await editor.ask<OwnAnswer>('portolan/ownPorts', { folder: uriOf(one) });
      assert.ok(edit !== undefined);
      assert.deepEqual(ports, [
        { variable: 'WEB_PORT', place: 'compose.yaml: service "web"', from: '8080', to: '8081' },
        { variable: 'WEB_PORT_443', place: 'compose.yaml: service "web"', from: '8443', to: '8444' },
      ]);
      assert.deepEqual(left, []);
      const [created] = (edit.documentChanges ?? []) as CreateFile[];
      assert.deepEqual(created, {
        ...{ kind: 'create', uri: uriOf(join(one, '.env')), annotationId: 'portolan' },
        options: { ignoreIfExists: true },
      });
      assert.deepEqual(edit.changeAnnotations, {
        portolan: { label: 'Give this worktree its own ports', needsConfirmation: true },
      });
      apply(edit);
      assert.equal(readFileSync(join(one, '.env'), 'utf8'), 'WEB_PORT=8081\nWEB_PORT_443=8444\n');
      assert.equal(
        readFileSync(join(one, 'compose.yaml'), 'utf8'),
        compose.replace('8080:80', '"${WEB_PORT:-8080}:80"').replace('8443:', '${WEB_PORT_443:-8443}:'),
      );
      assert.equal(readFileSync(join(main, 'compose.yaml'), 'utf8'), compose);

      // What was made is read, and there is nothing more to do.
      const changes = ['.env', 'compose.yaml'].map((name) => ({ uri: uriOf(join(one, name)), type: 2 }));
      await editor.tell('workspace/didChangeWatchedFiles', { changes });
      const again = await editor.ask<OwnAnswer>('portolan/ownPorts', { folder: uriOf(one) });
      assert.equal(again.edit, undefined);
      assert.equal(again.ports.length, 2);
    });
    // The other one keeps its ports: nobody else wants them any more.
    rmSync(join(one, '.env'));
    writeFileSync(join(one, 'compose.yaml'), compose.replace('8080', '9080').replace('8443', '9443'));
    await withEditor({ folders: [uriOf(main)] }, async (editor) => {
      const { ports } = await editor.ask<OwnAnswer>('portolan/ownPorts', { folder: uriOf(main) });
      assert.deepEqual(ports, [
        { variable: 'WEB_PORT', place: 'compose.yaml: service "web"', from: '8080', to: '8080' },
        { variable: 'WEB_PORT_443', place: 'compose.yaml: service "web"', from: '8443', to: '8443' },
      ]);
    });
  });

  test('keeps off the ports of an nginx of the other one, but not of one in its image', async () => {
    const { main, one } = worktrees();
    const server = (port: number): string => `events {}\nhttp { server { listen ${port}; } }\n`;
    rmSync(join(main, 'compose.yaml'));
    mkdirSync(join(main, 'proxy'));
    writeFileSync(join(main, 'proxy/nginx.conf'), server(8080));
    writeFileSync(join(main, 'proxy/Dockerfile'), 'FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\n');
    mkdirSync(join(main, 'conf.d'));
    writeFileSync(join(main, 'conf.d/site.conf'), 'server { listen 8443; }\n');
    await withEditor({ folders: [uriOf(one)] }, async (editor) => {
      const { ports } = await editor.ask<OwnAnswer>('portolan/ownPorts', { folder: uriOf(one) });
      assert.deepEqual(
        ports.map((port) => (port as { to: string }).to),
        ['8080', '8444'],
      );
    });
  });

  test('in the folder that is asked for alone', async () => {
    const folder = folderWith({
      'a/compose.yaml': composeWith('8080:80'),
      'ab/compose.yaml': composeWith('8080:80'),
    });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      const { edit, ports } = await editor.ask<OwnAnswer>('portolan/ownPorts', {
        folder: `${folder.uri}/a/`,
      });
      assert.deepEqual(ports, [
        { variable: 'WEB_PORT', place: 'a/compose.yaml: service "web"', from: '8080', to: '8081' },
      ]);
      assert.ok(edit !== undefined);
      apply(edit);
      assert.deepEqual(textsOnDisk(folder, ['a/.env', 'ab/compose.yaml']), {
        'a/.env': 'WEB_PORT=8081\n',
        'ab/compose.yaml': composeWith('8080:80'),
      });
    });
  });

  test('of which some can stay as they are, with the place and the reason', async () => {
    const folder = folderWith({ 'compose.yaml': composeWith('${P}:80') });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      assert.deepEqual(await editor.ask('portolan/ownPorts', {}), {
        ports: [],
        left: [{ place: 'compose.yaml: service "web"', reason: 'its port is not known' }],
      });
    });
  });
});
