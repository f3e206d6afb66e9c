import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { portsText } from '../../server/model/port';
import { UnitBook } from '../../server/units';
import { shippedBooks } from '../harness/books';
import { snapshotOf, type Texts } from '../harness/chart';
import { configuredPorts, withoutCompose } from '../harness/docker-compose';
import { ownPortsOf } from '../harness/own-ports';
import { worktreeCases } from '../unit/worktree-ports.cases';

test('Compose publishes the own ports of a worktree that Portolan says', { skip: withoutCompose }, () => {
  const root = mkdtempSync(join(tmpdir(), 'portolan-own-ports-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  const books = shippedBooks();
  let compared = 0;
  for (const [index, { title, files, other = files, listening, isRefused }] of worktreeCases.entries()) {
    const given = ownPortsOf(books, { files, worktrees: { other }, ...(listening && { listening }) });
    for (const [state, texts] of [['before', files] as const, ['after', given.files] as const]) {
      const folder = join(root, `${index}-${state}`);
      write(folder, texts);
      for (const { folder: at, lines } of projected(texts)) {
        const found = configured(join(folder, at));
        if (isRefused) assert.match(found.join('\n'), /^refused: /, title);
        else assert.deepEqual(found, lines, `${title}, ${state}`);
        compared += 1;
      }
    }
  }
  console.log(`${compared} projects`);
  assert.ok(compared >= worktreeCases.length * 2);
});

function write(folder: string, files: Texts): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The published ports of each project that Compose finds by itself, as we put it together. */
function projected(files: Texts): readonly { readonly folder: string; readonly lines: readonly string[] }[] {
  const { project } = new UnitBook().of(snapshotOf('file:///', files));
  return project
    .filter(({ isFound }) => isFound)
    .map(({ folder, services }) => ({
      folder: folder.slice('file:///'.length),
      lines: services
        .flatMap(({ name, ports }) =>
          ports.flatMap(({ publish, target }) => {
            const [outside, inside] = [publish?.ports, target.ports];
            if (outside === undefined || outside.first === 0 || inside === undefined) return [];
            const host = publish?.address?.text;
            const isOne = inside.first === inside.last;
            return Array.from({ length: inside.last - inside.first + 1 }, (_, at) =>
              line(
                name,
                host,
                isOne ? portsText(outside) : `${outside.first + at}`,
                inside.first + at,
                target.transport ?? 'tcp',
              ),
            );
          }),
        )
        .sort(),
    }));
}

/** The same as Compose configures them; what has no fixed host port is left out. */
function configured(folder: string): readonly string[] {
  const configuration = configuredPorts(folder);
  if ('refusal' in configuration) return [`refused: ${configuration.refusal}`];
  return configuration.ports
    .flatMap(([name, { host_ip: host, target, published, protocol }]) =>
      published === undefined || published === '0' ? [] : [line(name, host, published, target, protocol)],
    )
    .sort();
}

function line(
  name: string,
  host: string | undefined,
  published: string,
  target: number,
  transport: string,
): string {
  return `${name} ${host ?? '*'} ${published}:${target}/${transport}`;
}
