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
import { codeActions } from '../features/code-actions';
import { completion } from '../features/completion';
import { diagnostics } from '../features/diagnostics';
import { hover } from '../features/hover';
import { baseName } from '../model/file-name';
import type { Registry } from '../model/registry';
import type { Uri } from '../model/snapshot';
import { version } from '../version';
import type { TextSource } from '../workspace/text-source';
import { longestText, Workspace } from '../workspace/workspace';
import { toCodeAction, toCompletionItem, toDiagnostic, toHover, toSpan } from './convert';
import { guard } from './guard';

/** What the server needs from the outside. */
export interface ServerParts {
  readonly source: TextSource;
  readonly registry: Registry;
}

/** Serves one editor over `connection` until it hangs up. */
export function serve(connection: Connection, { source, registry }: ServerParts): void {
  const documents = new TextDocuments(TextDocument);
  const workspace = new Workspace(source);
  const log = connection.console;
  const documentOf = (uri: Uri): TextDocument | undefined => documents.get(uri);
  const stale = new Set<Uri>();
  let canWatch = false;

  connection.onInitialize((params) => {
    canWatch = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    return initializeResult();
  });
  connection.onInitialized(() => {
    if (canWatch) void connection.client.register(DidChangeWatchedFilesNotification.type, watched);
  });

  documents.onDidOpen(({ document }) => take(document, true));
  documents.onDidChangeContent(({ document }) => take(document, false));
  documents.onDidClose(({ document }) => {
    workspace.remove(document.uri);
    stale.delete(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) guard(log, uri, undefined, () => refresh(workspace.companionChanged(uri)));
  });

  connection.onHover(({ textDocument: { uri }, position }) =>
    answer(uri, null, (document) => {
      const found = hover(workspace.snapshot, registry, uri, document.offsetAt(position));
      return found === undefined ? null : toHover(document, found);
    }),
  );
  connection.onCompletion(({ textDocument: { uri }, position }) =>
    answer(uri, null, (document) => {
      const items = completion(workspace.snapshot, registry, uri, document.offsetAt(position));
      return { isIncomplete: true, items: items.map((item, rank) => toCompletionItem(document, item, rank)) };
    }),
  );
  connection.onCodeAction(({ textDocument: { uri }, range }) =>
    answer(uri, null, (document) =>
      codeActions(workspace.snapshot, uri, toSpan(document, range)).map((action) =>
        toCodeAction(document, action, documentOf),
      ),
    ),
  );

  documents.listen(connection);
  connection.listen();

  /** Reads the text at once, and checks it when the messages that wait behind this one have been taken in. */
  function take(document: TextDocument, isNew: boolean): void {
    const { uri, languageId } = document;
    guard(log, uri, undefined, () => {
      const outcome = workspace.update(uri, document.getText(), languageId);
      if (outcome === 'too long' && isNew) {
        const notice = `${baseName(uri)} is longer than ${longestText} characters; Portolan does not read it.`;
        void connection.sendNotification(ShowMessageNotification.type, {
          type: MessageType.Info,
          message: notice,
        });
        log.info(notice);
      }
      refresh([uri]);
    });
  }

  function refresh(uris: readonly Uri[]): void {
    if (uris.length === 0) return;
    if (stale.size === 0) setImmediate(publishStale);
    for (const uri of uris) stale.add(uri);
  }

  function publishStale(): void {
    const uris = [...stale];
    stale.clear();
    for (const uri of uris) {
      const document = documents.get(uri);
      if (document === undefined) continue;
      const found = guard(log, uri, [], () =>
        diagnostics(workspace.snapshot, uri).map((finding) => toDiagnostic(document, finding, documentOf)),
      );
      void connection.sendDiagnostics({ uri, version: document.version, diagnostics: found });
    }
  }

  function answer<T>(uri: Uri, nothing: T, handler: (document: TextDocument) => T): T {
    const document = documents.get(uri);
    return document === undefined ? nothing : guard(log, uri, nothing, () => handler(document));
  }
}

/** The companion files that readers ask for; editors that cannot register watchers send these on their own. */
const watched = { watchers: [{ globPattern: '**/.env' }] };

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
