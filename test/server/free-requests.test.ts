import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type {
  AnnotatedTextEdit,
  CreateFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Inspector } from '../../server/features/diagnostics/inspector';
import type { Listener } from '../../server/model/listener';
import { shippedBooks } from '../harness/books';
import { snapshotOf, type Texts } from '../harness/chart';
import { type Folder, folderWith } from '../harness/folder';
import { emptyFolder, git, repository } from '../harness/git';
import { Editor, type EditorOptions } from './editor';

interface FreeAnswer {
  readonly items: readonly { readonly text: string; readonly reason: string }[];
  readonly shortage?: string;
}
interface MovedAnswer {
  readonly edit?: WorkspaceEdit;
  readonly ports: readonly object[];
  readonly left: number;
}
interface OwnAnswer {
  readonly edit?: WorkspaceEdit;
  readonly ports: readonly object[];
  readonly left: readonly object[];
}

const node: Listener = {
  port: 5433,
  transport: 'tcp',
  address: '127.0.0.1',
  process: { name: 'node', pid: 1 },
};
const openTo = (...ports: readonly string[]): string =>
  `services: { web: { image: nginx, ports: ${JSON.stringify(ports)} } }\n`;

describe('a request for free ports', () => {
  test('is answered with ports that no file wants and nobody listens on, each with its reason', async () => {
    const folder = folderWith({ 'compose.yaml': openTo('5432:5432'), 'nginx.conf': 'events {}\n' });
    await withEditor({ folders: [folder.uri], take: async () => [node] }, async (editor) => {
      const answer = await editor.ask<FreeAnswer>('portolan/freePorts', { near: 5432, count: 2 });
      assert.deepEqual(
        answer.items.map(({ text }) => text),
        ['15432', '5434'],
      );
      assert.match(
        answer.items[0]?.reason ?? '',
        /^free: unassigned, not used in this workspace, nothing listens$/,
      );
      assert.equal(answer.shortage, undefined);
    });
  });

  test('says that it was not asked what listens, where nobody may look', async () => {
    const take = async () => assert.fail('the machine was looked at');
    await withEditor({ take, initializationOptions: { isTrusted: false } }, async (editor) => {
      const { items } = await editor.ask<FreeAnswer>('portolan/freePorts', { near: 15432 });
      assert.deepEqual(items, [
        {
          text: '15432',
          reason: 'free: unassigned, not used in what was read of this workspace, not asked what listens',
        },
      ]);
    });
  });

  test('takes anything for a question, and never more than fifty for an answer', async () => {
    await withEditor({}, async (editor) => {
      for (const params of [
        {},
        { near: 0 },
        { near: 70_000 },
        { near: '80' },
        { count: 0 },
        { count: 51 },
        { near: 1.5 },
      ]) {
        const { items } = await editor.ask<FreeAnswer>('portolan/freePorts', params);
        assert.deepEqual(
          items.map(({ text }) => text),
          ['8080'],
        );
      }
      const { items } = await editor.ask<FreeAnswer>('portolan/freePorts', { count: 50 });
      assert.equal(new Set(items.map(({ text }) => text)).size, 50);
    });
  });

  test('says why there is none', async () => {
    const folder = folderWith({ 'compose.yaml': openTo('1-65535:1-65535') });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      const answer = await editor.ask<FreeAnswer>('portolan/freePorts', { near: 80 });
      assert.deepEqual(answer.items, []);
      assert.match(answer.shortage ?? '', /^of the 65535 ports from 1 to 65535, 65535 are wanted by files/);
    });
  });
});

describe('colliding ports are moved', () => {
  const texts: Texts = {
    'compose.yaml':
      'services:\n  a: { image: nginx, ports: ["8080:80", "5353:53/udp"] }\n  b: { image: nginx, ports: ["127.0.0.1:8080:80", "${B_PORT}:81"] }\n  c: { image: nginx, ports: [ 8080:80 ] }\n',
    'compose.override.yaml':
      'services:\n  d: { image: nginx, ports: [ { target: 80, published: 8081 }, "5353:53/udp" ] }\n',
    '.env': 'B_PORT=8081\n',
    'other/compose.yaml': openTo('8082:80'),
  };

  test('in one edit, which is shown first, and after which none collide', async () => {
    const folder = folderWith(texts);
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      assert.ok(collisionsIn(texts) >= 4);
      const { edit, ports, left } = await editor.ask<MovedAnswer>('portolan/moveCollidingPorts', {});
      assert.ok(edit !== undefined);
      assert.equal(ports.length, 4);
      assert.deepEqual(ports[0], { place: 'compose.override.yaml: service "d"', from: '8081', to: '18081' });
      assert.equal(left, 0);
      assert.deepEqual(edit.changeAnnotations, {
        portolan: { label: 'Move colliding ports', needsConfirmation: true },
      });
      for (const change of (edit.documentChanges ?? []) as TextDocumentEdit[])
        for (const each of change.edits) assert.equal((each as AnnotatedTextEdit).annotationId, 'portolan');
      apply(edit);
      const after = read(folder, Object.keys(texts));
      assert.equal(collisionsIn(after), 0);
      // No two went to the same port, and what else there is stays off.
      const numbers =
        Object.values(after)
          .join('')
          .match(/\b(?:8\d{3}|\d{5}|535\d)\b/g) ?? [];
      assert.equal(new Set(numbers).size, numbers.length);
      assert.equal(after['other/compose.yaml'], texts['other/compose.yaml']);
    });
  });

  test('in the text that is open, as it is', async () => {
    const folder = folderWith({ 'compose.yaml': openTo('8080:80') });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      const uri = `${folder.uri}/compose.yaml`;
      const text =
        'services:\n  a: { image: nginx, ports: ["8080:80"] }\n  b: { image: nginx, ports: ["8080:80"] }\n';
      await editor.open(uri, 'dockercompose', text);
      const { edit } = await editor.ask<MovedAnswer>('portolan/moveCollidingPorts', {});
      const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
      assert.deepEqual(change?.textDocument, { uri, version: 1 });
      assert.equal(
        change &&
          TextDocument.applyEdits(TextDocument.create(uri, '', 1, text), change.edits as AnnotatedTextEdit[]),
        text.replace(/(b: .*)8080:/, '$18081:'),
      );
    });
  });

  test('none where none collide, and those that no edit can move are counted', async () => {
    const alone = folderWith({ 'compose.yaml': openTo('8080:80') });
    await withEditor({ folders: [alone.uri] }, async (editor) => {
      assert.deepEqual(await editor.ask('portolan/moveCollidingPorts', {}), { ports: [], left: 0 });
    });
    // Both take the variable: wherever it goes, they meet again.
    const stuck = folderWith({
      'compose.yaml':
        'services:\n  a: { image: nginx, ports: ["${P}:80"] }\n  b: { image: nginx, ports: ["${P}:80"] }\n',
      '.env': 'P=8080\n',
    });
    await withEditor({ folders: [stuck.uri] }, async (editor) => {
      assert.deepEqual(await editor.ask('portolan/moveCollidingPorts', {}), { ports: [], left: 1 });
    });
  });

  test('with all that goes along: the variable’s other transport has room at the new port', async () => {
    const files: Texts = {
      'compose.yaml':
        'services:\n  a: { image: nginx, ports: ["8080:80", "8081:80/udp"] }\n  b: { image: nginx, ports: ["${P}:80", "${P}:80/udp"] }\n',
      '.env': 'P=8080\n',
    };
    const folder = folderWith(files);
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      const { edit } = await editor.ask<MovedAnswer>('portolan/moveCollidingPorts', {});
      assert.ok(edit !== undefined);
      apply(edit);
      const after = read(folder, Object.keys(files));
      assert.equal(after['.env'], 'P=18080\n');
      assert.equal(collisionsIn(after), 0);
    });
  });
});

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
    const folder = folderWith({ 'a/compose.yaml': openTo('8080:80'), 'ab/compose.yaml': openTo('8080:80') });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      const { edit, ports } = await editor.ask<OwnAnswer>('portolan/ownPorts', {
        folder: `${folder.uri}/a/`,
      });
      assert.deepEqual(ports, [
        { variable: 'WEB_PORT', place: 'a/compose.yaml: service "web"', from: '8080', to: '8081' },
      ]);
      assert.ok(edit !== undefined);
      apply(edit);
      assert.deepEqual(read(folder, ['a/.env', 'ab/compose.yaml']), {
        'a/.env': 'WEB_PORT=8081\n',
        'ab/compose.yaml': openTo('8080:80'),
      });
    });
  });

  test('of which some can stay as they are, with the place and the reason', async () => {
    const folder = folderWith({ 'compose.yaml': openTo('${P}:80') });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      assert.deepEqual(await editor.ask('portolan/ownPorts', {}), {
        ports: [],
        left: [{ place: 'compose.yaml: service "web"', reason: 'its port is not known' }],
      });
    });
  });
});

async function withEditor(options: EditorOptions, act: (editor: Editor) => Promise<void>): Promise<void> {
  const editor = await Editor.start(options);
  try {
    await act(editor);
  } finally {
    editor.stop();
  }
}

/** Makes an edit on disk, as an editor does that the user has let. */
function apply({ documentChanges = [] }: WorkspaceEdit): void {
  for (const change of documentChanges) {
    if ('kind' in change) {
      assert.equal(change.kind, 'create');
      const path = fileURLToPath((change as CreateFile).uri);
      mkdirSync(dirname(path), { recursive: true });
      if (!existsSync(path)) writeFileSync(path, '');
      continue;
    }
    const { textDocument, edits } = change as TextDocumentEdit;
    const path = fileURLToPath(textDocument.uri);
    const document = TextDocument.create(textDocument.uri, '', 0, readFileSync(path, 'utf8'));
    writeFileSync(path, TextDocument.applyEdits(document, edits as AnnotatedTextEdit[]));
  }
}

function read(folder: Folder, names: readonly string[]): Texts {
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(fileURLToPath(`${folder.uri}/${name}`), 'utf8')]),
  );
}

const books = shippedBooks();

/** How many findings there are of ports that collide. */
function collisionsIn(files: Texts): number {
  const inspection = new Inspector({ books }).inspect(snapshotOf('file:///', files));
  return inspection.uris.flatMap((uri) => inspection.of(uri)).filter(({ moves }) => moves !== undefined)
    .length;
}
