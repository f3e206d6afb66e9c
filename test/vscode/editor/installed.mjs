import assert from 'node:assert/strict';
import { access, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packagePath } from '../../../scripts/packaging.mjs';
import { startChromium } from './chromium.mjs';
import { installEditor } from './install.mjs';
import { installExtension, startServer } from './server.mjs';
import { openWorkbench } from './workbench.mjs';

/** Installs the packaged extension into VS Code, and starts a browser to see it in. */
export async function installed() {
  const vsix = await packagePath();
  await access(vsix).catch(() => assert.fail(`${vsix} is not there: run "npm run package" first`));
  const editor = await installEditor();
  const data = await mkdtemp(path.join(os.tmpdir(), 'portolan-screen-'));
  await installExtension(editor, { data, vsix });
  const browser = await startChromium();
  return {
    /** Opens a folder, for as long as the test runs that `context` is of. */
    async open(context, folder, { trusting = true } = {}) {
      const server = await startServer(editor, { data, trusting });
      const page = await openWorkbench(browser, server.origin, folder);
      context.after(async () => {
        await page.context().close();
        server.stop();
        await server.closed;
      });
      return page;
    },
    async close() {
      await browser.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
