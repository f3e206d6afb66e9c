import { type CodeAction, type CodeActionContext, CodeActionKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Inspection } from '../features/diagnostics/inspector';
import type { Chart } from '../model/chart';
import type { Span } from '../model/span';
import { toDiagnostic } from './convert';
import type { Engine } from './server-parts';
import { type EditedDocuments, workspaceEdit } from './workspace-edits';

/** The kinds that are offered; the second one is what an editor can be set to run when it saves. */
export const codeActionKinds = [CodeActionKind.QuickFix, `${CodeActionKind.SourceFixAll}.portolan`] as const;

/** What the answer to a request for code actions draws on. */
export interface ActionSources extends EditedDocuments {
  readonly engine: Pick<Engine, 'codeActions' | 'fixAll'>;
  readonly chart: Chart;
  readonly inspection: Inspection;
}

/** The actions for a stretch of a document, of the kinds that are asked for. */
export function answerCodeActions(
  sources: ActionSources,
  document: TextDocument,
  span: Span,
  { only }: CodeActionContext,
): readonly CodeAction[] {
  const { engine, chart, inspection, documentOf } = sources;
  const [quickFix, fixAll] = codeActionKinds;
  const quick = !isAsked(quickFix, only) ? [] : engine.codeActions(chart, inspection, document.uri, span);
  const all =
    only === undefined || !isAsked(fixAll, only) ? undefined : engine.fixAll(inspection, document.uri);
  return [
    ...quick.map(({ findings, fix, preferred }) => ({
      title: fix.title,
      kind: quickFix,
      isPreferred: preferred,
      diagnostics: findings.map((finding) => toDiagnostic(document, finding, documentOf)),
      edit: workspaceEdit(fix.edits, sources),
    })),
    ...(all === undefined
      ? []
      : [{ title: all.title, kind: fixAll, edit: workspaceEdit(all.edits, sources) }]),
  ];
}

/** Kinds form a tree: who asks for `source` asks for `source.fixAll`, too. */
function isAsked(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => asked === '' || `${kind}.`.startsWith(`${asked}.`));
}
