import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { project } from '../../scripts/dependencies.mjs';

/** Bundles the suite into dist/test/ and answers the path of the module whose run() an editor calls. */
export async function bundleSuite() {
  const { build } = await import('esbuild');
  const source = path.join(project, 'test/vscode/suite');
  const target = path.join(project, 'dist/test');
  await rm(target, { recursive: true, force: true });
  const files = (await readdir(source)).filter((name) => name === 'index.ts' || name.endsWith('.test.ts'));
  await build({
    entryPoints: files.map((name) => path.join(source, name)),
    outdir: target,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    // The editor brings vscode, and all files have to see one and the same Mocha.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(target, 'index.js');
}
