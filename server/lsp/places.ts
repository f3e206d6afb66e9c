import { TextDocument } from 'vscode-languageserver-textdocument';
import { nameWithin } from '../model/file-name';
import type { Snapshot, Uri } from '../model/snapshot';
import type { Span } from '../model/span';
import type { NamedPlace } from './command-links';
import type { DocumentOf } from './convert';

/** The documents of the workspace, open in an editor or not, as far as the snapshot holds them. */
export function documentsOf(open: DocumentOf, snapshot: () => Snapshot): DocumentOf {
  return (uri) => {
    const document = open(uri);
    if (document !== undefined) return document;
    const { files, policy } = snapshot();
    const file = files.get(uri);
    if (file !== undefined) return TextDocument.create(uri, file.dialect, 0, file.text);
    const settings = policy?.files.find((each) => each.uri === uri);
    return settings && TextDocument.create(uri, 'jsonc', 0, settings.text);
  };
}

/** Names a place of the workspace: its file's path below the folder that holds it, and where its first character is. */
export function namedPlace(
  documentOf: DocumentOf,
  folders: readonly Uri[],
  uri: Uri,
  span: Span,
): NamedPlace {
  const start = documentOf(uri)?.positionAt(span.start) ?? { line: 0, character: 0 };
  return { uri, name: nameWithin(folders, uri), start };
}
