import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { project } from '../../scripts/dependencies.mjs';
import { say, Trouble } from '../../scripts/steps.mjs';
import { runInBrowser } from './browser.mjs';
import { bundleSuite } from './bundle-suite.mjs';
import { findDesktop, runOnDesktop } from './desktop.mjs';

/**
 * Runs the suite in a real VS Code, the desktop's where there is one or one can be downloaded and the browser's
 * elsewhere, and answers how many tests passed and failed. Where neither can run it is Trouble.
 */
export async function runSuite() {
  const suite = await bundleSuite();
  const results = path.join(path.dirname(suite), 'results.json');
  // The tests write files, so they get a workspace and a data folder that go when they end.
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portolan-suite-'));
  const run = { suite, results, workspace: path.join(folder, 'workspace'), data: path.join(folder, 'data') };
  try {
    await cp(path.join(project, 'test/vscode/workspace'), run.workspace, { recursive: true });
    await runIn(await findDesktop(), run);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { tests } = JSON.parse(
    await readFile(results, 'utf8').catch(() => {
      throw new Trouble('VS Code ended before the suite had run to its end.');
    }),
  );
  if (tests.length === 0) throw new Trouble('VS Code found no test in the suite.');
  for (const { title, error } of tests) say(error === undefined ? `  ✔ ${title}` : `  ✖ ${title}\n${error}`);
  const failed = tests.filter(({ error }) => error !== undefined).length;
  return { passed: tests.length - failed, failed };
}

async function runIn(desktop, run) {
  if (desktop === undefined) {
    say('The suite runs in VS Code in the browser: VS Code server from npm, Chromium.');
    await runInBrowser(run);
  } else {
    say(`The suite runs in VS Code on the desktop: ${desktop.program}`);
    await runOnDesktop(desktop, run);
  }
}
