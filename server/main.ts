import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type Engine, serve } from './lsp/serve';
import type { Registry } from './model/registry';

// What a keystroke leaves behind is garbage at once. Without this, V8 answers a few large files by letting its young
// generation grow and keeping it: tens of megabytes that hold nothing. It costs no measurable time (npm run bench).
setFlagsFromString('--semi-space-growth-factor=1');

// The language server: over stdio with --stdio, else over the channel that the client names (IPC, a socket or a pipe).
const connection = createConnection(ProposedFeatures.all);
const engine = (): Engine => require('./engine');

serve(connection, {
  engine,
  source: () => engine().disk((message) => connection.console.warn(message)),
  registry: (): Registry => engine().lazyRegistry(join(__dirname, 'registry.bin')),
});
