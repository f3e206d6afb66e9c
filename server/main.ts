import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './lsp/serve';
import { lazyRegistry } from './registry/load';
import { disk } from './workspace/disk';

// The language server: over stdio with --stdio, else over the channel that the client names (IPC, a socket or a pipe).
const connection = createConnection(ProposedFeatures.all);
serve(connection, {
  source: disk((message) => connection.console.warn(message)),
  registry: lazyRegistry(join(__dirname, 'registry.bin')),
});
