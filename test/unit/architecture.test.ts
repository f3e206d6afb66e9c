import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { transformSync } from 'esbuild';
import { compose } from '../../server/dialects/compose/compose';
import { fitsGlob } from '../harness/glob';

const root = join(__dirname, '../..');

/** From the ground up: a file may import from its own floor's folder and from every folder below it. */
const floors: readonly (readonly string[])[] = [
  ['server/model'],
  ['server/syntax', 'server/registry', 'server/knowledge', 'server/machine'],
  ['server/dialects', 'server/units', 'server/update'],
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
  [
    /^node:/,
    /^(client\/|server\/(main\.ts$|cli\.ts$|cli\/|workspace\/|machine\/|update\/|(registry|knowledge)\/load\.ts$))/,
  ],
  [/^csv-parse/, /^server\/(registry\/|knowledge\/compile\.ts$|update\/)/],
  [/^jsonc-parser$/, /^server\/workspace\/settings-file\.ts$/],
  // These are types alone.
  [/^sarif$/, /^server\/cli\/sarif\.ts$/],
  [/^yaml$/, /^server\/syntax\/yaml\/yaml\.ts$/],
];

/** What only Node has, and who may name it nevertheless. */
const nodeOnly = ['process', 'Buffer', '__dirname', '__filename', 'setImmediate', 'require', 'globalThis'];
const edges =
  /^server\/(main\.ts$|cli\.ts$|cli\/|workspace\/|machine\/|update\/|(registry|knowledge)\/load\.ts$)/;

/** The names that VS Code itself gives the language id `dockercompose` (its extensions/yaml/package.json). */
const vscodeNames = '{compose,compose.*,docker-compose,*docker*compose*}.{yml,yaml}';
const composeNames = [
  ...['compose.yaml', 'compose-prod.yaml', 'compose.prod.yml', 'docker-compose.yml'],
  ...['docker-compose.prod.yaml', 'my-docker-compose.yml', 'podman-compose.yml', 'container-compose.yaml'],
];

const imports = sources().flatMap(importsOf);

test('imports run one way, from the top floor down', () => {
  assert.ok(imports.length > 150, `Only ${imports.length} imports were found`);
  for (const { file, target } of imports) {
    const [from, to] = [file, target].map((path) => /^(client|server)\b/.exec(path)?.[0]);
    assert.ok(to === undefined || to === from, `${file} imports ${target}: they talk by LSP alone`);
    if (to !== 'server' || target === 'server/version') continue;
    const sameFolder = folderOf(file) === folderOf(target);
    assert.ok(sameFolder || floorOf(target) < floorOf(file), `${file} imports ${target}, not below it`);
  }
});

test('no two files of the model need each other', () => {
  const needed = (file: string): ReadonlySet<string> => {
    const found = new Set([file]);
    // The set grows while it is walked.
    for (const each of found)
      for (const { file: from, target } of imports)
        if (from === each && target.startsWith('server/model/')) found.add(`${target}.ts`);
    return found;
  };
  for (const { file, target } of imports)
    if (file.startsWith('server/model/'))
      assert.ok(!needed(`${target}.ts`).has(file), `${file} imports ${target}, which needs it`);
});

test('dialects import no dialect, and rules no rule', () => {
  for (const { file, target } of imports) {
    const [dialect] = /^server\/dialects\/[^/]+\//.exec(file) ?? [];
    if (dialect !== undefined && target.startsWith('server/dialects/'))
      assert.ok(target.startsWith(dialect), `${file} imports ${target}`);
    if (/^server\/rules\/(?!index\.ts)/.test(file) && target.startsWith('server/rules'))
      assert.match(target, /^server\/rules\/shared\//, `${file} imports another rule`);
  }
});

test('a package is imported only where it belongs', () => {
  for (const { file, target } of imports) {
    if (/^(server|client)\/|^package\.json$/.test(target)) continue;
    const entry = packages.find(([name]) => name.test(target));
    assert.ok(entry !== undefined, `${file} imports ${target}, which no rule allows`);
    assert.match(file, entry[1], `${file} imports ${target}`);
  }
});

test('what only Node has is named only at the edges', () => {
  const define = Object.fromEntries(nodeOnly.map((name) => [name, `nodeOnly_${name}`]));
  for (const file of sources().filter((path) => path.startsWith('server/') && !edges.test(path))) {
    // The compiler puts a mark where a name is neither declared, nor a member, nor a word in a text.
    const { code } = transformSync(read(file), { loader: 'ts', define });
    const isLsp = file.startsWith('server/lsp/');
    assert.doesNotMatch(code, isLsp ? /nodeOnly_(?!setImmediate)|\bimport\(/ : /nodeOnly_|\bimport\(/, file);
  }
});

test('VS Code hands over every compose file', () => {
  const { activationEvents } = JSON.parse(read('package.json'));
  const [, glob = ''] = /composeFiles =\s*'([^']+)'/.exec(read('client/extension.ts')) ?? [];
  assert.ok(activationEvents.includes(`workspaceContains:${glob}`), `${glob} does not activate`);
  assert.ok(activationEvents.includes('onLanguage:dockercompose'));
  const made = ['', 'x'].flatMap((any) => compose.files.map((pattern) => pattern.replaceAll('*', any)));
  for (const name of [...composeNames, ...made]) {
    assert.ok(fitsGlob(name, compose.files), `${name} is no compose file to the dialect`);
    const isHandedOver = fitsGlob(name, [vscodeNames, glob.replace(/^\*\*\//, '')]);
    assert.ok(isHandedOver, `${name} is a compose file, and VS Code does not hand it over`);
  }
});

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function sources(): readonly string[] {
  return ['client', 'server'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  );
}

/** In all their forms: `import`, `export … from`, `import()`, `require()`, types as well. */
function importsOf(file: string): readonly { readonly file: string; readonly target: string }[] {
  const form = /\b(?:(?:from|import)\s+(?=['"])|(?:import|require)\s*\(\s*)(['"`])([^'"`\n]+)\1/g;
  return [...read(file).matchAll(form)].map(([, , to = '']) => {
    return { file, target: to.startsWith('.') ? relative(root, join(root, dirname(file), to)) : to };
  });
}

function folderOf(path: string): string {
  const plain = path.replace(/\.ts$/, '');
  const folders = floors.flat().filter((name) => plain.startsWith(`${name}/`) || plain === name);
  return folders.reduce((longest, name) => (name.length > longest.length ? name : longest), '');
}

function floorOf(path: string): number {
  const floor = floors.findIndex((names) => names.includes(folderOf(path)));
  assert.ok(floor >= 0, `${path} stands on no floor`);
  return floor;
}
