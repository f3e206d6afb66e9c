import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import {
  type CodeAction,
  type CompletionList,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type Hover,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import * as engine from '../../server/engine';
import { serve } from '../../server/lsp/serve';
import type { Uri } from '../../server/model/snapshot';
import { shippedRegistry } from '../harness/registry';

/** Texts that the server can find beside an open document. */
const beside = new Map<Uri, string>([['file:///project/.env', 'WEB_PORT=8088\n']]);

let client: MessageConnection;
const published = new Map<Uri, Diagnostic[]>();
const waiting = new Map<Uri, () => void>();
const shown: string[] = [];

before(async () => {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), {
    engine: () => engine,
    source: () => ({ read: (uri) => beside.get(uri) }),
    registry: shippedRegistry,
  });
  client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  client.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
    published.set(uri, diagnostics);
    waiting.get(uri)?.();
  });
  client.onNotification('window/showMessage', ({ message }) => {
    shown.push(message);
  });
  client.listen();
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await client.sendNotification('initialized', {});
});

after(() => client.dispose());

describe('diagnostics', () => {
  test('come when a file is opened, follow an edit, and go when it is closed', async () => {
    const uri = 'file:///project/Dockerfile';
    const opened = await open(uri, 'dockerfile', 'FROM alpine\nEXPOSE 70000\n');
    assert.deepEqual(summary(opened), ['invalid-port 1:7-1:12']);
    const edited = await change(uri, 2, { line: 1, character: 7 }, { line: 1, character: 12 }, '7000');
    assert.deepEqual(summary(edited), []);
    const closed = nextDiagnostics(uri);
    await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    assert.deepEqual(await closed, []);
  });

  test('carry a code that leads to the rule', async () => {
    const [found] = await open('untitled:Untitled-1', 'dockerfile', 'FROM alpine\nEXPOSE 80/icmp\n');
    assert.equal(found?.code, 'invalid-transport');
    assert.match(found?.codeDescription?.href ?? '', /#invalid-transport$/);
    assert.equal(found?.source, 'portolan');
  });

  test('have positions in UTF-16 code units, behind wide characters and CRLF', async () => {
    const text = 'services:\r\n  "🚢": { image: "例", ports: ["70000"] }\r\n';
    const found = await open('file:///project/compose.yaml', 'dockercompose', text);
    assert.deepEqual(summary(found), ['invalid-port 1:31-1:36']);
  });

  test('follow a change of the .env beside the file', async () => {
    const uri = 'file:///project/docker-compose.yml';
    const text = 'services:\n  a:\n    ports: ["${WEB_PORT}:80"]\n';
    assert.deepEqual(summary(await open(uri, 'dockercompose', text)), []);
    const next = nextDiagnostics(uri);
    beside.set('file:///project/.env', 'WEB_PORT=http\n');
    await client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'file:///project/.env', type: 2 }],
    });
    assert.deepEqual(summary(await next), ['invalid-port 2:13-2:24']);
    beside.set('file:///project/.env', 'WEB_PORT=8088\n');
  });

  test('are none for YAML that is no compose file', async () => {
    assert.deepEqual(await open('file:///project/other.yaml', 'yaml', 'ports: [70000]\n'), []);
  });
});

describe('hover', () => {
  test('tells of the port under the pointer, and of nothing elsewhere', async () => {
    const uri = 'file:///hover/compose.yaml';
    await open(uri, 'dockercompose', 'services:\n  db:\n    ports: ["5433:5432"]\n');
    const found = await at<Hover>('textDocument/hover', uri, 2, 19);
    assert.match(JSON.stringify(found?.contents), /5432\/tcp.*postgresql/);
    assert.equal(await at('textDocument/hover', uri, 1, 3), null);
  });

  test('is nothing in a document that was never opened', async () => {
    assert.equal(await at('textDocument/hover', 'file:///nowhere', 0, 0), null);
  });
});

describe('completion', () => {
  test('offers ports in a slot, and nothing elsewhere', async () => {
    const uri = 'file:///completion/Dockerfile';
    await open(uri, 'dockerfile', 'FROM alpine\nEXPOSE \n');
    const found = await at<CompletionList>('textDocument/completion', uri, 1, 7);
    assert.ok(found?.items.some(({ label }) => label === '8080'));
    assert.deepEqual((await at<CompletionList>('textDocument/completion', uri, 0, 5))?.items, []);
  });
});

describe('code actions', () => {
  test('offer the fixes of the findings in the range', async () => {
    const uri = 'file:///fix/compose.yaml';
    await open(uri, 'dockercompose', 'services:\n  db:\n    ports: [08080]\n');
    const range = { start: { line: 2, character: 13 }, end: { line: 2, character: 13 } };
    const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
    const found = await client.sendRequest<CodeAction[]>('textDocument/codeAction', params);
    assert.deepEqual(
      found.map(({ title, edit }) => [title, edit?.changes?.[uri]?.[0]?.newText]),
      [['Put it in quotes', '"08080"']],
    );
  });
});

describe('a file that is too long', () => {
  test('is left out with a notice', async () => {
    const uri = 'file:///long/Dockerfile';
    const text = `FROM alpine\nEXPOSE 70000\n${'# filler\n'.repeat(500_000)}`;
    assert.deepEqual(await open(uri, 'dockerfile', text), []);
    assert.match(shown.at(-1) ?? '', /Dockerfile is longer than/);
  });
});

async function open(uri: Uri, languageId: string, text: string): Promise<Diagnostic[]> {
  const next = nextDiagnostics(uri);
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
  return next;
}

async function change(
  uri: Uri,
  version: number,
  start: Place,
  end: Place,
  text: string,
): Promise<Diagnostic[]> {
  const next = nextDiagnostics(uri);
  await client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ range: { start, end }, text }],
  });
  return next;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

function nextDiagnostics(uri: Uri): Promise<Diagnostic[]> {
  return new Promise((resolve) => {
    waiting.set(uri, () => {
      waiting.delete(uri);
      resolve(published.get(uri) ?? []);
    });
  });
}

function at<T>(method: string, uri: Uri, line: number, character: number): Promise<T | null> {
  return client.sendRequest<T | null>(method, { textDocument: { uri }, position: { line, character } });
}

function summary(found: readonly Diagnostic[]): readonly string[] {
  return found.map(
    ({ code, range: { start, end } }) =>
      `${code} ${start.line}:${start.character}-${end.line}:${end.character}`,
  );
}
