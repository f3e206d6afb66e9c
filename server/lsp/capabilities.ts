import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Uri } from '../model/snapshot';
import { version } from '../version';
import { codeActionKinds } from './code-actions';
import { folderOperations } from './moved-folders';

/** What the server can do. */
export function initializeResult(): InitializeResult {
  return {
    serverInfo: { name: 'portolan', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters, resolveProvider: true },
      codeActionProvider: { codeActionKinds: [...codeActionKinds] },
      workspace: {
        fileOperations: folderOperations,
        workspaceFolders: { supported: true, changeNotifications: true },
      },
    },
  };
}

/**
 * Behind these a port can follow, and the digits of a port go on: within quotes VS Code asks after such characters only.
 * Where no port can stand the answer is empty, and nothing is shown.
 */
const triggerCharacters = [...' :"\'-=/$@0123456789'];

/** The folders of the workspace: those that are named, else the one root that older clients name. */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly Uri[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}
