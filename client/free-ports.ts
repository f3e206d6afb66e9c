import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import {
  ErrorCodes,
  type LanguageClient,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageclient/node';

/** What the server answers; edits ask for confirmation, so that the editor shows them first. */
interface FreePorts {
  readonly items: readonly { readonly text: string; readonly reason: string }[];
  readonly shortage?: string;
  /** Why the question is none. */
  readonly refused?: string;
}
interface ChangedPorts {
  readonly edit?: WorkspaceEdit;
  readonly ports: readonly {
    readonly place: string;
    readonly variable?: string;
    readonly from: string;
    readonly to: string;
    /** What speaks against the port and cannot be known for sure. */
    readonly doubt?: string;
  }[];
}
interface MovedPorts extends ChangedPorts {
  readonly left: number;
}
interface OwnPorts extends ChangedPorts {
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
    const typed = pick.value.trim();
    pick.busy = true;
    // What is no number is refused with a reason.
    const near = /^-?[0-9]+$/.test(typed) ? Number(typed) : typed;
    const params = { ...(typed !== '' && { near }), count: shown };
    const { items, shortage, refused } = await client
      .sendRequest<FreePorts>('portolan/freePorts', params)
      .catch(refusal);
    // What was typed since then has its own answer.
    if (question !== asked) return;
    pick.busy = false;
    pick.items =
      items.length > 0
        ? items.map(({ text, reason }) => ({ label: text, description: reason, alwaysShow: true }))
        : [{ label: '', description: refused ?? `No port is free: ${shortage ?? ''}`, alwaysShow: true }];
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

/** What the server has against a question; what else goes wrong is told elsewhere. */
function refusal(error: unknown): FreePorts {
  if (error instanceof ResponseError && error.code === ErrorCodes.InvalidParams)
    return { items: [], refused: error.message };
  throw error;
}

/** Moves every port that collides to a free one; what is edited is shown before. */
export async function moveCollidingPorts(client: LanguageClient): Promise<void> {
  const answer = await asked<MovedPorts>(client, 'portolan/moveCollidingPorts', {});
  if (answer === undefined) return;
  if (answer.edit === undefined) {
    void window.showInformationMessage(
      answer.left === 0 ? 'No ports collide.' : 'Ports collide, and no edit can move them: see the problems.',
    );
    return;
  }
  const { left } = answer;
  const stays =
    left === 0
      ? []
      : [`${left} more ${left === 1 ? 'stays' : 'stay'}: no edit can move ${left === 1 ? 'it' : 'them'}`];
  await confirmed(client, answer, answer.edit, 'Move colliding ports?', stays);
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
    const nothing =
      answer.ports.length > 0 ? 'its ports are its own already' : 'no compose file publishes a fixed port';
    const why = first === undefined ? nothing : `${first.place}: ${first.reason}`;
    void window.showInformationMessage(`There is nothing to change: ${why}.`);
    return;
  }
  const stays = answer.left.map(({ place, reason }) => `${place} stays as it is: ${reason}`);
  await confirmed(client, answer, answer.edit, 'Give this worktree its own ports?', stays);
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

/** How many ports a question names one by one. */
const mostListed = 25;

/** Asks with the ports and what becomes of them; who wants to see the edits gets the editor's own list to choose from. */
async function confirmed(
  client: LanguageClient,
  { ports }: ChangedPorts,
  edit: WorkspaceEdit,
  question: string,
  stays: readonly string[],
): Promise<void> {
  const changed = ports.map(({ place, variable, from, to, doubt }) => {
    const name = variable === undefined ? '' : ` (${variable})`;
    const why = doubt === undefined ? '' : `; ${doubt}`;
    return `${place}: ${from === to ? `${from} stays` : `${from} → ${to}`}${name}${why}`;
  });
  const lines = [...changed, ...stays];
  const more = lines.length > mostListed ? [`and ${lines.length - mostListed} more`] : [];
  const detail = [...lines.slice(0, mostListed), ...more].join('\n');
  const choice = await window.showInformationMessage(
    question,
    { modal: true, detail },
    'Apply',
    'Show Edits',
  );
  if (choice === undefined) return;
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(
    choice === 'Apply' ? withoutQuestions(edit) : edit,
  );
  await workspace.applyEdit(converted, { isRefactoring: true });
}

/** The same edit without the wish that each change be confirmed. */
function withoutQuestions({ changeAnnotations = {}, ...edit }: WorkspaceEdit): WorkspaceEdit {
  const settled = Object.entries(changeAnnotations).map(([id, { label }]) => [id, { label }] as const);
  return { ...edit, changeAnnotations: Object.fromEntries(settled) };
}
