import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Inspection } from '../features/diagnostics/inspector';
import type { Fix } from '../model/finding';
import type { Uri } from '../model/snapshot';
import type { Span } from '../model/span';
import { type DocumentOf, toDiagnostic, toRange } from './convert';
import type { Engine } from './server-parts';

/** The kinds that are offered; the second one is what an editor can be set to run when it saves. */
export const codeActionKinds = [CodeActionKind.QuickFix, `${CodeActionKind.SourceFixAll}.portolan`] as const;

/** What the answer to a request for code actions draws on. */
export interface ActionSources {
  readonly engine: Pick<Engine, 'codeActions' | 'fixAll'>;
  readonly inspection: Inspection;
  /** The document of a URI, and its version where an editor has it open. */
  readonly documentOf: DocumentOf;
  readonly versionOf: (uri: Uri) => number | null;
  /** Whether the editor takes edits that name the versions of the documents. */
  readonly hasVersions: boolean;
}

/** The actions for a stretch of a document, of the kinds that are asked for. */
export function answerCodeActions(
  sources: ActionSources,
  document: TextDocument,
  span: Span,
  { only }: CodeActionContext,
): readonly CodeAction[] {
  const { engine, inspection, documentOf } = sources;
  const [quickFix, fixAll] = codeActionKinds;
  const quick = !isAsked(quickFix, only) ? [] : engine.codeActions(inspection, document.uri, span);
  const all =
    only === undefined || !isAsked(fixAll, only) ? undefined : engine.fixAll(inspection, document.uri);
  return [
    ...quick.map(({ finding, fix, preferred }) => ({
      title: fix.title,
      kind: quickFix,
      isPreferred: preferred,
      diagnostics: [toDiagnostic(document, finding, documentOf)],
      edit: workspaceEdit(fix, sources),
    })),
    ...(all === undefined ? [] : [{ title: all.title, kind: fixAll, edit: workspaceEdit(all, sources) }]),
  ];
}

/** Kinds form a tree: who asks for `source` asks for `source.fixAll`, too. */
function isAsked(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => asked === '' || `${kind}.`.startsWith(`${asked}.`));
}

function workspaceEdit({ edits }: Fix, { documentOf, versionOf, hasVersions }: ActionSources): WorkspaceEdit {
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
