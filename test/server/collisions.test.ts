import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver/node';
import { folderWith } from '../harness/folder';
import { Editor, marked } from './editor';

describe('a collision across files', () => {
  const base = 'services:\n  web:\n    image: nginx\n    ports: ["8080:80"]\n';
  const override = 'services:\n  api:\n    image: nginx\n    ports: ["8080:80"]\n';
  const dockerfile = 'FROM alpine\n';

  test('is told in a file that nobody has open, with the other party, and goes with its cause', async () => {
    const folder = folderWith({
      'compose.yaml': base,
      'compose.override.yaml': override,
      Dockerfile: dockerfile,
    });
    const editor = await Editor.start({ folders: [folder.uri] });
    const other = `${folder.uri}/compose.override.yaml`;

    const first = editor.diagnosticsOf(other);
    await editor.open(`${folder.uri}/Dockerfile`, 'dockerfile', dockerfile);
    const [conflict, ...more] = await first;
    assert.deepEqual(more, []);
    assert.equal(conflict?.code, 'published-port-conflict');
    assert.deepEqual(partiesOf(conflict), [`${folder.uri}/compose.yaml:4`]);

    // The cause goes with an edit that nobody has saved, and comes back when its editor is closed.
    const uri = `${folder.uri}/compose.yaml`;
    await editor.open(uri, 'dockercompose', base);
    const { range } = marked('services:\n  web:\n    image: nginx\n    ports: ["┃8080┃:80"]\n');
    const mended = editor.diagnosticsOf(other);
    await editor.edit(uri, 2, range, '8081');
    assert.deepEqual(await mended, []);
    const back = editor.diagnosticsOf(other);
    await editor.close(uri);
    assert.deepEqual(codes(await back), ['published-port-conflict']);

    const gone = editor.diagnosticsOf(other);
    folder.remove('compose.yaml');
    await editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
    assert.deepEqual(await gone, []);
    editor.stop();
  });

  test('is told once, and not again with every key that has nothing to do with it', async () => {
    const folder = folderWith({
      'compose.yaml': base,
      'compose.override.yaml': override,
      'docker-compose.x.yaml': '',
    });
    const editor = await Editor.start({ folders: [folder.uri] });
    const other = `${folder.uri}/compose.override.yaml`;
    const first = editor.diagnosticsOf(other);
    const uri = `${folder.uri}/docker-compose.x.yaml`;
    await editor.open(uri, 'dockercompose', 'services: {}\n');
    await first;
    let again = 0;
    void editor.diagnosticsOf(other).then(
      () => (again += 1),
      () => undefined,
    );
    const { range } = marked('services: {┃┃}\n');
    await editor.edit(uri, 2, range, ' a: {} ');
    await editor.edit(uri, 3, range, ' b: {},');
    assert.equal(again, 0);
    editor.stop();
  });

  test('of a file that is deleted while it is open stays as long as it is shown, and then goes', async () => {
    const folder = folderWith({ 'compose.yaml': base, 'compose.override.yaml': override });
    const editor = await Editor.start({ folders: [folder.uri] });
    const uri = `${folder.uri}/compose.override.yaml`;
    assert.deepEqual(codes(await editor.diagnosticsOf(uri)), ['published-port-conflict']);
    assert.deepEqual(codes(await editor.open(uri, 'dockercompose', override)), ['published-port-conflict']);

    let more = 0;
    void editor.diagnosticsOf(uri).then(
      () => (more += 1),
      () => undefined,
    );
    folder.remove('compose.override.yaml');
    await editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
    // Whatever was to be told is told by the time that another document has its findings.
    const other = `${folder.uri}/docker-compose.x.yaml`;
    await editor.open(other, 'dockercompose', 'services: { a: { ports: [99999] } }\n');
    assert.equal(more, 0);
    assert.deepEqual(await editor.close(uri), []);
    editor.stop();
  });

  test('goes with a folder that is deleted or renamed as a whole', async () => {
    const folder = folderWith({
      'shop/compose.yaml': base,
      'shop/compose.override.yaml': override,
      Dockerfile: dockerfile,
    });
    const editor = await Editor.start({ folders: [folder.uri] });
    const first = editor.diagnosticsOf(`${folder.uri}/shop/compose.override.yaml`);
    await editor.open(`${folder.uri}/Dockerfile`, 'dockerfile', dockerfile);
    assert.deepEqual(codes(await first), ['published-port-conflict']);

    folder.write('blog/compose.yaml', base);
    folder.write('blog/compose.override.yaml', override);
    const gone = editor.diagnosticsOf(`${folder.uri}/shop/compose.override.yaml`);
    const came = editor.diagnosticsOf(`${folder.uri}/blog/compose.override.yaml`);
    const files = [{ oldUri: `${folder.uri}/shop`, newUri: `${folder.uri}/blog` }];
    await editor.tell('workspace/didRenameFiles', { files });
    assert.deepEqual([codes(await gone), codes(await came)], [[], ['published-port-conflict']]);

    const deleted = editor.diagnosticsOf(`${folder.uri}/blog/compose.override.yaml`);
    await editor.tell('workspace/didDeleteFiles', { files: [{ uri: `${folder.uri}/blog` }] });
    assert.deepEqual(await deleted, []);
    editor.stop();
  });

  test('goes with a folder that is deleted outside of the editor', async () => {
    const folder = folderWith({
      'shop/parts/compose.yaml': base,
      'shop/parts/compose.override.yaml': override,
      Dockerfile: dockerfile,
    });
    const editor = await Editor.start({ folders: [folder.uri] });
    const uri = `${folder.uri}/shop/parts/compose.override.yaml`;
    const first = editor.diagnosticsOf(uri);
    await editor.open(`${folder.uri}/Dockerfile`, 'dockerfile', dockerfile);
    assert.deepEqual(codes(await first), ['published-port-conflict']);

    const gone = editor.diagnosticsOf(uri);
    folder.remove('shop');
    const changes = [{ uri: `${folder.uri}/shop`, type: 3 }];
    await editor.tell('workspace/didChangeWatchedFiles', { changes });
    assert.deepEqual(await gone, []);
    editor.stop();
  });

  test('is told before any file is opened', async () => {
    const folder = folderWith({ 'compose.yaml': base, 'compose.override.yaml': override });
    const editor = await Editor.start({ folders: [folder.uri] });
    assert.deepEqual(codes(await editor.diagnosticsOf(`${folder.uri}/compose.override.yaml`)), [
      'published-port-conflict',
    ]);
    editor.stop();
  });

  test('is told of a file that a compose file takes in by name, wherever it lies', async () => {
    const folder = folderWith({
      'compose.yaml': `include: [parts/metrics.yaml]\n${base}`,
      'parts/metrics.yaml': 'services:\n  grafana:\n    image: nginx\n    ports: ["8080:3000"]\n',
    });
    const editor = await Editor.start({ folders: [folder.uri] });
    const found = await editor.open(
      `${folder.uri}/compose.yaml`,
      'dockercompose',
      `include: [parts/metrics.yaml]\n${base}`,
    );
    assert.deepEqual(codes(found), ['published-port-conflict']);
    assert.deepEqual(found.flatMap(partiesOf), [`${folder.uri}/parts/metrics.yaml:4`]);
    editor.stop();
  });
});

function codes(found: readonly Diagnostic[]): readonly (string | number | undefined)[] {
  return found.map(({ code }) => code);
}

/** The files and lines that a finding links to. */
function partiesOf(found: Diagnostic | undefined): readonly string[] {
  return (found?.relatedInformation ?? []).map(
    ({ location: { uri, range } }) => `${uri}:${range.start.line + 1}`,
  );
}
