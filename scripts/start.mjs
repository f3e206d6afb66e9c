// npm start: opens a real editor with the extension on the example project.
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { installedDesktop } from '../test/vscode/desktop.mjs';
import { installEditor } from '../test/vscode/editor/install.mjs';
import { installExtension, startServer } from '../test/vscode/editor/server.mjs';
import { installDependencies, project } from './dependencies.mjs';
import { build, makePackage } from './packaging.mjs';
import { say, script, start, Trouble } from './steps.mjs';

const examples = path.join(project, 'examples');
const cache = path.join(project, '.cache/start');

await script(async () => {
  const port = wantedPort();
  await bindable(port);
  await installDependencies();
  say('Building the extension …');
  await build();
  const desktop = await desktopEditor();
  if (desktop !== undefined) await openOnDesktop(desktop);
  else await serveInBrowser(port);
});

/** The desktop's own VS Code: the extension runs in it from this folder, nothing is installed into it. */
async function openOnDesktop(program) {
  say(`Opening examples/ in ${program} …`);
  const asRoot = ['--no-sandbox', '--user-data-dir', path.join(cache, 'desktop')];
  const child = start(program, [
    `--extensionDevelopmentPath=${project}`,
    ...(process.getuid?.() === 0 ? asRoot : []),
    '--new-window',
    examples,
    path.join(examples, 'compose.yaml'),
  ]);
  child.stdout.resume();
  child.stderr.pipe(process.stderr);
  const code = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Trouble(`${program} can not be started: ${error.message}`)));
    child.on('close', resolve);
  });
  if (code !== 0) throw new Trouble(`${program} ended with code ${code}.`);
}

async function serveInBrowser(port) {
  say('There is no desktop VS Code here (or no display): serving VS Code to the browser instead.');
  const vsix = await makePackage();
  const editor = await installEditor();
  const data = path.join(cache, 'browser');
  await rm(path.join(data, 'extensions'), { recursive: true, force: true });
  await installExtension(editor, { data, vsix });
  const server = await startServer(editor, { data, port });
  const address = new URL(server.origin);
  const file = `vscode-remote://${address.host}${path.join(examples, 'compose.yaml')}`;
  address.searchParams.set('folder', examples);
  address.searchParams.set('payload', JSON.stringify([['openFile', file]]));
  say(`\nOpen this address in a browser on this machine; Ctrl+C ends the editor.\n\n  ${address.href}\n`);
  await server.closed;
  throw new Trouble(`VS Code's server ended.\n${server.log().trimEnd()}`);
}

/** VSCODE_EXECUTABLE, or the installed VS Code; undefined where no window can be shown. */
async function desktopEditor() {
  const { DISPLAY, WAYLAND_DISPLAY, VSCODE_EXECUTABLE } = process.env;
  if (VSCODE_EXECUTABLE !== undefined) return VSCODE_EXECUTABLE;
  if (process.platform === 'linux' && (DISPLAY ?? WAYLAND_DISPLAY) === undefined) return undefined;
  return installedDesktop();
}

function wantedPort() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
    const port = Number(values.port);
    if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  } catch {
    // The usage below says what is understood.
  }
  throw new Trouble(
    'Usage: npm start [-- --port N], with N from 1 to 65535; without it any free port is taken.',
  );
}

/** Tries the port out, because VS Code's server waits in silence for ever when it can not have it. */
async function bindable(port) {
  const probe = createServer();
  await new Promise((resolve, reject) => {
    probe.on('error', ({ code }) =>
      reject(new Trouble(`Port ${port} can not be had (${code}): choose another.`)),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(resolve));
  });
}
