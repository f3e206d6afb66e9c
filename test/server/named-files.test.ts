import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type Folder, folderWith } from '../harness/folder';
import { Editor } from './editor';

const publishes = (service: string, port: number): string =>
  `services:\n  ${service}:\n    image: nginx\n    ports: ["${port}:80"]\n`;

/** What a file of another name says counts as long as another file names it, as it is on disk now. */
describe('a file that is ours because another one names it', () => {
  const files = {
    'compose.yaml': `include: [parts/web.part]\n${publishes('api', 8080)}`,
    'parts/web.part': publishes('web', 8080),
    Dockerfile: 'FROM alpine\n',
  };

  test('is read again when it changes on disk', () =>
    inFolder(files, async ({ editor, folder, main }) => {
      const part = `${folder.uri}/parts/web.part`;
      const mended = editor.diagnosticsOf(main);
      folder.write('parts/web.part', publishes('web', 8081));
      await editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: part, type: 2 }] });
      assert.deepEqual(codes(await mended), []);

      const back = editor.diagnosticsOf(main);
      folder.write('parts/web.part', publishes('web', 8080));
      await editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: part, type: 2 }] });
      assert.deepEqual(codes(await back), ['published-port-conflict']);
    }));

  test('is gone when it is deleted, and there when it comes', () =>
    inFolder(files, async ({ editor, folder, main }) => {
      const part = `${folder.uri}/parts/web.part`;
      const gone = editor.diagnosticsOf(main);
      folder.remove('parts/web.part');
      await editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: part, type: 3 }] });
      assert.deepEqual(codes(await gone), []);

      const came = editor.diagnosticsOf(main);
      folder.write('parts/web.part', publishes('web', 8080));
      await editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: part, type: 1 }] });
      assert.deepEqual(codes(await came), ['published-port-conflict']);
    }));

  test('counts as it stands in its editor, whatever language that takes it for', () =>
    inFolder(files, async ({ editor, folder, main }) => {
      const part = `${folder.uri}/parts/web.part`;
      const mended = editor.diagnosticsOf(main);
      await editor.open(part, 'plaintext', publishes('web', 8081));
      assert.deepEqual(codes(await mended), []);

      const back = editor.diagnosticsOf(main);
      await editor.close(part);
      assert.deepEqual(codes(await back), ['published-port-conflict']);
    }));

  test('is none of ours once nobody names it', () =>
    inFolder(
      { ...files, 'parts/web.part': publishes('web', 8080).replace('"8080:80"', '"8080:80", "6000:80"') },
      async ({ editor, folder, main }) => {
        const part = `${folder.uri}/parts/web.part`;
        assert.deepEqual(codes(await editor.diagnosticsOf(part)), ['browser-blocked-port']);
        const gone = editor.diagnosticsOf(part);
        folder.write('compose.yaml', publishes('api', 8080));
        await editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: main, type: 2 }] });
        assert.deepEqual(await gone, []);
      },
    ));

  test('is watched by its name', async () => {
    const folder = folderWith(files);
    const editor = await Editor.start({
      folders: [folder.uri],
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    await editor.diagnosticsOf(`${folder.uri}/compose.yaml`);
    // The editor is asked behind the findings.
    await editor.ask('textDocument/hover', {
      textDocument: { uri: `${folder.uri}/compose.yaml` },
      position: { line: 0, character: 0 },
    });
    const watched = editor.registrations.map(({ registerOptions }) => JSON.stringify(registerOptions));
    assert.ok(
      watched.some((each) => each.includes('"**/web.part"')),
      watched.join('\n'),
    );
    editor.stop();
  });
});

describe('the folders of a workspace', () => {
  test('come and go while the editor runs', async () => {
    const shop = folderWith({ 'compose.yaml': publishes('web', 8080) });
    const blog = folderWith({ 'compose.yaml': publishes('web', 8080) });
    const editor = await Editor.start({
      folders: [shop.uri],
      capabilities: { workspace: { workspaceFolders: true } },
    });
    const named = ({ uri }: Folder) => ({ uri, name: uri });
    const [, later = ''] = [shop.uri, blog.uri].sort();
    const told = editor.diagnosticsOf(`${later}/compose.yaml`);
    const added = { event: { added: [named(blog)], removed: [] } };
    await editor.tell('workspace/didChangeWorkspaceFolders', added);
    assert.deepEqual(codes(await told), ['project-port-conflict']);

    const gone = editor.diagnosticsOf(`${later}/compose.yaml`);
    const removed = { event: { added: [], removed: [named(blog)] } };
    await editor.tell('workspace/didChangeWorkspaceFolders', removed);
    assert.deepEqual(await gone, []);
    editor.stop();
  });
});

test('no port is called free before a folder that came later is read', async () => {
  const shop = folderWith({ 'compose.yaml': publishes('web', 8080) });
  const files = Array.from({ length: 40 }, (_, index) => [
    `team-${index}/compose.yaml`,
    publishes('web', 9300 + index),
  ]);
  const blog = folderWith(Object.fromEntries(files));
  const editor = await Editor.start({
    folders: [shop.uri],
    capabilities: { workspace: { workspaceFolders: true } },
  });
  // The first folder is read.
  await editor.ask('portolan/freePorts', {});
  const event = { added: [{ uri: blog.uri, name: 'blog' }], removed: [] };
  await editor.tell('workspace/didChangeWorkspaceFolders', { event });
  const { items } = await editor.ask<{ items: { text: string }[] }>('portolan/freePorts', { near: 9300 });
  const [free = { text: '' }] = items;
  assert.ok(Number(free.text) < 9300 || Number(free.text) >= 9340, free.text);
  editor.stop();
});

interface Opened {
  readonly editor: Editor;
  readonly folder: Folder;
  /** The file that names the other one; a conflict is told in it. */
  readonly main: string;
}

async function inFolder(
  files: Readonly<Record<string, string>>,
  act: (opened: Opened) => Promise<void>,
): Promise<void> {
  const folder = folderWith(files);
  const editor = await Editor.start({ folders: [folder.uri] });
  const main = `${folder.uri}/compose.yaml`;
  assert.deepEqual(codes(await editor.diagnosticsOf(main)), ['published-port-conflict']);
  await act({ editor, folder, main });
  editor.stop();
}

function codes(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}
