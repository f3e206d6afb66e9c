import { env, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** What the server answers: the command that shows who listens, made of a number and a transport alone. */
interface CheckAnswer {
  readonly check?: { readonly command: string; readonly isPowerShell?: boolean };
}

/** Puts the command that shows who listens into the clipboard: parameters are port, transport, tool and system. */
export async function copyCheck(client: LanguageClient, parameters: readonly unknown[]): Promise<void> {
  const check = await checkFor(client, parameters);
  if (check === undefined) return;
  await env.clipboard.writeText(check.command);
  window.setStatusBarMessage(`Copied: ${check.command}`, 4000);
}

/** Runs it in a terminal: parameters are port, transport and the tool that is wanted; without one, the usual one. */
export async function runCheck(client: LanguageClient, parameters: readonly unknown[]): Promise<void> {
  const [port, transport, tool] = parameters;
  const check = await checkFor(client, [port, transport, tool]);
  if (check === undefined) return;
  const terminal = window.createTerminal({
    name: `Port ${port}`,
    ...(check.isPowerShell && { shellPath: 'powershell.exe' }),
  });
  terminal.show();
  terminal.sendText(check.command);
}

async function checkFor(
  client: LanguageClient,
  [port, transport, tool, system]: readonly unknown[],
): Promise<CheckAnswer['check']> {
  try {
    const { check } = await client.sendRequest<CheckAnswer>('portolan/check', {
      port,
      transport,
      tool,
      system,
    });
    if (check === undefined) {
      void window.showInformationMessage(`No tool of this system shows who listens on ${port}/${transport}.`);
    }
    return check;
  } catch (error) {
    void window.showErrorMessage(`Who listens on port ${port} cannot be asked: ${(error as Error).message}`);
    return undefined;
  }
}
