import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type * as engineModule from '../engine';
import { baseName } from '../model/file-name';
import type { Registry } from '../model/registry';
import type { Uri } from '../model/snapshot';
import { version } from '../version';
import type { TextSource } from '../workspace/text-source';
import type { Workspace } from '../workspace/workspace';
import { toCodeAction, toCompletionItem, toDiagnostic, toHover, toOffset, toSpan } from './convert';
import { guard, sent } from './guard';

/** The engine's exports. */
export type Engine = typeof engineModule;

/** What the server needs from the outside. */
export interface ServerParts {
  /** Loads the engine: called when the first document comes, so that the server answers `initialize` without it. */
  readonly engine: () => Engine;
  readonly source: () => TextSource;
  readonly registry: () => Registry;
}

/** What there is once the engine is loaded. */
interface Session {
  readonly engine: Engine;
  readonly workspace: Workspace;
  readonly registry: Registry;
}

/** Serves one editor over `connection` until it hangs up. */
export function serve(connection: Connection, { engine, source, registry }: ServerParts): void {
  const documents = new TextDocuments(TextDocument);
  let opened: Session | undefined;
  const log = connection.console;
  const documentOf = (uri: Uri): TextDocument | undefined => documents.get(uri);
  const stale = new Set<Uri>();
  const leftOut = new Set<Uri>();
  const unread = new Set<Uri>();
  let arrivals = 0;
  let canWatch = false;

  connection.onInitialize((params) => {
    canWatch = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    return initializeResult();
  });
  // The editor has its answer; the engine is ready by the time that it sends a document.
  connection.onInitialized(() => {
    setImmediate(() => guard(log, 'engine', undefined, begin));
  });

  // This event comes for an opened document as well.
  documents.onDidChangeContent(({ document }) => take(document));
  documents.onDidClose(({ document }) => {
    const { uri } = document;
    stale.delete(uri);
    unread.delete(uri);
    leftOut.delete(uri);
    guard(log, uri, undefined, () => session().workspace.remove(uri));
    sent(log, uri, connection.sendDiagnostics({ uri, diagnostics: [] }));
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes)
      guard(log, uri, undefined, () => refresh(session().workspace.companionChanged(uri)));
  });

  connection.onHover(({ textDocument: { uri }, position }) =>
    answer(uri, null, (document) => {
      const { engine, workspace, registry } = session();
      const found = engine.hover(workspace.snapshot, registry, uri, toOffset(document, position));
      return found === undefined ? null : toHover(document, found);
    }),
  );
  connection.onCompletion(({ textDocument: { uri }, position }) =>
    answer(uri, null, (document) => {
      const { engine, workspace, registry } = session();
      const items = engine.completion(workspace.snapshot, registry, uri, toOffset(document, position));
      return { isIncomplete: true, items: items.map((item, rank) => toCompletionItem(document, item, rank)) };
    }),
  );
  connection.onCodeAction(({ textDocument: { uri }, range }) =>
    answer(uri, null, (document) => {
      const { engine, workspace } = session();
      const actions = engine.codeActions(workspace.snapshot, uri, toSpan(document, range));
      return actions.map((action) => toCodeAction(document, action, documentOf));
    }),
  );

  documents.listen(connection);
  connection.listen();

  function begin(): void {
    const { dialects } = session().engine;
    if (!canWatch) return;
    const names = new Set(dialects.flatMap(({ companions }) => companions.map(({ name }) => name)));
    const watchers = [...names].map((name) => ({ globPattern: `**/${name}` }));
    const registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    sent(log, 'The editor does not watch files for us', registered);
  }

  function session(): Session {
    if (opened === undefined) {
      const loaded = engine();
      opened = { engine: loaded, workspace: new loaded.Workspace(source()), registry: registry() };
    }
    return opened;
  }

  /** Notes that the text is new. It is read when it is asked for, or when the edits that wait behind this one are in. */
  function take(document: TextDocument): void {
    unread.add(document.uri);
    refresh([document.uri]);
  }

  /** Reads the texts that changed since they were last read: of a burst of edits, the last one's alone. */
  function readUnread(): void {
    for (const uri of unread) {
      const document = documents.get(uri);
      if (document === undefined) continue;
      guard(log, uri, undefined, () => {
        const outcome = session().workspace.update(uri, document.getText(), document.languageId);
        if (outcome === 'too long') leaveOut(uri);
        else leftOut.delete(uri);
      });
    }
    unread.clear();
  }

  function leaveOut(uri: Uri): void {
    if (leftOut.has(uri)) return;
    leftOut.add(uri);
    const notice = `${baseName(uri)} is longer than ${session().engine.longestText} characters; Portolan does not read it.`;
    void connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: notice,
    });
    log.info(notice);
  }

  function refresh(uris: readonly Uri[]): void {
    arrivals += 1;
    if (stale.size === 0 && uris.length > 0) publishWhenQuiet(0);
    for (const uri of uris) stale.add(uri);
  }

  /**
   * Messages are handed over one a turn, and the next one only after what the last one put off: checking waits two
   * turns, and again while more of them come, but not for ever.
   */
  function publishWhenQuiet(rounds: number): void {
    const seen = arrivals;
    setImmediate(() =>
      setImmediate(() => {
        if (seen === arrivals || rounds >= mostRounds) publishStale();
        else publishWhenQuiet(rounds + 1);
      }),
    );
  }

  function publishStale(): void {
    readUnread();
    const uris = [...stale];
    stale.clear();
    for (const uri of uris) {
      const document = documents.get(uri);
      if (document === undefined) continue;
      const found = guard(log, uri, [], () => {
        const { engine, workspace } = session();
        const findings = engine.diagnostics(workspace.snapshot, uri);
        return findings.map((finding) => toDiagnostic(document, finding, documentOf));
      });
      sent(log, uri, connection.sendDiagnostics({ uri, version: document.version, diagnostics: found }));
    }
  }

  function answer<T>(uri: Uri, nothing: T, handler: (document: TextDocument) => T): T {
    const document = documents.get(uri);
    if (document === undefined) return nothing;
    readUnread();
    return guard(log, uri, nothing, () => handler(document));
  }
}

/** How often a burst of edits may put off the checking. */
const mostRounds = 500;

function initializeResult(): InitializeResult {
  return {
    serverInfo: { name: 'portolan', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: [' ', ':', '"', "'", '-', '=', '/'] },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    },
  };
}
