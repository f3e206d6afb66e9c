// Bundles the three programs of the extension into dist/: the client, the language server and the command line.
import { chmod, mkdir } from 'node:fs/promises';
import { build } from 'esbuild';
import { compileRegistry } from './scripts/compile-registry.mjs';

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
};

await mkdir('dist', { recursive: true });
await Promise.all([
  compileRegistry(),
  build({
    ...common,
    entryPoints: ['client/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
  }),
  build({ ...common, entryPoints: ['server/main.ts'], outfile: 'dist/server.js' }),
  build({
    ...common,
    entryPoints: ['server/cli.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
await chmod('dist/cli.js', 0o755);
