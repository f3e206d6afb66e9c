import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type Engine, serve } from './lsp/serve';
import type { Registry } from './model/registry';

// The language server: over stdio with --stdio, else over the channel that the client names (IPC, a socket or a pipe).
const connection = createConnection(ProposedFeatures.all);
const engine = (): Engine => require('./engine');

serve(connection, {
  engine,
  source: () => engine().disk((message) => connection.console.warn(message)),
  registry: (): Registry => engine().lazyRegistry(join(__dirname, 'registry.bin')),
});
