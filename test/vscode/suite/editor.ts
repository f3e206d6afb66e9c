import { writeFile as writeText } from 'node:fs/promises';
import {
  type CompletionList,
  commands,
  type Diagnostic,
  type Hover,
  languages,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';

/** Opens a file of the fixture workspace in an editor. */
export async function openFile(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uriOf(name));
  await window.showTextDocument(document);
  return document;
}

/** Writes a file of the workspace on disk, behind the editor's back. */
export async function writeFile(name: string, text: string): Promise<void> {
  await writeText(uriOf(name).fsPath, text);
}

/** Opens a document that no file holds. */
export async function openUntitled(language: string, content: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ language, content });
  await window.showTextDocument(document);
  return document;
}

/** Where `text` starts in the document, `offset` characters on. */
export function placeOf(document: TextDocument, text: string, offset = 0): Position {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`"${text}" is not in ${document.uri}`);
  return document.positionAt(start + offset);
}

/** What the editor would show over a place, as Markdown. */
export async function hoverAt(document: TextDocument, position: Position): Promise<string> {
  const hovers = await eventually(async () => {
    const found = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return found.length > 0 ? found : undefined;
  }, 'a hover');
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((part) => (part instanceof MarkdownString ? part.value : String(part))).join('\n');
}

/** The labels that the editor would offer at a place. */
export async function completionsAt(document: TextDocument, position: Position): Promise<string[]> {
  const list = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** Portolan's own diagnostics of a document as `rule: text under it`, once they are the ones wanted or time is up. */
export async function findingsBecome(
  document: TextDocument,
  wanted: (found: string[]) => boolean,
): Promise<string[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = findings(document).map(
      (diagnostic) => `${ruleOf(diagnostic)}: ${document.getText(diagnostic.range)}`,
    );
    if (wanted(found) || Date.now() > deadline) return found;
    await pause();
  }
}

export function findings(document: TextDocument): Diagnostic[] {
  return languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'portolan');
}

function ruleOf({ code }: Diagnostic): string {
  return `${typeof code === 'object' ? code.value : code}`;
}

/** Puts `text` in place of the characters from `start` to `end`, as typing does; the file stays as it is. */
export async function replace(
  document: TextDocument,
  start: Position,
  end: Position,
  text: string,
): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(start, end), text);
  if (!(await workspace.applyEdit(edit))) throw new Error('the edit was refused');
}

/** Closes every editor and forgets what was typed. */
export async function closeAll(): Promise<void> {
  while (window.activeTextEditor !== undefined) {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

function uriOf(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no workspace folder is open');
  return Uri.joinPath(folder.uri, name);
}

/** Tries until there is an answer; fails after ten seconds. */
export async function eventually<T>(attempt: () => Promise<T | undefined>, what: string): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answer = await attempt();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ten seconds`);
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
