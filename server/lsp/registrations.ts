import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  WatchKind,
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
  const files = [...new Set([settingsFileName, ...names])].map((name) => ({ globPattern: `**/${name}` }));
  // Of a folder that goes as a whole, an editor tells of the folder alone, whatever is in it.
  const watchers = [...files, { globPattern: '**/*', kind: WatchKind.Delete }];
  const registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  sent(log, 'The editor does not watch files for us', registered);
}
