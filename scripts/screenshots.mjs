// npm run screenshots: the README's pictures, taken from the packaged extension in a real VS Code.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startChromium } from '../test/vscode/editor/chromium.mjs';
import { installEditor } from '../test/vscode/editor/install.mjs';
import { installExtension, startServer } from '../test/vscode/editor/server.mjs';
import {
  clickBehind,
  filterProblems,
  hoverOver,
  openFile,
  openWorkbench,
  problems,
  runCommand,
  suggestions,
  typeAndRead,
  webview,
} from '../test/vscode/editor/workbench.mjs';
import { installDependencies, project } from './dependencies.mjs';
import { build, makePackage } from './packaging.mjs';
import { say, script } from './steps.mjs';

const size = { width: 1200, height: 800, scale: 1.5 };

/** Nothing on the pictures moves, and nothing takes room from the text. */
const settings = {
  'breadcrumbs.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.hover.above': false,
  'editor.hover.delay': 100,
  'editor.lightbulb.enabled': 'off',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.scrollBeyondLastLine': false,
  'editor.stickyScroll.enabled': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
};

const dark = 'Default Dark Modern';
const light = 'Default Light Modern';

/** What is taken in which theme; each picture is a file of this name in images/. */
const pictures = [
  ['hover', dark, hover],
  ['diagnostics', dark, diagnostics],
  ['look-up', dark, lookUp],
  ['port-page', dark, portPage],
  ['traps', dark, traps],
  ['collisions', dark, collisions],
  ['own-ports', dark, ownPorts],
  // What is typed for this one stays in the editor's memory: it comes last.
  ['completion', dark, completion],
  ['port-page-light', light, portPage],
  ['hover-light', light, hover],
];

await script(async () => {
  await installDependencies();
  await build();
  const vsix = await makePackage();
  const editor = await installEditor();
  const data = await mkdtemp(path.join(os.tmpdir(), 'portolan-screenshots-'));
  const browser = await startChromium();
  // So that there is something to be told of who listens.
  const listener = createServer().listen(3000, '127.0.0.1');
  let server;
  try {
    await once(listener, 'listening');
    await installExtension(editor, { data, vsix });
    for (const theme of [dark, light]) {
      server = await startServer(editor, { data, settings: { ...settings, 'workbench.colorTheme': theme } });
      for (const [name, , picture] of pictures.filter(([, own]) => own === theme)) {
        const page = await openWorkbench(browser, server.origin, path.join(project, 'examples'), size);
        await runCommand(page, 'View: Close Primary Side Bar');
        const clip = await picture(page);
        await page.screenshot({
          path: path.join(project, `images/${name}.png`),
          ...(clip && { clip }),
          animations: 'disabled',
        });
        await page.context().close();
        say(`Took images/${name}.png`);
      }
      server.stop();
      await server.closed;
    }
  } finally {
    await browser.close();
    listener.close();
    server?.stop();
    await server?.closed;
    await rm(data, { recursive: true, force: true });
  }
});

async function hover(page) {
  await openFile(page, 'compose.yaml');
  // The first hover has the machine looked at, and the next one tells of it.
  await hoverOver(page, '3000:3000', '3000');
  await page.mouse.move(size.width - 20, 20);
  await page.waitForTimeout(1_000);
  await hoverOver(page, '3000:3000', '3000');
  return upTo(page, '.monaco-hover:not(.hidden)', 30);
}

async function lookUp(page) {
  await openFile(page, 'compose.yaml');
  await runCommand(page, 'Portolan: Look Up a Port…');
  await typeAndRead(page, 'mail');
  return upTo(page, '.quick-input-widget', 30);
}

async function portPage(page) {
  await openFile(page, 'compose.yaml');
  await runCommand(page, 'Portolan: Look Up a Port…');
  await typeAndRead(page, '3000');
  await page.keyboard.press('Enter');
  await webview(page, 'Port 3000');
  await page.waitForTimeout(1_000);
  return undefined;
}

async function diagnostics(page) {
  await openFile(page, 'compose.broken.yaml');
  await filterProblems(page, '**/compose.broken.yaml');
  await problems(page, 'invalid-interpolation');
  return upTo(page, '.part.panel', 4);
}

async function traps(page) {
  await openFile(page, 'firewall/traps.sh');
  await filterProblems(page, '**/traps.sh');
  await problems(page, 'octal-port', 'half-open-range');
  return upTo(page, '.part.panel', 4);
}

async function collisions(page) {
  await openFile(page, 'collisions/compose.yaml');
  await filterProblems(page, '**/collisions/**');
  await problems(page, 'published-port-conflict', 'upstream-port-mismatch');
  return upTo(page, '.part.panel', 4);
}

async function ownPorts(page) {
  await openFile(page, 'collisions/compose.yaml');
  await problems(page, 'published-port-conflict');
  await runCommand(page, 'Portolan: Give This Worktree Its Own Ports');
  await page.locator('.monaco-dialog-box').waitFor();
  await page.waitForTimeout(500);
  return undefined;
}

async function completion(page) {
  await openFile(page, 'compose.yaml');
  await clickBehind(page, '- "5433:5432"');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- "');
  await page.mouse.move(size.width - 20, 20);
  await page.keyboard.press('Control+Space');
  await suggestions(page);
  return upTo(page, '.suggest-widget.visible', 57);
}

/** The page from its upper left corner to just beyond the lower right corner of an element. */
async function upTo(page, selector, room) {
  await page.waitForTimeout(500);
  const { x, y, width, height } = await page.locator(selector).first().boundingBox();
  const { width: most } = page.viewportSize();
  return { x: 0, y: 0, width: Math.min(most, Math.max(820, x + width + 20)), height: y + height + room };
}
