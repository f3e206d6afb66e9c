// Bundles the client, the language server, the command line and the engine that the last two share into dist/, and
// compiles the registry beside them.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { compileData } from './scripts/compile-data.mjs';
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

/** The engine and the update are files of their own, which the server and the command line load when they need them. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/(engine|update)$/ }, ({ path }) => ({
      path: `./${path.split('/').at(-1)}.js`,
      external: true,
    }));
  },
};

await mkdir('dist', { recursive: true });
const [, ...built] = await Promise.all([
  compileData(),
  build({
    ...common,
    entryPoints: ['client/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    loader: { '.css': 'text' },
  }),
  build({ ...common, entryPoints: ['server/main.ts'], outfile: 'dist/server.js', plugins: [apart] }),
  build({ ...common, entryPoints: ['server/engine.ts'], outfile: 'dist/engine.js' }),
  build({ ...common, entryPoints: ['server/update/index.ts'], outfile: 'dist/update.js' }),
  build({
    ...common,
    entryPoints: ['server/cli.ts'],
    outfile: 'dist/cli.js',
    plugins: [apart],
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
await chmod('dist/cli.js', 0o755);
await writeFile('dist/THIRD-PARTY-NOTICES.txt', notices(built.map(({ metafile }) => metafile)));
