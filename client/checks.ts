import { env, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** What the server answers: the commands that show who listens, those of its own system first. */
interface Checks {
  readonly checks: readonly {
    readonly tool: string;
    readonly command: string;
    readonly isPowerShell?: boolean;
  }[];
}

/** Puts a command into the clipboard. */
export async function copyCheck(command: unknown): Promise<void> {
  if (typeof command !== 'string') return;
  await env.clipboard.writeText(command);
  window.setStatusBarMessage(`Copied: ${command}`, 4000);
}

/**
 * Runs the command that shows who listens on a port in a terminal. The server makes the command of a number and a
 * transport alone, so nothing that stands in a file can get into it.
 *
 * @param parameters Port, transport and the tool that is wanted; without one, the first.
 */
export async function runCheck(client: LanguageClient, parameters: readonly unknown[]): Promise<void> {
  const [port, transport, tool] = parameters;
  try {
    const { checks } = await client.sendRequest<Checks>('portolan/checks', { port, transport });
    const check = checks.find((each) => each.tool === tool) ?? checks[0];
    if (check === undefined) {
      void window.showInformationMessage(`No tool of this system shows who listens on ${port}/${transport}.`);
      return;
    }
    const terminal = window.createTerminal({
      name: `Port ${port}`,
      ...(check.isPowerShell && { shellPath: 'powershell.exe' }),
    });
    terminal.show();
    terminal.sendText(check.command);
  } catch (error) {
    void window.showErrorMessage(`Who listens on port ${port} cannot be asked: ${(error as Error).message}`);
  }
}
