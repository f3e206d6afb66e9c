import { Position, Range, Uri, ViewColumn, window } from 'vscode';

/** Opens a file of the workspace at a place that a page or a hover leads to. */
export async function openPlace(uri: unknown, line: unknown, character: unknown): Promise<void> {
  if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') return;
  const at = new Position(line, character);
  try {
    await window.showTextDocument(Uri.parse(uri, true), {
      selection: new Range(at, at),
      viewColumn: ViewColumn.One,
    });
  } catch (error) {
    void window.showErrorMessage(`${uri} cannot be opened: ${(error as Error).message}`);
  }
}
