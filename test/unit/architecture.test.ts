import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const root = join(__dirname, '../..');

/** From the ground up: a file may import from its own floor's folder and from every folder below it. */
const floors: readonly (readonly string[])[] = [
  ['server/model'],
  ['server/syntax', 'server/registry'],
  ['server/dialects', 'server/units'],
  ['server/rules'],
  ['server/features', 'server/workspace'],
  ['server/engine'],
  ['server/lsp', 'server/cli'],
  ['server'],
];

/** Who may import which packages; the rest of the core runs in a browser, too. */
const packages: readonly (readonly [name: RegExp, allowed: RegExp])[] = [
  [/^vscode(-languageclient.*)?$/, /^client\//],
  [/^vscode-languageserver(\/node)?$/, /^server\/(lsp\/|main\.ts$)/],
  [/^vscode-languageserver-textdocument$/, /^server\/(lsp|cli)\//],
  [/^node:/, /^(client\/|server\/(main\.ts$|cli\.ts$|cli\/|workspace\/|registry\/load\.ts$))/],
  [/^csv-parse/, /^server\/registry\//],
  [/^yaml$/, /^server\/syntax\/yaml\/yaml\.ts$/],
];

test('imports run one way, from the top floor down', () => {
  for (const { file, target } of imports()) {
    if (!target.startsWith('server/') || target === 'server/version') continue;
    const from = floorOf(file);
    const to = floorOf(target);
    const sameFolder = folderOf(file) === folderOf(target);
    assert.ok(sameFolder || to < from, `${file} imports ${target}, which does not stand below it`);
  }
});

test('dialects import no dialect, and rules no rule', () => {
  for (const { file, target } of imports()) {
    const [, dialect] = /^server\/dialects\/([^/]+)\//.exec(file) ?? [];
    if (dialect !== undefined && target.startsWith('server/dialects/')) {
      assert.ok(target.startsWith(`server/dialects/${dialect}/`), `${file} imports ${target}`);
    }
    if (
      file.startsWith('server/rules/') &&
      file !== 'server/rules/index.ts' &&
      target.startsWith('server/rules/')
    ) {
      assert.equal(target, 'server/rules/refused', `${file} imports another rule`);
    }
  }
});

test('a package is imported only where it belongs', () => {
  for (const { file, target } of imports()) {
    if (target.startsWith('server/') || target.startsWith('client/') || target === 'package.json') continue;
    const entry = packages.find(([name]) => name.test(target));
    assert.ok(entry !== undefined, `${file} imports ${target}, which no rule allows`);
    assert.match(file, entry[1], `${file} imports ${target}`);
  }
});

function imports(): readonly { file: string; target: string }[] {
  return ['client', 'server'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `${folder}/${path}`)
      .flatMap((file) =>
        [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(
          ([, target = '']) => ({
            file,
            target: target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : target,
          }),
        ),
      ),
  );
}

function folderOf(path: string): string {
  const folder = floors.flat().filter((name) => path.startsWith(`${name}/`) || path === name);
  return folder.reduce((longest, name) => (name.length > longest.length ? name : longest), '');
}

function floorOf(path: string): number {
  const folder = folderOf(path);
  const floor = floors.findIndex((names) => names.includes(folder));
  assert.ok(floor >= 0, `${path} stands on no floor`);
  return floor;
}
