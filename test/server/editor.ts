import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  type ConfigurationParams,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  type Position,
  type Range,
  type Registration,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import * as engine from '../../server/engine';
import { serve } from '../../server/lsp/serve';
import type { Engine, ServerParts } from '../../server/lsp/server-parts';
import { Lookout } from '../../server/machine/lookout';
import type { Listener } from '../../server/model/listener';
import type { Uri } from '../../server/model/snapshot';
import { shippedBooks } from '../harness/books';
import { caret } from '../harness/drawing';

/** How long an answer may take, in milliseconds. */
const patience = 5_000;

const books = shippedBooks();

/** What an editor can do, and what the server that it starts is made of. */
export interface EditorOptions {
  readonly engine?: () => Engine;
  /** Texts that the server can find beside an open document. */
  readonly beside?: ReadonlyMap<Uri, string>;
  readonly capabilities?: ClientCapabilities;
  /** What listens on the machine. */
  readonly take?: (signal: AbortSignal) => Promise<readonly Listener[]>;
  readonly update?: ServerParts['update'];
  /** What the editor tells of itself, and its settings of the section `portolan`. */
  readonly initializationOptions?: object;
  readonly settings?: object;
  /** Its setting `files.exclude`. */
  readonly excluded?: object;
  /** The folders of the workspace. */
  readonly folders?: readonly Uri[];
  /** The error that the editor answers with when it is asked to register something. */
  readonly refusal?: string;
}

/** An editor as a server sees it, with a server of its own behind pipes in memory. */
export class Editor {
  /** What the server logged and showed, and what it asked to register. */
  readonly logged: string[] = [];
  readonly shown: string[] = [];
  readonly registrations: Registration[] = [];
  private readonly waiting = new Map<Uri, (diagnostics: Diagnostic[]) => void>();

  /** The editor's settings, which a test can change. */
  settings: object | undefined;
  excluded: object | undefined;

  private constructor(
    private readonly connection: MessageConnection,
    { settings, excluded }: EditorOptions,
  ) {
    this.settings = settings;
    this.excluded = excluded;
  }

  static async start(options: EditorOptions = {}): Promise<Editor> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), {
      engine: options.engine ?? (() => engine),
      source: () => ({ read: (uri) => options.beside?.get(uri) ?? onDisk(uri) }),
      books: () => books,
      lookout: (isAllowed) =>
        new Lookout({ take: options.take ?? (async () => []), isAllowed, report: assert.fail }),
      system: 'linux',
      update: options.update ?? (async () => assert.fail('nobody asked for an update')),
    });
    const reader = new StreamMessageReader(toClient);
    const editor = new Editor(createMessageConnection(reader, new StreamMessageWriter(toServer)), options);
    editor.listen(options);
    const { capabilities = {} } = options;
    const { initializationOptions, folders } = options;
    await editor.ask('initialize', {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
      workspaceFolders: folders?.map((uri) => ({ uri, name: uri })) ?? null,
    });
    await editor.tell('initialized', {});
    return editor;
  }

  stop(): void {
    this.connection.dispose();
  }

  /** Sends a request and answers what the server answers. */
  ask<T>(method: string, params: object): Promise<T> {
    return inTime(this.connection.sendRequest<T>(method, params), method);
  }

  /** Asks for something at a place of a document. */
  at<T>(method: string, uri: Uri, position: Position): Promise<T | null> {
    return this.ask<T | null>(method, { textDocument: { uri }, position });
  }

  tell(method: string, params: object): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  /** Opens a document and answers what the server publishes of it. */
  async open(uri: Uri, languageId: string, text: string): Promise<Diagnostic[]> {
    const published = this.diagnosticsOf(uri);
    await this.tell('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    return published;
  }

  async edit(uri: Uri, version: number, range: Range, text: string): Promise<Diagnostic[]> {
    const published = this.diagnosticsOf(uri);
    const contentChanges = [{ range, text }];
    await this.tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return published;
  }

  async close(uri: Uri): Promise<Diagnostic[]> {
    const published = this.diagnosticsOf(uri);
    await this.tell('textDocument/didClose', { textDocument: { uri } });
    return published;
  }

  /** What the server publishes next of a document. */
  diagnosticsOf(uri: Uri): Promise<Diagnostic[]> {
    const published = new Promise<Diagnostic[]>((resolve) => this.waiting.set(uri, resolve));
    return inTime(published, `diagnostics of ${uri}`);
  }

  private listen({ refusal }: EditorOptions): void {
    this.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      this.waiting.get(uri)?.(diagnostics);
      this.waiting.delete(uri);
    });
    this.connection.onNotification('window/logMessage', ({ message }) => void this.logged.push(message));
    this.connection.onNotification('window/showMessage', ({ message }) => void this.shown.push(message));
    this.connection.onRequest('client/registerCapability', ({ registrations }) => {
      this.registrations.push(...registrations);
      return refusal === undefined ? null : new ResponseError(-32601, refusal);
    });
    this.connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
      items.map(({ section }) =>
        section === 'portolan' ? (this.settings ?? null) : (this.excluded ?? null),
      ),
    );
    this.connection.listen();
  }
}

/** A text with carets, as an editor counts its places. */
export interface Marked {
  /** The text without the carets. */
  readonly text: string;
  /** From the first caret to the last. */
  readonly range: Range;
}

/** Takes the carets out of a text: one for a place, two around a range. */
export function marked(drawn: string): Marked {
  const parts = drawn.split(caret);
  assert.ok(parts.length === 2 || parts.length === 3, `one or two carets: ${drawn}`);
  const text = parts.join('');
  const [before = '', inside = ''] = parts;
  const end = parts.length === 2 ? before : before + inside;
  return { text, range: { start: endOf(before), end: endOf(end) } };
}

function endOf(text: string): Position {
  const lines = text.split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** The server's own way to read a file that no editor has open. */
function onDisk(uri: Uri): string | undefined {
  return engine.disk(assert.fail).read(uri);
}

function inTime<T>(answer: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`${what} did not come within ${patience} ms`));
    const timer = setTimeout(late, patience);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Lets a test act with an editor, which is gone afterwards. */
export async function withEditor(
  options: EditorOptions,
  act: (editor: Editor) => Promise<void>,
): Promise<void> {
  const editor = await Editor.start(options);
  try {
    await act(editor);
  } finally {
    editor.stop();
  }
}
