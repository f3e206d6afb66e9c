import { access } from 'node:fs/promises';
import { project } from '../../scripts/dependencies.mjs';
import { Trouble } from '../../scripts/steps.mjs';
import { startChromium } from './editor/chromium.mjs';
import { installEditor } from './editor/install.mjs';
import { startServer } from './editor/server.mjs';
import { openWorkbench } from './editor/workbench.mjs';

/** Has VS Code's extension host run the suite, and waits until the results are written. */
export async function runInBrowser({ suite, results, workspace, data }) {
  const editor = await installEditor();
  const browser = await startChromium();
  let server;
  try {
    server = await startServer(editor, { data, driven: true });
    const inEditor = (file) => `vscode-remote://${new URL(server.origin).host}${file}`;
    await openWorkbench(browser, server.origin, workspace, {
      payload: [
        ['extensionDevelopmentPath', inEditor(project)],
        ['extensionTestsPath', inEditor(suite)],
      ],
    });
    await written(results, server);
  } finally {
    await browser.close();
    server?.stop();
    await server?.closed;
  }
}

async function written(results, server) {
  const deadline = Date.now() + 180_000;
  while (Date.now() < deadline) {
    const there = await access(results).then(
      () => true,
      () => false,
    );
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Trouble(`The suite did not end within three minutes.\n${server.log().trimEnd()}`);
}
