// The packaged extension as a person meets it: installed into VS Code, in Chromium, read from the screen.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { project } from '../../scripts/dependencies.mjs';
import { installed } from './editor/installed.mjs';
import {
  clickBehind,
  hoverOver,
  lineBecomes,
  openFile,
  problems,
  runCommand,
  suggestions,
  typeAndRead,
  webview,
} from './editor/workbench.mjs';

const workspace = path.join(project, 'test/vscode/workspace');

describe('on the screen', { timeout: 180_000 }, () => {
  let extension;

  before(async () => {
    extension = await installed();
  });

  after(() => extension?.close());

  it('shows what a port is, the problems and port numbers to choose from', async (context) => {
    const page = await open(context);
    await openFile(page, 'compose.yaml');
    const hover = await hoverOver(page, '5433:5432', '5432');
    assert.match(hover, /5432/);
    assert.match(hover, /postgresql/);

    await openFile(page, 'Dockerfile');
    const rows = await problems(page, 'icmp', '70000');
    assert.ok(
      rows.some((row) => /70000.*invalid-port.*Ln 3, Col 8/s.test(row)),
      `no such problem: ${rows.join(' | ')}`,
    );

    await clickBehind(page, 'EXPOSE 70000');
    await page.keyboard.press('Enter');
    await page.keyboard.type('EXPOSE ');
    await page.keyboard.press('Control+Space');
    const offered = await suggestions(page);
    assert.ok(
      offered.some((row) => /^\d{2,5}\b/.test(row)),
      `no port number in: ${offered.join(' | ')}`,
    );
  });

  it('leads from a hover to the page of the port, and from there to its neighbours', async (context) => {
    const page = await open(context);
    await openFile(page, 'compose.yaml');
    await hoverOver(page, '5433:5432', '5432');
    await page.locator('.monaco-hover:not(.hidden) a', { hasText: 'All about port 5432' }).click();
    const first = await webview(page, 'Port 5432');
    assert.match(await first.innerText(), /In practice: PostgreSQL/);
    assert.match(await first.innerText(), /compose\.yaml:\d+: container port of service/);
    await first.locator('a', { hasText: /^5431$/ }).click();
    const next = await webview(page, 'Port 5431');
    await next.locator('.checks a', { hasText: 'Copy' }).first().click();
    await page.locator('.statusbar-item', { hasText: "Copied: ss -lntup 'sport = :5431'" }).waitFor();
    await next.locator('a', { hasText: /^5432$/ }).click();
    const again = await webview(page, 'Port 5432');
    await again
      .locator('a', { hasText: /^compose\.yaml:\d+$/ })
      .first()
      .click();
    await page.locator('.tab.active[data-resource-name="compose.yaml"]').waitFor();
  });

  it('finds a port by the program that uses it', async (context) => {
    const page = await open(context);
    await openFile(page, 'compose.yaml');
    await runCommand(page, 'Portolan: Look Up a Port…');
    const rows = await typeAndRead(page, 'Grafana');
    assert.match(rows[0] ?? '', /^3000\/tcp\s*Grafana/);
    await page.keyboard.press('Enter');
    assert.match(await (await webview(page, 'Port 3000')).innerText(), /used for something else in practice/);
  });

  it('takes a service from an empty line to a running mapping by completions alone, also in other kinds of file', async (context) => {
    const page = await open(context);
    await openFile(page, 'compose.yaml');
    await hoverOver(page, '5433:5432', '5432');
    await openFile(page, 'free/docker-compose.yml');
    await lineBecomes(page, 'name: free');
    await clickBehind(page, '    ports:');
    await page.keyboard.press('Enter');
    // The list comes by itself behind the blank. 5432 and 5433 are taken by others.
    await page.keyboard.type('- ', { delay: 50 });
    const [first] = await suggestions(page);
    assert.match(first, /^15432:5432/);
    assert.match(first, /free: unassigned/);
    await page.keyboard.press('Tab');
    await lineBecomes(page, '- "15432:5432"');

    await openFile(page, 'free/.env.local');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('CACHE_PORT=', { delay: 50 });
    assert.match((await suggestions(page))[0], /^6379/);
    await page.keyboard.press('Escape');

    await openFile(page, 'free/Containerfile');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('EXPOSE ', { delay: 50 });
    assert.match((await suggestions(page))[0], /^3100/);
    await page.keyboard.press('Tab');
    await lineBecomes(page, 'EXPOSE 3100');

    await openFile(page, 'free/site.nginx');
    await clickBehind(page, 'server {');
    await page.keyboard.press('Enter');
    await page.keyboard.type('listen ', { delay: 50 });
    assert.match((await suggestions(page))[0], /^\d+\s.*; free: /s);
    await page.keyboard.press('Escape');
  });

  it('shows no list of ports where none can be typed', async (context) => {
    const page = await open(context);
    await openFile(page, 'compose.yaml');
    await hoverOver(page, '5433:5432', '5432');
    await openFile(page, 'free/docker-compose.yml');
    await lineBecomes(page, 'name: free');
    await clickBehind(page, 'image: postgres');
    await page.keyboard.type(':17', { delay: 50 });
    await page.waitForTimeout(1_000);
    const rows = await page.locator('.suggest-widget.visible .monaco-list-row').allInnerTexts();
    assert.ok(!rows.some((row) => /free:|seen often/.test(row)), rows.join(' | '));
  });

  it('works in Restricted Mode', async (context) => {
    const page = await open(context, { trusting: false });
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await openFile(page, 'compose.yaml');
    assert.match(await hoverOver(page, '5433:5432', '5432'), /postgresql/);
    await page.locator('.monaco-hover:not(.hidden) a', { hasText: 'All about port 5432' }).click();
    const body = await webview(page, 'Port 5432');
    assert.doesNotMatch(await body.innerText(), /Listening now/);
  });

  function open(context, options) {
    return extension.open(context, workspace, options);
  }
});
