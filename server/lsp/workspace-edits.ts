import {
  AnnotatedTextEdit,
  type CreateFile,
  type TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '../model/finding';
import type { Uri } from '../model/snapshot';
import { type DocumentOf, toRange } from './convert';

/** What is known of the documents that edits are made in. */
export interface EditedDocuments {
  /** The document of a URI, and its version where an editor has it open. */
  readonly documentOf: DocumentOf;
  readonly versionOf: (uri: Uri) => number | null;
  /** Whether the editor takes edits that name the versions of the documents. */
  readonly hasVersions: boolean;
}

/** Edits as an editor takes them; those in files that are not known are left out. */
export function workspaceEdit(edits: readonly Edit[], documents: EditedDocuments): WorkspaceEdit {
  const { documentOf, versionOf, hasVersions } = documents;
  const changes: Record<Uri, TextEdit[]> = {};
  for (const { uri, span, text } of edits) {
    const edited = documentOf(uri);
    if (edited === undefined) continue;
    const here = changes[uri] ?? [];
    here.push(TextEdit.replace(toRange(edited, span), text));
    changes[uri] = here;
  }
  if (!hasVersions) return { changes };
  return {
    documentChanges: Object.entries(changes).map(
      ([uri, here]): TextDocumentEdit => ({ textDocument: { uri, version: versionOf(uri) }, edits: here }),
    ),
  };
}

/**
 * Edits that an editor shows before it makes them, all under one label.
 *
 * @param made The files that are made first: what is edited in them is put into an empty text.
 */
export function previewedEdit(
  edits: readonly Edit[],
  documents: EditedDocuments,
  label: string,
  made: readonly Uri[] = [],
): WorkspaceEdit {
  const empty = (uri: Uri): TextDocument | undefined =>
    made.includes(uri) ? TextDocument.create(uri, 'plaintext', 0, '') : undefined;
  const known = { ...documents, documentOf: (uri: Uri) => documents.documentOf(uri) ?? empty(uri) };
  const { documentChanges = [] } = workspaceEdit(edits, { ...known, hasVersions: true });
  const annotated = documentChanges.flatMap((change) =>
    'edits' in change
      ? [
          {
            ...change,
            edits: change.edits.flatMap((edit) =>
              'newText' in edit ? [AnnotatedTextEdit.replace(edit.range, edit.newText, annotation)] : [],
            ),
          },
        ]
      : [],
  );
  const created = made.map(
    (uri): CreateFile => ({
      ...{ kind: 'create', uri, annotationId: annotation },
      options: { ignoreIfExists: true },
    }),
  );
  return {
    documentChanges: [...created, ...annotated],
    changeAnnotations: { [annotation]: { label, needsConfirmation: true } },
  };
}

const annotation = 'portolan';
