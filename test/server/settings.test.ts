import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import {
  type CodeAction,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver/node';
import type { Uri } from '../../server/model/snapshot';
import { Editor, type EditorOptions } from './editor';

const folder = 'file:///project';
const image = `${folder}/api/Dockerfile`;
const faulty = 'FROM alpine\nEXPOSE 70000 80/icmp\n';
const capabilities = { workspace: { configuration: true, workspaceEdit: { documentChanges: true } } };

let editor: Editor;
let beside: Map<Uri, string>;

async function start(options: EditorOptions = {}): Promise<void> {
  editor = await Editor.start({ capabilities, folders: [folder], beside, ...options });
}

/** Has the server take notice of a file on disk, and answers what it tells of another one because of that. */
async function changed(uri: Uri, text: string | undefined, about: Uri): Promise<Diagnostic[]> {
  if (text === undefined) beside.delete(uri);
  else beside.set(uri, text);
  const next = editor.diagnosticsOf(about);
  await editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
  return next;
}

describe('settings', () => {
  beforeEach(() => {
    beside = new Map();
  });
  afterEach(() => editor.stop());

  test('turn rules off and give them other levels, the rule before its group', async () => {
    await start({ settings: { rules: { format: 'hint', 'invalid-port': 'off' } } });
    assert.deepEqual(summary(await editor.open(image, 'dockerfile', faulty)), [
      ['invalid-transport', DiagnosticSeverity.Hint],
    ]);
  });

  test('can have dotted keys', async () => {
    await start({ settings: { 'rules.invalid-port': 'off', 'rules.invalid-transport': 'warning' } });
    assert.deepEqual(summary(await editor.open(image, 'dockerfile', faulty)), [
      ['invalid-transport', DiagnosticSeverity.Warning],
    ]);
  });

  test('take effect as soon as they change', async () => {
    await start();
    assert.equal((await editor.open(image, 'dockerfile', faulty)).length, 2);
    editor.settings = { rules: { format: 'off' } };
    const next = editor.diagnosticsOf(image);
    await editor.tell('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await next, []);
  });

  test('that cannot be followed are told of once, and the default holds', async () => {
    await start({ settings: { rules: { 'no-such': 'off', 'invalid-port': 'loud' }, nginxVersion: 'new' } });
    assert.equal((await editor.open(image, 'dockerfile', faulty)).length, 2);
    await editor.tell('workspace/didChangeConfiguration', { settings: null });
    await editor.edit(image, 2, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, '\n');
    assert.deepEqual(editor.shown, [
      'portolan.rules: There is no rule and no group of rules "no-such".',
      'portolan.rules: invalid-port takes error, warning, information, hint or off, not "loud".',
      'portolan.nginxVersion takes a version like "1.25.3", not "new".',
    ]);
  });

  test('files.exclude takes files out of the workspace, and their ports out of collisions', async () => {
    await start({ excluded: { '**/old': true, '**/*.bak': false, '**/api': { when: '$(basename).x' } } });
    const inFolder = (name: string) => `services: { ${name}: { ports: ["8080:80"] } }\n`;
    assert.deepEqual(await editor.open(`${folder}/old/compose.yaml`, 'dockercompose', inFolder('a')), []);
    assert.deepEqual(await editor.open(`${folder}/new/compose.yaml`, 'dockercompose', inFolder('b')), []);
    assert.equal((await editor.open(image, 'dockerfile', faulty)).length, 2);
    editor.excluded = {};
    const next = editor.diagnosticsOf(`${folder}/old/compose.yaml`);
    await editor.tell('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(
      (await next).map(({ code }) => code),
      ['project-port-conflict'],
    );
  });
});

describe('a .portolan.json', () => {
  const near = `${folder}/api/.portolan.json`;
  const far = `${folder}/.portolan.json`;
  beforeEach(() => {
    beside = new Map();
  });
  afterEach(() => editor.stop());

  test('goes before the settings, the nearest one before those above', async () => {
    beside.set(far, '{ "rules": { "invalid-port": "off" } }');
    await start({ settings: { rules: { 'invalid-port': 'hint', 'invalid-transport': 'information' } } });
    assert.deepEqual(summary(await editor.open(image, 'dockerfile', faulty)), [
      ['invalid-transport', DiagnosticSeverity.Information],
    ]);
    const own = '{ "rules": { "invalid-transport": "off" } }';
    assert.deepEqual(summary(await changed(near, own, image)), [['invalid-port', DiagnosticSeverity.Hint]]);
    assert.deepEqual(summary(await changed(near, undefined, image)), [
      ['invalid-transport', DiagnosticSeverity.Information],
    ]);
  });

  test('above the folders of the workspace is none', async () => {
    beside.set('file:///.portolan.json', '{ "rules": { "format": "off" } }');
    await start();
    assert.equal((await editor.open(image, 'dockerfile', faulty)).length, 2);
  });

  test('takes effect while it is typed, and is checked itself', async () => {
    await start();
    assert.equal((await editor.open(image, 'dockerfile', faulty)).length, 2);
    const next = editor.diagnosticsOf(image);
    const own = await editor.open(near, 'jsonc', '{ "rules": { "format": "off", "x": "off" } } // mine\n');
    assert.deepEqual(summary(own), [['invalid-setting', DiagnosticSeverity.Error]]);
    assert.deepEqual(await next, []);
    const back = editor.diagnosticsOf(image);
    await editor.close(near);
    assert.equal((await back).length, 2);
  });

  test('is told of when nobody has it open', async () => {
    beside.set(far, '[]');
    await start();
    const told = editor.diagnosticsOf(far);
    await editor.open(image, 'dockerfile', faulty);
    assert.deepEqual(summary(await told), [['invalid-setting', DiagnosticSeverity.Error]]);
  });

  test('excludes files from all that is below it, whatever stands in between', async () => {
    beside.set(far, '{ "exclude": ["api/*"] }').set(near, '{}');
    await start();
    assert.deepEqual(await editor.open(image, 'dockerfile', faulty), []);
    assert.equal((await changed(far, '{}', image)).length, 2);
  });
});

describe('a comment that ignores nothing', () => {
  afterEach(() => editor.stop());

  test('is told of at once when its own file decides, and else not before all files were read', async () => {
    beside = new Map();
    await start();
    const text =
      'services: {} # portolan-ignore octal-port\n# portolan-ignore project-port-conflict\nname: x\n';
    const found = await editor.open(`${folder}/compose.yaml`, 'dockercompose', text);
    assert.deepEqual(
      found.map(({ message }) => message),
      ['Nothing is found by octal-port on its line.'],
    );
    const all = await editor.diagnosticsOf(`${folder}/compose.yaml`);
    assert.equal(all.length, 2);
  });
});

describe('code actions', () => {
  before(() => start({ beside: new Map() }));
  after(() => editor.stop());
  const uri = `${folder}/compose.yaml`;
  const text = 'services: { web: { ports: [08080, 09090] } } # portolan-ignore zero-port\n';

  test('fix all that is safe to fix in the version that they were asked for', async () => {
    const published = await editor.open(uri, 'dockercompose', text);
    const idle = published.find(({ code }) => code === 'unused-suppression');
    assert.deepEqual(idle?.tags, [DiagnosticTag.Unnecessary]);
    const [action, ...more] = await asked(['source.fixAll']);
    assert.deepEqual([action?.kind, more], ['source.fixAll.portolan', []]);
    const [edit] = action?.edit?.documentChanges ?? [];
    assert.ok(edit !== undefined && 'textDocument' in edit);
    assert.deepEqual(edit.textDocument, { uri, version: 1 });
    assert.equal(edit.edits.length, 3);
  });

  test('are of the kinds that are asked for', async () => {
    assert.deepEqual(await asked(['refactor']), []);
    assert.ok((await asked(['quickfix'])).every(({ kind }) => kind === 'quickfix'));
    assert.ok((await asked(['source.fixAll.portolan'])).length === 1);
    assert.deepEqual(await asked(['source.fixAll.other']), []);
  });

  function asked(only: readonly string[]): Promise<CodeAction[]> {
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    const context = { diagnostics: [], only };
    return editor.ask('textDocument/codeAction', { textDocument: { uri }, range, context });
  }
});

function summary(found: readonly Diagnostic[]): readonly (readonly [Diagnostic['code'], unknown])[] {
  return found.map(({ code, severity }) => [code, severity]);
}
