import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AnnotatedTextEdit, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Inspector } from '../../server/features/diagnostics/inspector';
import { collides, moveAll } from '../../server/features/free-ports/moving';
import { apply, textsOnDisk } from '../harness/applied';
import { shippedBooks } from '../harness/books';
import { chartOf, composeWith, snapshotOf, type Texts } from '../harness/chart';
import { folderWith } from '../harness/folder';
import { edited } from '../harness/told';
import { withEditor } from './editor';

interface MovedAnswer {
  readonly edit?: WorkspaceEdit;
  readonly ports: readonly object[];
  readonly left: number;
}

describe('colliding ports are moved', () => {
  const texts: Texts = {
    'compose.yaml':
      'services:\n  a: { image: nginx, ports: ["8080:80", "5353:53/udp"] }\n  b: { image: nginx, ports: ["127.0.0.1:8080:80", "${B_PORT}:81"] }\n  c: { image: nginx, ports: [ 8080:80 ] }\n',
    'compose.override.yaml':
      'services:\n  d: { image: nginx, ports: [ { target: 80, published: 8081 }, "5353:53/udp" ] }\n',
    '.env': 'B_PORT=8081\n',
    'other/compose.yaml': composeWith('8082:80'),
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
      const after = textsOnDisk(folder, Object.keys(texts));
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
    const folder = folderWith({ 'compose.yaml': composeWith('8080:80') });
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

  test('none where none collide, and what shares a variable with the other party gets digits of its own', async () => {
    const alone = folderWith({ 'compose.yaml': composeWith('8080:80') });
    await withEditor({ folders: [alone.uri] }, async (editor) => {
      assert.deepEqual(await editor.ask('portolan/moveCollidingPorts', {}), { ports: [], left: 0 });
    });
    // Both take the variable: wherever it goes, they meet again.
    const files: Texts = {
      'compose.yaml':
        'services:\n  a: { image: nginx, ports: ["${P}:80"] }\n  b: { image: nginx, ports: ["${P}:80"] }\n',
      '.env': 'P=8080\n',
    };
    const shared = folderWith(files);
    await withEditor({ folders: [shared.uri] }, async (editor) => {
      const { edit, left } = await editor.ask<MovedAnswer>('portolan/moveCollidingPorts', {});
      assert.ok(edit !== undefined);
      assert.equal(left, 0);
      apply(edit);
      const after = textsOnDisk(shared, Object.keys(files));
      assert.match(after['compose.yaml'] ?? '', /a: .*\$\{P\}:80.*b: .*"8081:80"/s);
    });
  });

  test('and one that comes in by an alias gets an entry of its own', async () => {
    const files: Texts = {
      'compose.yaml':
        'services:\n  a: { image: nginx, ports: &ports ["8080:80"] }\n  b: { image: nginx, ports: *ports }\n  c: { image: nginx, ports: ["8080:81"] }\n',
    };
    const folder = folderWith(files);
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      const { edit, ports, left } = await editor.ask<MovedAnswer>('portolan/moveCollidingPorts', {});
      assert.deepEqual(ports, [
        { place: 'compose.yaml: service "b"', from: '8080', to: '8081' },
        { place: 'compose.yaml: service "c"', from: '8080', to: '18080' },
      ]);
      assert.equal(left, 0);
      assert.ok(edit !== undefined);
      apply(edit);
      assert.equal(collisionsIn(textsOnDisk(folder, Object.keys(files))), 0);
    });
  });

  test('and what the containers of one service want from each other becomes a range, in the environment file as well', async () => {
    const files: Texts = {
      'compose.yaml':
        'services:\n  a: { image: nginx, deploy: { replicas: 3 }, ports: ["${A_PORT}:80"] }\n  b: { image: nginx, scale: 2, ports: ["9000-9001:80-81"] }\n',
      '.env': 'A_PORT=8080\n',
    };
    const folder = folderWith(files);
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      const { edit, ports, left } = await editor.ask<MovedAnswer>('portolan/moveCollidingPorts', {});
      assert.deepEqual(ports, [{ place: 'compose.yaml: service "a"', from: '8080', to: '8080-8082' }]);
      assert.equal(left, 1);
      assert.ok(edit !== undefined);
      apply(edit);
      const after = textsOnDisk(folder, Object.keys(files));
      assert.equal(after['.env'], 'A_PORT=8080-8082\n');
      assert.equal(collisionsIn(after), 1);
    });
  });

  test('but not one that only browsers refuse', async () => {
    const folder = folderWith({ 'compose.yaml': composeWith('6000:80') });
    await withEditor({ folders: [folder.uri] }, async (editor) => {
      assert.deepEqual(await editor.ask('portolan/moveCollidingPorts', {}), { ports: [], left: 0 });
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
      const after = textsOnDisk(folder, Object.keys(files));
      assert.equal(after['.env'], 'P=18080\n');
      assert.equal(collisionsIn(after), 0);
    });
  });
});

describe('a variable is moved in the environment file that gives it:', () => {
  const fixed = 'services:\n  a: { image: nginx, ports: ["${A:-80}80:80"] }\n';
  const taking = 'services:\n  b: { image: nginx, ports: ["${P:-1}:80"] }\n';
  const cases: Readonly<Record<string, readonly [files: Texts, after: Texts]>> = {
    'one that an include names': [
      {
        'compose.yaml': 'include: [a.compose.yaml, { path: b/b.compose.yaml, env_file: x.env }]\n',
        'a.compose.yaml': fixed,
        'b/b.compose.yaml': taking,
        ...{ 'x.env': 'P=8080\n', 'b/.env': 'P=8080\n' },
      },
      { 'x.env': 'P=8081\n' },
    ],
    'that of the folder which an include says': [
      {
        'compose.yaml': 'include: [a.compose.yaml, { path: b/b.compose.yaml, project_directory: . }]\n',
        'a.compose.yaml': fixed,
        'b/b.compose.yaml': taking,
        ...{ '.env': 'P=8080\n', 'b/.env': 'P=8080\n' },
      },
      { '.env': 'P=8081\n' },
    ],
    'the one that names the files': [
      {
        '.env': 'COMPOSE_FILE=compose.yaml:b/b.compose.yaml\nP=8080\n',
        'compose.yaml': fixed,
        ...{ 'b/b.compose.yaml': taking, 'b/.env': 'P=8080\n' },
      },
      { '.env': 'COMPOSE_FILE=compose.yaml:b/b.compose.yaml\nP=8081\n' },
    ],
    'and in neither where two projects have it from two: digits take its place': [
      {
        'compose.yaml': 'include: [a.compose.yaml, { path: b/compose.yaml, env_file: x.env }]\n',
        'a.compose.yaml': fixed,
        ...{ 'b/compose.yaml': taking, 'x.env': 'P=8080\n', 'b/.env': 'P=8080\n' },
      },
      { 'b/compose.yaml': 'services:\n  b: { image: nginx, ports: ["8081:80"] }\n' },
    ],
  };
  for (const [title, [files, after]] of Object.entries(cases))
    test(title, () => {
      const inspection = new Inspector({ books }).inspect(snapshotOf('file:///', files));
      const colliding = inspection.uris.flatMap((uri) => inspection.of(uri)).filter(collides);
      assert.ok(colliding.length > 0);
      const { edits, left } = moveAll(chartOf(books, { files }), colliding);
      const found = Object.entries(files).map(([name, text]) => {
        const those = edits.filter(({ uri }) => uri === `file:///${name}`);
        return [name, edited(text, those)] as const;
      });
      assert.deepEqual(Object.fromEntries(found), { ...files, ...after });
      assert.equal(left, 0);
    });
});

const books = shippedBooks();

/** How many findings there are of ports that collide. */
function collisionsIn(files: Texts): number {
  const inspection = new Inspector({ books }).inspect(snapshotOf('file:///', files));
  return inspection.uris.flatMap((uri) => inspection.of(uri)).filter(({ moves }) => moves !== undefined)
    .length;
}
