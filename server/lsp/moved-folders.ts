import type { Connection, FileOperationRegistrationOptions } from 'vscode-languageserver';
import type { Uri } from '../model/snapshot';

/** What to do about folders that a person moves or deletes in the editor. */
export interface FolderMoves {
  gone(uri: Uri): void;
  came(uri: Uri): void;
}

const everything: FileOperationRegistrationOptions = { filters: [{ pattern: { glob: '**/*' } }] };

/**
 * An editor that watches files by their names tells nothing of the files in a folder that goes as a whole (VS Code takes
 * such events together): it tells of the folder, as an operation on files.
 */
export const folderOperations = { didDelete: everything, didRename: everything };

/** Serves the operations on files and folders. */
export function serveFolderMoves(connection: Connection, { gone, came }: FolderMoves): void {
  connection.workspace.onDidDeleteFiles(({ files }) => {
    for (const { uri } of files) gone(uri);
  });
  connection.workspace.onDidRenameFiles(({ files }) => {
    for (const { oldUri, newUri } of files) {
      gone(oldUri);
      came(newUri);
    }
  });
}
