import { access, realpath } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { project } from '../../scripts/dependencies.mjs';
import { run, say } from '../../scripts/steps.mjs';

/**
 * Finds a VS Code for the desktop and a display to run it on: VSCODE_EXECUTABLE, an installed one, or a downloaded
 * one. Answers undefined, and says why, where there is none.
 */
export async function findDesktop() {
  const display = await findDisplay();
  const program = process.env.VSCODE_EXECUTABLE ?? (await installedDesktop());
  if (display === undefined) {
    say('There is no display, and no xvfb-run that makes one.');
    return undefined;
  }
  const found = program ?? (await downloadedDesktop());
  return found === undefined ? undefined : { program: found, display };
}

/** Runs the suite in a process of its own, so that its end can be forced. */
export async function runOnDesktop({ program, display }, { suite, workspace, data }) {
  const runner = path.join(project, 'test/vscode/desktop-runner.mjs');
  const [command, ...args] = [...display, process.execPath, runner, program, suite, workspace, data];
  await run(command, args, { seconds: 300 });
}

/** The program behind the `code` command of the PATH. */
export async function installedDesktop() {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const command = await realpath(
      path.join(folder, process.platform === 'win32' ? 'code.cmd' : 'code'),
    ).catch(() => undefined);
    if (command === undefined) continue;
    for (const place of ['../code', '../Code.exe', '../../../../MacOS/Electron']) {
      const program = path.join(path.dirname(command), place);
      if (await isThere(program)) return program;
    }
  }
  return undefined;
}

/** Downloads VS Code once, where it can be had. */
async function downloadedDesktop() {
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  say('Looking for a VS Code to download …');
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath: path.join(project, '.cache/vscode'),
      timeout: 30_000,
      reporter: new SilentReporter(),
    });
  } catch (error) {
    say(`VS Code can not be downloaded: ${error.message}`);
    return undefined;
  }
}

/** The command to put before a program that shows a window: none where there is a display. */
async function findDisplay() {
  if (process.platform !== 'linux') return [];
  if (process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined) return [];
  return (await isThere('/usr/bin/xvfb-run')) ? ['/usr/bin/xvfb-run', '-a'] : undefined;
}

function isThere(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
