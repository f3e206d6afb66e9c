import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { LanguageClient, WorkspaceEdit } from 'vscode-languageclient/node';

/** What the server answers; edits ask for confirmation, so that the editor shows them first. */
interface FreePorts {
  readonly items: readonly { readonly text: string; readonly reason: string }[];
  readonly shortage?: string;
}
interface MovedPorts {
  readonly edit?: WorkspaceEdit;
  readonly left: number;
}
interface OwnPorts {
  readonly edit?: WorkspaceEdit;
  readonly ports: readonly { readonly variable: string; readonly from: string; readonly to: string }[];
  readonly left: readonly { readonly place: string; readonly reason: string }[];
}

/** How many free ports are shown to choose from. */
const shown = 12;

/** Puts a free port where the cursor stands, or in place of what is selected; a number that is typed is to be near. */
export async function insertFreePort(client: LanguageClient): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    void window.showInformationMessage('Open a file to insert a port into.');
    return;
  }
  const selected = editor.document.getText(editor.selection);
  const chosen = await chooseFreePort(client, /^\d{1,5}$/.test(selected) ? selected : '');
  if (chosen === undefined) return;
  await editor.edit((builder) => {
    for (const selection of editor.selections) builder.replace(selection, chosen);
  });
}

function chooseFreePort(client: LanguageClient, near: string): Promise<string | undefined> {
  const pick = window.createQuickPick<QuickPickItem>();
  pick.title = 'Insert a Free Port';
  pick.placeholder = 'A number to be near: 5432 leads to 5433 and 15432';
  let asked = 0;
  const search = async (): Promise<void> => {
    asked += 1;
    const question = asked;
    const number = Number(pick.value);
    pick.busy = true;
    const params = { ...(number > 0 && { near: number }), count: shown };
    const { items, shortage } = await client.sendRequest<FreePorts>('portolan/freePorts', params);
    // What was typed since then has its own answer.
    if (question !== asked) return;
    pick.busy = false;
    pick.items =
      items.length > 0
        ? items.map(({ text, reason }) => ({ label: text, description: reason, alwaysShow: true }))
        : [{ label: '', description: `No port is free: ${shortage ?? ''}`, alwaysShow: true }];
  };
  const tell = (error: Error): void => {
    void window.showErrorMessage(`Free ports cannot be found: ${error.message}`);
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => search().catch(tell));
    pick.onDidAccept(() => {
      const label = pick.activeItems[0]?.label;
      resolve(label === '' ? undefined : label);
      pick.hide();
    });
    pick.onDidHide(() => {
      asked += 1;
      resolve(undefined);
      pick.dispose();
    });
    pick.value = near;
    pick.show();
    search().catch(tell);
  });
}

/** Moves every port that collides to a free one; the editor shows the edits before it makes them. */
export async function moveCollidingPorts(client: LanguageClient): Promise<void> {
  const answer = await asked<MovedPorts>(client, 'portolan/moveCollidingPorts', {});
  if (answer === undefined) return;
  if (answer.edit === undefined) {
    void window.showInformationMessage(
      answer.left === 0 ? 'No ports collide.' : 'Ports collide, and none of them can be moved by an edit.',
    );
    return;
  }
  await preview(client, answer.edit);
}

/** Turns the fixed host ports of a worktree into variables with values that no other worktree has. */
export async function giveOwnPorts(client: LanguageClient, folder?: unknown): Promise<void> {
  const chosen = folder instanceof Uri ? folder : await chooseFolder();
  if (chosen === undefined) return;
  const params = { folder: client.code2ProtocolConverter.asUri(chosen) };
  const answer = await asked<OwnPorts>(client, 'portolan/ownPorts', params);
  if (answer === undefined) return;
  if (answer.edit === undefined) {
    const [first] = answer.left;
    const why =
      first === undefined ? 'no compose file publishes a fixed port' : `${first.place}: ${first.reason}`;
    void window.showInformationMessage(`There is nothing to change: ${why}.`);
    return;
  }
  if (!(await preview(client, answer.edit))) return;
  const moved = answer.ports.filter(({ from, to }) => from !== to).length;
  const kept = answer.ports.length - moved;
  window.setStatusBarMessage(`Ports of this worktree: ${moved} moved, ${kept} as they were`, 8000);
}

async function chooseFolder(): Promise<Uri | undefined> {
  const { workspaceFolders: [first, ...more] = [] } = workspace;
  if (first === undefined) {
    void window.showInformationMessage('Open the folder of a worktree first.');
    return undefined;
  }
  return more.length === 0 ? first.uri : (await window.showWorkspaceFolderPick())?.uri;
}

async function asked<T>(client: LanguageClient, request: string, params: object): Promise<T | undefined> {
  try {
    return await client.sendRequest<T>(request, params);
  } catch (error) {
    void window.showErrorMessage(`Free ports cannot be found: ${(error as Error).message}`);
    return undefined;
  }
}

/** The changes ask for confirmation: the editor lists them, and makes those that are left ticked. */
async function preview(client: LanguageClient, edit: WorkspaceEdit): Promise<boolean> {
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  return workspace.applyEdit(converted, { isRefactoring: true });
}
