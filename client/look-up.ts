import { type QuickPickItem, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { PortPages } from './port-page';

/** What the server's search answers. */
interface Found {
  readonly items: readonly {
    readonly port: number;
    readonly label: string;
    readonly name: string;
    readonly detail: string;
  }[];
}

interface PortItem extends QuickPickItem {
  readonly port: number;
}

/** Finds a port by number, service name, program or description while the user types, and opens its page. */
export function lookUpPort(client: LanguageClient, pages: PortPages, query = ''): void {
  const pick = window.createQuickPick<PortItem>();
  pick.title = 'Look Up a Port';
  pick.placeholder = 'A number, a service, a program or what it does: 5432, postgres, grafana, mail';
  let asked = 0;
  let answered: string | undefined;
  const search = async (): Promise<void> => {
    asked += 1;
    const question = asked;
    const { value } = pick;
    const answer = await client.sendRequest<Found>('portolan/lookUp', { query: value });
    // What was typed since then has its own answer.
    if (question !== asked) return;
    // The server has searched: the editor is to leave out nothing. It also sorts by what it finds in the labels, so the
    // names stand beside them.
    pick.items = answer.items.map(({ name, ...item }) => ({ ...item, description: name, alwaysShow: true }));
    answered = value;
  };
  const tell = (error: Error): void => {
    void window.showErrorMessage(`The search failed: ${error.message}`);
  };
  const accept = async (): Promise<void> => {
    // Who types fast means the text that stands there now, and not the list that is still shown for an earlier one.
    const isCurrent = answered === pick.value;
    const chosen = isCurrent ? (pick.activeItems[0] ?? pick.items[0]) : undefined;
    if (!isCurrent) await search();
    const item = chosen ?? pick.items[0];
    pick.hide();
    if (item !== undefined) await pages.open(item.port);
  };
  pick.onDidChangeValue(() => search().catch(tell));
  pick.onDidAccept(() => accept().catch(tell));
  pick.onDidHide(() => {
    asked += 1;
    pick.dispose();
  });
  pick.value = query;
  pick.show();
  search().catch(tell);
}
