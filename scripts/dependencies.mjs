import { stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { npm, say, Trouble } from './steps.mjs';

/** The folder that holds package.json. */
export const project = fileURLToPath(new URL('..', import.meta.url));

/** Installs what package-lock.json pins, unless it is already there. */
export async function installDependencies() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new Trouble(`Portolan is built with Node.js 20 or newer, and this is ${process.version}.`);
  }
  const installed = await modified('node_modules/.package-lock.json');
  const pinned = await modified('package-lock.json');
  if (installed !== undefined && pinned !== undefined && installed >= pinned) {
    say('The dependencies are installed.');
    return;
  }
  say('Installing the dependencies that package-lock.json pins …');
  await npm(['ci', '--no-audit', '--no-fund'], { cwd: project });
}

async function modified(file) {
  try {
    return (await stat(path.join(project, file))).mtimeMs;
  } catch {
    return undefined;
  }
}
