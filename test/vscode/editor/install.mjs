import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { npm, say, Trouble } from '../../../scripts/steps.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const server = path.join(folder, 'node_modules/code-server/lib/vscode');

/**
 * Installs VS Code's own server and web workbench, as the npm package code-server carries them, and answers
 * where they are. No install script runs: the native modules that they would build serve terminals and file
 * logs, and the editor does without.
 */
export async function installEditor() {
  const stamp = path.join(folder, 'node_modules/.portolan-installed');
  const wanted = createHash('sha256')
    .update(await readFile(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => undefined)) !== wanted) {
    say('Installing VS Code for the browser from npm; this takes about a minute …');
    await npm(['ci', ...quietly], { cwd: folder, quiet: true });
    for (const part of [server, path.join(server, 'extensions')]) {
      await npm(['install', '--omit=dev', '--no-save', ...quietly], { cwd: part, quiet: true });
    }
    await writeFile(stamp, wanted);
  }
  return { program: path.join(server, 'out/server-main.js'), node: await nodeForEditor() };
}

const quietly = ['--ignore-scripts', '--no-audit', '--no-fund'];

/** The editor's server needs Node.js 24: this one if it is, the one from npm otherwise. */
async function nodeForEditor() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const binary = path.join(folder, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  const there = await readFile(path.join(binary, '../../package.json')).catch(() => undefined);
  if (there !== undefined) return binary;
  throw new Trouble(
    `VS Code's server runs on Node.js 24, and this is ${process.version} on ${process.platform}-${process.arch}.\n` +
      'Run this with Node.js 24, or set VSCODE_EXECUTABLE to the program of an installed VS Code.',
  );
}
