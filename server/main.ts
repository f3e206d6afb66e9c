import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './lsp/serve';
import type { Engine, UpdateAnswer } from './lsp/server-parts';
import { automaticPorts } from './machine/automatic-ports';
import type { Lookout } from './machine/lookout';
import { systemOf } from './machine/system';
import type { Books } from './model/knowledge';

// What a keystroke leaves behind is garbage at once. Without this, V8 answers a few large files by letting its young
// generation grow and keeping it: tens of megabytes that hold nothing. It costs no measurable time (npm run bench).
setFlagsFromString('--semi-space-growth-factor=1');

// The language server: over stdio with --stdio, else over the channel that the client names (IPC, a socket or a pipe).
const connection = createConnection(ProposedFeatures.all);
const engine = (): Engine => require('./engine');

const ephemeral = automaticPorts(process.platform);
const bundled = join(__dirname, 'registry.bin.br');
const folderOf = (storage: string | undefined): string =>
  storage ?? engine().dataFolder(process.platform, process.env);

serve(connection, {
  engine,
  source: () => engine().disk((message) => connection.console.warn(message)),
  books: (storage): Books => ({
    registry: engine().lazyRegistry(bundled, {
      folder: folderOf(storage),
      report: (message) => connection.console.warn(message),
    }),
    knowledge: engine().lazyKnowledge(__dirname),
  }),
  lookout: (isAllowed): Lookout =>
    new (engine().Lookout)({
      take: (signal) => engine().takeCensus(process.platform, signal),
      isAllowed,
      report: (message) => connection.console.warn(message),
    }),
  system: systemOf(process.platform),
  ...(ephemeral && { ephemeral }),
  update: async (request, storage): Promise<UpdateAnswer> => {
    const { updateRegistry, UpdateRefused }: typeof import('./update') = require('./update');
    try {
      return await updateRegistry({ ...request, folder: folderOf(storage), bundled });
    } catch (error) {
      if (error instanceof UpdateRefused) return { refused: error.message };
      throw error;
    }
  },
});
