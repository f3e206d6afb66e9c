import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

// Ten times what the slowest step takes the slowest peer on a small machine.
const timeLimit = 30_000;
const running = new Set();

// Whatever ends the benchmark, no server may outlive it.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a server and answers with the few things that the measures do to it. Times are in milliseconds. */
export function startClient(server, node, folder) {
  const started = performance.now();
  const child = spawn(node, [server.script, '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  running.add(child);
  const gone = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      running.delete(child);
      reject(new Error(`${server.id} ended with code ${code}`));
    });
  });
  // Only a step that is waiting for the server cares that it is gone.
  gone.catch(() => {});
  const inTime = (promise, what) => within(timeLimit, Promise.race([promise, gone]), `${server.id}: ${what}`);

  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  answerTheServer(connection, server.settings ?? {});
  let onDiagnostics = () => {};
  connection.onNotification('textDocument/publishDiagnostics', (params) => onDiagnostics(params));
  connection.listen();

  return {
    pid: child.pid,
    async initialize() {
      const uri = pathToFileURL(folder).href;
      const params = {
        processId: process.pid,
        rootUri: uri,
        capabilities,
        workspaceFolders: [{ uri, name: 'bench' }],
      };
      await inTime(connection.sendRequest('initialize', params), 'initialize');
      return performance.now() - started;
    },
    notify: (method, params) => connection.sendNotification(method, params),
    /** Sends a notification and waits for the first published diagnostics that `isAnswer` accepts. */
    async diagnosticsAfter(method, params, isAnswer) {
      const begun = performance.now();
      const published = new Promise((resolve) => {
        onDiagnostics = (answer) => {
          if (isAnswer(answer))
            resolve({ time: performance.now() - begun, count: answer.diagnostics.length });
        };
      });
      await connection.sendNotification(method, params);
      return inTime(published, `diagnostics after ${method}`);
    },
    /** Waits until the server has published nothing for so many milliseconds. */
    async rest(quiet) {
      let last = performance.now();
      onDiagnostics = () => {
        last = performance.now();
      };
      while (performance.now() - last < quiet) await pause(100);
    },
    async request(method, params) {
      const begun = performance.now();
      const answer = await inTime(connection.sendRequest(method, params), method);
      return { time: performance.now() - begun, answer };
    },
    async stop() {
      connection.dispose();
      child.kill('SIGKILL');
      await gone.catch(() => {});
    },
  };
}

// What an editor of today says that it can do, as far as it bears on the figures.
const capabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  window: { workDoneProgress: true },
};

/** Answers what servers ask of an editor, so that none of them waits in vain. */
function answerTheServer(connection, settings) {
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) => settings[section] ?? null),
  );
  for (const method of ['client/registerCapability', 'window/workDoneProgress/create']) {
    connection.onRequest(method, () => null);
  }
  connection.onRequest('workspace/workspaceFolders', () => null);
}

function within(milliseconds, promise, what) {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`${what}: no answer in ${milliseconds / 1000} s`));
    const timer = setTimeout(late, milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
