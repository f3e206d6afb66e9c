import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  AnnotatedTextEdit,
  CreateFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Texts } from './chart';
import type { Folder } from './folder';

/** Makes an edit on disk, as an editor does that the user has let. */
export function apply({ documentChanges = [] }: WorkspaceEdit): void {
  for (const change of documentChanges) {
    if ('kind' in change) {
      assert.equal(change.kind, 'create');
      const path = fileURLToPath((change as CreateFile).uri);
      mkdirSync(dirname(path), { recursive: true });
      if (!existsSync(path)) writeFileSync(path, '');
      continue;
    }
    const { textDocument, edits } = change as TextDocumentEdit;
    const path = fileURLToPath(textDocument.uri);
    const document = TextDocument.create(textDocument.uri, '', 0, readFileSync(path, 'utf8'));
    writeFileSync(path, TextDocument.applyEdits(document, edits as AnnotatedTextEdit[]));
  }
}

/** The texts of a folder's files, as they are now. */
export function textsOnDisk(folder: Folder, names: readonly string[]): Texts {
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(fileURLToPath(`${folder.uri}/${name}`), 'utf8')]),
  );
}
