import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
} from 'vscode-languageserver';
import type { Dialect } from '../model/dialect';
import { sent } from './guard';

/** Has the editor tell of changed settings and files, where it can. */
export function registerWatching(
  connection: Connection,
  editor: InitializeParams | undefined,
  dialects: readonly Dialect[],
  settingsFileName: string,
): void {
  const log = connection.console;
  const workspace = editor?.capabilities.workspace;
  if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
    const section = { section: ['portolan', 'files.exclude'] };
    const registered = connection.client.register(DidChangeConfigurationNotification.type, section);
    sent(log, 'The editor does not tell of changed settings', registered);
  }
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
  const names = dialects.flatMap(({ companions, files }) => [
    ...companions.map(({ name }) => name),
    ...files,
  ]);
  const watchers = [...new Set([settingsFileName, ...names])].map((name) => ({
    globPattern: `**/${name}`,
  }));
  const registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  sent(log, 'The editor does not watch files for us', registered);
}
