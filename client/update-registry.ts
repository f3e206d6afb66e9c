import { ProgressLocation, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** What the server answers: what came of the update, or why it was refused. */
type Answer =
  | {
      readonly state: 'updated' | 'unchanged';
      readonly date: string;
      readonly rows: number;
      readonly before: string;
    }
  | { readonly refused: string };

/** Fetches IANA's registry anew: the one time that Portolan goes to the network, because its user asked for it. */
export async function updateRegistry(client: LanguageClient, from?: string): Promise<void> {
  const http = workspace.getConfiguration('http');
  const proxy = { url: http.get('proxy'), strictSSL: http.get('proxyStrictSSL') };
  const options = {
    location: ProgressLocation.Notification,
    title: 'Updating the port registry',
    cancellable: true,
  };
  try {
    const answer = await window.withProgress(options, (_, token) =>
      client.sendRequest<Answer>('portolan/updateRegistry', { from, proxy }, token),
    );
    if ('refused' in answer) {
      void window.showErrorMessage(`The port registry was not updated. ${answer.refused}`);
      return;
    }
    const words = answer.state === 'updated' ? 'is now' : 'is still';
    const rows = answer.rows.toLocaleString('en');
    const older = answer.date < answer.before ? `, older than that of ${answer.before} before` : '';
    void window.showInformationMessage(
      `The port registry ${words} that of ${answer.date}${older}: ${rows} rows.`,
    );
  } catch (error) {
    void window.showErrorMessage(`The port registry was not updated: ${(error as Error).message}`);
  }
}

/** Takes the registry from a file that the user has got by another way. */
export async function updateRegistryFromFile(client: LanguageClient): Promise<void> {
  const [file] =
    (await window.showOpenDialog({
      title: "IANA's service-names-port-numbers.csv",
      filters: { CSV: ['csv'] },
    })) ?? [];
  if (file !== undefined) await updateRegistry(client, file.fsPath);
}
