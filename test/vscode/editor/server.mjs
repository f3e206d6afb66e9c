import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { end, must, start, Trouble } from '../../../scripts/steps.mjs';

/**
 * Starts VS Code's server on 127.0.0.1 and answers its address when it listens. `data` is the folder for all that
 * it keeps. `trusting: false` leaves workspace trust on, so that a new folder opens in Restricted Mode.
 * `driven: true` lets the page's address name an extension and its tests. `settings` go before the quiet ones.
 */
export async function startServer(
  editor,
  { data, port = 0, trusting = true, driven = false, settings = {} },
) {
  await writeSettings(data, { ...quietSettings, ...settings });
  const child = start(
    editor.node,
    [
      editor.program,
      ...['--host', '127.0.0.1', '--port', `${port}`, '--without-connection-token'],
      ...['--accept-server-license-terms', '--disable-telemetry'],
      ...(trusting ? ['--disable-workspace-trust'] : []),
      ...(driven ? ['--enable-smoke-test-driver'] : []),
      ...folders(data),
    ],
    { env: environment(editor, data) },
  );
  let log = '';
  const origin = await new Promise((resolve, reject) => {
    const fail = (what) => {
      end(child);
      reject(new Trouble(`VS Code's server ${what}.\n${log.trimEnd()}`));
    };
    const timer = setTimeout(fail, 60_000, 'did not listen within a minute');
    const read = (chunk) => {
      log = (log + chunk).slice(-20_000);
      const listening = /Extension host agent listening on (\d+)/.exec(log);
      if (listening === null) return;
      clearTimeout(timer);
      resolve(`http://127.0.0.1:${listening[1]}`);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code}`);
    });
    child.on('error', (error) => fail(`can not be started: ${error.message}`));
  });
  return {
    origin,
    log: () => log,
    closed: new Promise((resolve) => child.on('close', resolve)),
    stop: () => end(child),
  };
}

/** Installs a packaged extension for a server that is started with the same `data` folder later. */
export async function installExtension(editor, { data, vsix }) {
  await mkdir(data, { recursive: true });
  await must(editor.node, [editor.program, '--install-extension', vsix, '--force', ...folders(data)], {
    env: environment(editor, data),
    quiet: true,
    seconds: 120,
  });
}

function folders(data) {
  return [
    '--server-data-dir',
    data,
    '--user-data-dir',
    data,
    '--extensions-dir',
    path.join(data, 'extensions'),
  ];
}

/** Little is handed down: variables of a surrounding VS Code confuse the server, and it must not look for a gallery. */
function environment(editor, data) {
  return {
    HOME: data,
    PATH: [path.dirname(editor.node), process.env.PATH].join(path.delimiter),
    LANG: 'C.UTF-8',
    EXTENSIONS_GALLERY: '{}',
  };
}

async function writeSettings(data, settings) {
  const folder = path.join(data, 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

const quietSettings = {
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};
