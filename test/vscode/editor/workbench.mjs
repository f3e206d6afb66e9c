// Driving VS Code's workbench as a person does: opening files, pointing at text, reading what is on the screen.

/** Opens the editor on a folder and answers its page, ready for typing. */
export async function openWorkbench(
  browser,
  origin,
  folder,
  { width = 1200, height = 700, scale = 1, payload } = {},
) {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const address = new URL(origin);
  address.searchParams.set('folder', folder);
  if (payload !== undefined) address.searchParams.set('payload', JSON.stringify(payload));
  await page.goto(address.href);
  await page.waitForSelector('.monaco-workbench .part.statusbar .statusbar-item', { timeout: 60_000 });
  return page;
}

/** Opens a file by its path in the folder. */
export async function openFile(page, name) {
  await page.keyboard.press('Control+p');
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await input.waitFor();
  await input.fill(name);
  const base = name.split('/').at(-1);
  await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${base}"]`).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator(`.tab.active[data-resource-name="${base}"]`).waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** Runs a command of the palette by its title. */
export async function runCommand(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/**
 * Points at `word` on the first visible line that contains `line` and answers what the hover says. A hover that
 * is asked for before the extension has started stays away, so the pointer leaves and comes back.
 */
export async function hoverOver(page, line, word) {
  const { x, y } = await placeOf(page, line, word);
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents');
  for (let attempt = 1; ; attempt += 1) {
    await page.mouse.move(x, y + 150);
    await page.mouse.move(x, y, { steps: 5 });
    const shown = await hover
      .first()
      .waitFor({ timeout: 3_000 })
      .then(
        () => true,
        () => false,
      );
    if (shown) return (await hover.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    if (attempt === 10) throw new Error(`no hover over "${word}" on the line "${line}"`);
  }
}

/** Clicks behind the last character of the first visible line that contains `line`. */
export async function clickBehind(page, line) {
  const { x, y } = await placeOf(page, line, line);
  await page.mouse.click(x, y);
  await page.keyboard.press('End');
}

/** Waits until a visible line contains `line`. */
export async function lineBecomes(page, line) {
  const visible = ([wanted]) =>
    [...document.querySelectorAll('.editor-instance .view-line')].some((element) =>
      element.textContent.replaceAll('\u00a0', ' ').includes(wanted),
    );
  await page.waitForFunction(visible, [line]);
}

/** The rows of the list of completions, once it is shown. */
export async function suggestions(page) {
  const rows = page.locator('.suggest-widget.visible .monaco-list-row');
  await rows.first().waitFor();
  return (await rows.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '));
}

/** Shows the Problems panel and answers its rows, once there is one for each of the texts. */
export async function problems(page, ...texts) {
  const panel = page.locator('.markers-panel');
  if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+m');
  const rows = panel.locator('.monaco-list-row[aria-level="2"]');
  for (const text of texts) await rows.filter({ hasText: text }).first().waitFor();
  return (await rows.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '));
}

/** Leaves in the Problems panel what a filter lets through: a text, or a glob over the files. */
export async function filterProblems(page, filter) {
  const panel = page.locator('.markers-panel');
  if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+m');
  await panel.waitFor();
  await page.locator('.part.panel .viewpane-filter-container input').first().fill(filter);
}

/** The middle of `word` on the screen. Editors draw a space as a no-break space and split a line into spans. */
async function placeOf(page, line, word) {
  const place = await page.waitForFunction(find, [line, word]);
  return place.jsonValue();
}

/** Runs in the page. */
function find([line, word]) {
  for (const element of document.querySelectorAll('.editor-instance .view-line')) {
    const text = element.textContent.replaceAll('\u00a0', ' ');
    const start = text.indexOf(word, text.indexOf(line));
    if (!text.includes(line) || start < 0) continue;
    const range = document.createRange();
    let offset = 0;
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const { length } = nodes.currentNode;
      if (start >= offset && start < offset + length) range.setStart(nodes.currentNode, start - offset);
      const stop = start + word.length;
      if (stop > offset && stop <= offset + length) range.setEnd(nodes.currentNode, stop - offset);
      offset += length;
    }
    const box = range.getBoundingClientRect();
    if (box.width > 0) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  return undefined;
}

/** The inside of the page that a webview shows, once it says `text`. */
export async function webview(page, text) {
  const body = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('body');
  await body.filter({ hasText: text }).waitFor();
  return body;
}

/** Types into the box that a command has opened and answers the rows that it then offers. */
export async function typeAndRead(page, text) {
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await input.waitFor();
  await input.fill(text);
  const rows = page.locator('.quick-input-list .monaco-list-row');
  // The list of an earlier text may name it as well, further down.
  await rows.first().filter({ hasText: text }).waitFor();
  return (await rows.allInnerTexts()).map((row) => row.replaceAll('\u00a0', ' '));
}

/** Answers the question that a command asks with one of its buttons, and tells what it said. */
export async function answerDialog(page, button) {
  const dialog = page.locator('.monaco-dialog-box');
  const text = await dialog.innerText();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  return text.replaceAll('\u00a0', ' ');
}
