import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../model/span';

/** A span as people count: lines and columns from 1, columns in UTF-16 code units, the end excluded. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Makes the function that turns spans of `text` into places. */
export function placesIn(text: string): (span: Span) => Place {
  const document = TextDocument.create('', '', 0, text);
  return ({ start, end }) => {
    const from = document.positionAt(start);
    const to = document.positionAt(end);
    return {
      line: from.line + 1,
      column: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
    };
  };
}
