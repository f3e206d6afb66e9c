// Bundles the client, the language server, the command line and the engine that the last two share into dist/, and
// compiles the registry beside them.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { compileRegistry } from './scripts/compile-registry.mjs';
import { notices } from './scripts/notices.mjs';

const development = process.argv.includes('--development');

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: !development,
  sourcemap: development,
  legalComments: 'none',
  // Prefer the ES module builds of the libraries: they can be shaken, their UMD builds can not.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  metafile: true,
};

/** The engine is a file of its own, which the server and the command line share and load when they need it. */
const engineApart = {
  name: 'engine-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/engine$/ }, () => ({ path: './engine.js', external: true }));
  },
};

await mkdir('dist', { recursive: true });
const [, ...built] = await Promise.all([
  compileRegistry(),
  build({
    ...common,
    entryPoints: ['client/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
  }),
  build({ ...common, entryPoints: ['server/main.ts'], outfile: 'dist/server.js', plugins: [engineApart] }),
  build({ ...common, entryPoints: ['server/engine.ts'], outfile: 'dist/engine.js' }),
  build({
    ...common,
    entryPoints: ['server/cli.ts'],
    outfile: 'dist/cli.js',
    plugins: [engineApart],
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
await chmod('dist/cli.js', 0o755);
await writeFile('dist/THIRD-PARTY-NOTICES.txt', notices(built.map(({ metafile }) => metafile)));
