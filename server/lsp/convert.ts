import {
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Hover,
  type CompletionItem as LspCompletionItem,
  MarkupKind,
  type Position,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionItem } from '../features/completion/completion';
import type { HoverAnswer, HoveredNumber } from '../features/hover/hover';
import { code, escaped } from '../features/markdown';
import type { Finding, FindingTag, Severity } from '../model/finding';
import type { Uri } from '../model/snapshot';
import type { Span } from '../model/span';
import { rulePage } from '../rules/rule-page';
import { checkLink, type PlaceOf, pageLink, placeLink } from './command-links';

/** Finds the open document of a URI: spans in it become lines and columns. */
export type DocumentOf = (uri: Uri) => TextDocument | undefined;

/** A span as lines and columns, both from 0, columns in UTF-16 code units. */
export function toRange(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

/** A place of an editor as an offset. */
export function toOffset(document: TextDocument, position: Position): number {
  return document.offsetAt(position);
}

/** A range of an editor as offsets. */
export function toSpan(document: TextDocument, range: Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

export function toDiagnostic(document: TextDocument, finding: Finding, documentOf: DocumentOf): Diagnostic {
  const related = finding.related.flatMap(({ uri, span, message }) => {
    const other = documentOf(uri);
    return other === undefined ? [] : [{ location: { uri, range: toRange(other, span) }, message }];
  });
  return {
    range: toRange(document, finding.span),
    severity: severities[finding.severity],
    code: finding.rule,
    codeDescription: { href: rulePage(finding.rule) },
    source: 'portolan',
    message: finding.message,
    ...(related.length > 0 && { relatedInformation: related }),
    ...(finding.tags && { tags: finding.tags.map((tag) => tags[tag]) }),
  };
}

/** `hasCommands`: whether the client knows the commands that links lead to; without them places are told by name. */
export function toHover(
  document: TextDocument,
  { span, paragraphs, uses, useCount, listening, port }: HoverAnswer,
  hasCommands: boolean,
  placeOf: PlaceOf,
): Hover {
  const places = uses.map(({ uri, span: at, words }) => {
    const { text, url } = placeLink(placeOf(uri, at));
    return `${hasCommands ? `[${escaped(text)}](${url})` : escaped(text)} (${escaped(words)})`;
  });
  const more = useCount > uses.length ? ` and ${useCount - uses.length} more` : '';
  const lines = [
    ...paragraphs,
    ...(places.length === 0 ? [] : [`Also in this workspace: ${places.join(', ')}${more}`]),
    ...(listening === undefined ? [] : [listening]),
    ...(port === undefined ? [] : linkLine(port, hasCommands)),
  ];
  return {
    range: toRange(document, span),
    contents: { kind: MarkupKind.Markdown, value: lines.join('\n\n') },
  };
}

/** Where to read on, and how to check who listens: as links for a client that has the commands. */
function linkLine({ number, transport, check }: HoveredNumber, hasCommands: boolean): readonly string[] {
  if (!hasCommands) return check === undefined ? [] : [`Who listens: ${code(check)}`];
  const page = `[All about port ${number}](${pageLink(number)})`;
  return [
    check === undefined ? page : `${page} · [Who listens?](${checkLink(number, transport)}) ${code(check)}`,
  ];
}

/** `rank` keeps the engine's order: editors sort by `sortText`. */
export function toCompletionItem(
  document: TextDocument,
  item: CompletionItem,
  rank: number,
): LspCompletionItem {
  return {
    label: item.label,
    labelDetails: { description: item.brief ?? item.detail },
    kind: CompletionItemKind.Value,
    detail: item.detail,
    filterText: item.filter,
    sortText: `${rank}`.padStart(4, '0'),
    textEdit: { range: toRange(document, item.span), newText: item.insert },
    ...(item.about && { data: item.about }),
  };
}

const tags: Record<FindingTag, DiagnosticTag> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
