import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  WatchKind,
} from 'vscode-languageserver';
import type { Dialect } from '../model/dialect';
import { folderOf } from '../model/file-name';
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
  if (!canWatch(editor)) return;
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

/** Has the editor tell of files that are ours only because others name them; each name is asked for once. */
export class NamedFileWatch {
  private readonly asked = new Set<string>();
  private last: ReadonlyMap<string, unknown> | undefined;

  /** `isWatched` tells of an address whether the editor tells of that file anyway. */
  constructor(
    private readonly connection: Connection,
    private readonly isWatched: (address: string) => boolean,
  ) {}

  /** `mentioned` holds what is named by its address; most edits leave it the same object. */
  watch(mentioned: ReadonlyMap<string, unknown>, editor: InitializeParams | undefined): void {
    if (mentioned === this.last || !canWatch(editor)) return;
    this.last = mentioned;
    const names = [...mentioned.keys()].filter((address) => !this.isWatched(address)).map(nameIn);
    // What stands for other characters in a pattern cannot be told from a name.
    const fresh = [...new Set(names)].filter((name) => !this.asked.has(name) && !/[*?{}[\]!]/.test(name));
    if (fresh.length === 0) return;
    for (const name of fresh) this.asked.add(name);
    const watchers = fresh.map((name) => ({ globPattern: `**/${name}` }));
    const registered = this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    sent(this.connection.console, 'The editor does not watch what files name', registered);
  }
}

function nameIn(address: string): string {
  return address.slice(folderOf(address).length);
}

function canWatch(editor: InitializeParams | undefined): boolean {
  return editor?.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
}
