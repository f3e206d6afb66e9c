import { randomBytes } from 'node:crypto';
import { type Disposable, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import style from './port-page.css';

/** What the server answers: the inside of a page's body, with every text in it escaped. */
interface PageAnswer {
  readonly title: string;
  readonly html: string;
}

/** The commands that the links of a page call. */
const linkedCommands = [
  'portolan.openPortPage',
  'portolan.openPlace',
  'portolan.copyCheck',
  'portolan.runCheck',
];

/** Shows port pages, one after the other in the same place beside the text. */
export class PortPages implements Disposable {
  private panel: WebviewPanel | undefined;
  private asked = 0;

  constructor(private readonly client: LanguageClient) {}

  /** Opens the page of a port; a number that is no port is refused by the server, and told. */
  async open(port: number): Promise<void> {
    this.asked += 1;
    const question = this.asked;
    try {
      const page = await this.client.sendRequest<PageAnswer>('portolan/portPage', { port });
      // Who went on to another port meanwhile wants to see that one.
      if (question !== this.asked) return;
      const panel = this.shown();
      panel.title = page.title;
      panel.webview.html = documentOf(page);
    } catch (error) {
      void window.showErrorMessage(`The page of port ${port} cannot be shown: ${(error as Error).message}`);
    }
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private shown(): WebviewPanel {
    if (this.panel !== undefined) {
      this.panel.reveal(undefined, true);
      return this.panel;
    }
    const panel = window.createWebviewPanel(
      'portolan.portPage',
      'Port',
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: false,
        enableCommandUris: linkedCommands,
        localResourceRoots: [],
        enableFindWidget: true,
      },
    );
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    this.panel = panel;
    return panel;
  }
}

/** No script runs in the page and nothing is loaded from anywhere: only its own style sheet is let in. */
function documentOf({ html }: PageAnswer): string {
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style>
</head>
<body>
${html}
</body>
</html>`;
}
