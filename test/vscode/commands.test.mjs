// The commands about free ports, from the palette to the text of the files: the packaged extension in VS Code, in Chromium.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { installed } from './editor/installed.mjs';
import { answerDialog, clickBehind, lineBecomes, openFile, runCommand } from './editor/workbench.mjs';

const twice =
  'services:\n  a: { image: nginx, ports: ["17345:80"] }\n  b: { image: nginx, ports: ["17345:80"] }\n';

describe('the commands about free ports', { timeout: 180_000 }, () => {
  let extension;
  let top;

  before(async () => {
    extension = await installed();
    top = await realpath(await mkdtemp(path.join(os.tmpdir(), 'portolan-commands-')));
  });

  after(async () => {
    await extension?.close();
    if (top !== undefined) await rm(top, { recursive: true, force: true });
  });

  it('Insert a Free Port puts the port that is chosen where the cursor stands', async (context) => {
    const folder = await made('insert', { 'compose.yaml': twice, 'notes.txt': 'The next one is ' });
    const page = await extension.open(context, folder);
    await openFile(page, 'notes.txt');
    await clickBehind(page, 'The next one is');
    await runCommand(page, 'Portolan: Insert a Free Port');
    const input = page.locator('.quick-input-widget .quick-input-box input');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'free: ' }).first().waitFor();
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await input.fill('70000');
    await rows.first().filter({ hasText: '70000 is no port to be near' }).waitFor();
    await input.fill('17345');
    await rows.first().filter({ hasText: '17346' }).waitFor();
    const [first, second] = (await rows.allInnerTexts()).map((row) => row.replaceAll('\u00a0', ' '));
    assert.match(first, /17346\s*free: unassigned, not used in this workspace, nothing listens/);
    assert.match(second, /free: /);
    await page.keyboard.press('Enter');
    await lineBecomes(page, 'The next one is 17346');
    await page.keyboard.press('Control+s');
    await becomes(folder, { 'notes.txt': 'The next one is 17346', 'compose.yaml': twice });
  });

  it('Move Colliding Ports says what goes where, and moves it', async (context) => {
    const folder = await made('move', { 'compose.yaml': twice });
    const page = await extension.open(context, folder);
    await openFile(page, 'compose.yaml');
    await runCommand(page, 'Portolan: Move Colliding Ports');
    const question = await answerDialog(page, 'Apply');
    assert.match(question, /Move colliding ports\?/);
    assert.match(question, /compose\.yaml: service "b": 17345 → 17346/);
    await lineBecomes(page, '17346:80');
    await page.keyboard.press('Control+s');
    await becomes(folder, { 'compose.yaml': twice.replace(/(b: .*)17345/, '$117346') });
  });

  it('Give This Worktree Its Own Ports shows the edits and makes those that are ticked', async (context) => {
    const compose = 'services:\n  web:\n    image: nginx\n    ports:\n      - "17345:80"\n';
    const main = await made('main', { 'compose.yaml': compose });
    const one = path.join(top, 'one');
    git(main, 'init', '--quiet');
    git(main, 'add', '.');
    git(main, 'commit', '--quiet', '--message', 'Publish');
    git(main, 'worktree', 'add', '--quiet', one);
    const page = await extension.open(context, one);
    await openFile(page, 'compose.yaml');
    await runCommand(page, 'Portolan: Give This Worktree Its Own Ports');
    const question = await answerDialog(page, 'Show Edits');
    assert.match(question, /compose\.yaml: service "web": 17345 → 17346 \(WEB_PORT\)/);
    const preview = page.locator('.bulk-edit-panel');
    for (const file of ['.env', 'compose.yaml']) {
      const row = preview.locator('.monaco-list-row[aria-level="1"]', { hasText: file });
      await row.locator('.edit-checkbox').check();
    }
    await preview.getByRole('button', { name: 'Apply' }).click();
    await becomes(one, {
      'compose.yaml': compose.replace('17345:', '${WEB_PORT:-17345}:'),
      '.env': 'WEB_PORT=17346\n',
    });
    await becomes(main, { 'compose.yaml': compose });
  });

  /** A folder with these files. */
  async function made(name, files) {
    const folder = path.join(top, name);
    await mkdir(folder);
    for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
    return folder;
  }
});

/** Waits until the files are on disk as they should be, and says what they are where they do not become so. */
async function becomes(folder, files) {
  const names = Object.keys(files);
  for (let attempt = 1; ; attempt += 1) {
    const texts = await Promise.all(
      names.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => undefined)),
    );
    const found = Object.fromEntries(names.map((name, index) => [name, texts[index]]));
    if (names.every((name) => found[name] === files[name])) return;
    if (attempt === 100) assert.deepEqual(found, files);
    await setTimeout(200);
  }
}

function git(folder, ...words) {
  const settings = ['user.name=Test', 'user.email=test@example.org', 'init.defaultBranch=main'];
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  execFileSync('git', [...settings.flatMap((each) => ['-c', each]), ...words], { cwd: folder, env });
}
