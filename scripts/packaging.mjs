import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { project } from './dependencies.mjs';
import { must, say, Trouble } from './steps.mjs';

/** Makes portolan-<version>.vsix of what `build` left in dist/ and answers its path. */
export async function makePackage() {
  const vsix = await packagePath();
  const vsce = path.join(project, 'node_modules/@vscode/vsce/vsce');
  await must(process.execPath, [vsce, 'package', ...options, '--out', vsix], {
    cwd: project,
    quiet: true,
    seconds: 180,
  });
  const { size } = await stat(vsix);
  const shown = `${path.basename(vsix)}: ${(size / 1024).toFixed(1)} KB`;
  if (size > limit) {
    throw new Trouble(
      `${shown}, and at most ${limit / 1024} KB are allowed. "unzip -lv ${path.basename(vsix)}" shows what is large.`,
    );
  }
  say(`${shown} (at most ${limit / 1024} KB)`);
  return vsix;
}

/** Bundles the programs into dist/. */
export async function build() {
  await must(process.execPath, ['build.mjs'], { cwd: project, seconds: 120 });
}

/** Where the package of this version is made. */
export async function packagePath() {
  const { name, version } = JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8'));
  return path.join(project, `${name}-${version}.vsix`);
}

const limit = 900 * 1024;

/** The programs are bundled, and package.json names no public repository that links could lead to. */
const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
