import type { Connection, InitializeParams } from 'vscode-languageserver';
import { canonicalUri, folderAddress } from '../model/file-name';
import type { Uri } from '../model/uri';
import { foldersOf } from './capabilities';

/** What to do about folders that come into the workspace, or leave it. */
export interface FolderChanges {
  came(folder: Uri): void;
  /** `isInside` tells whether the folder still lies in another one of the workspace. */
  left(folder: Uri, isInside: boolean): void;
  /** Called once behind all of a change. */
  changed(): void;
}

/** The folders of the workspace, as they are now. */
export class WorkspaceFolders {
  /** Always the same list: who holds it sees each change. */
  readonly list: Uri[] = [];

  /** Takes those that the editor begins with. */
  begin(params: InitializeParams): void {
    this.list.push(...foldersOf(params));
  }

  /** Follows what the editor adds and removes, where it tells. */
  follow(connection: Connection, editor: InitializeParams | undefined, changes: FolderChanges): void {
    if (editor?.capabilities.workspace?.workspaceFolders !== true) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => folderAddress(uri)));
      this.list.splice(0, this.list.length, ...this.list.filter((uri) => !gone.has(folderAddress(uri))));
      for (const { uri } of removed) changes.left(uri, this.holds(uri));
      for (const { uri } of added) {
        this.list.push(uri);
        changes.came(uri);
      }
      changes.changed();
    });
  }

  /** Whether a file or a folder lies in one of them, or is one. */
  holds(uri: Uri): boolean {
    const path = `${canonicalUri(uri)}/`;
    return this.list.some((folder) => path.startsWith(folderAddress(folder)));
  }
}
