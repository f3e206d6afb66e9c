import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Publication } from '../../server/model/compose-project';
import { type PortRange, portsText } from '../../server/model/port';
import { UnitBook } from '../../server/units';
import { disk } from '../../server/workspace/disk';
import { Workspace } from '../../server/workspace/workspace';
import { configuredPorts, dockerCompose, withoutCompose } from '../harness/docker-compose';
import { composeCases, type Project } from './compose.cases';

test('Compose and Portolan put the same projects together', { skip: withoutCompose }, () => {
  const root = mkdtempSync(join(tmpdir(), 'portolan-compose-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  const differences: string[] = [];
  for (const [index, files] of composeCases.entries()) {
    const folder = join(root, `case-${index}`);
    write(folder, files);
    const theirs = configured(folder);
    const ours = projected(folder, files);
    if (theirs.join('\n') !== ours.join('\n'))
      differences.push(
        `${JSON.stringify(files)}\n  Compose: ${theirs.join(', ')}\n  ours:    ${ours.join(', ')}`,
      );
  }
  console.log(
    `${spawnSync(dockerCompose, ['version', '--short'], { encoding: 'utf8' }).stdout.trim()}: ${composeCases.length} projects`,
  );
  assert.ok(composeCases.length >= 100);
  assert.equal(differences.length, 0, `\n${differences.join('\n')}`);
});

function write(folder: string, files: Project): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The ports of all services as Compose configures them, a line each, in the order of the alphabet. */
function configured(folder: string): readonly string[] {
  const configuration = configuredPorts(folder);
  if ('refusal' in configuration) return [`refused: ${configuration.refusal}`];
  return configuration.ports
    .map(([name, { host_ip: host, target, published, protocol }]) =>
      line(name, host, published === '0' ? undefined : published, target, protocol),
    )
    .sort();
}

/** The same of the project that the workspace puts together. */
function projected(folder: string, files: Project): readonly string[] {
  const workspace = new Workspace(disk(assert.fail));
  for (const [name, text] of Object.entries(files)) {
    const uri = pathToFileURL(join(folder, name)).href;
    workspace.found(uri, text);
  }
  const project = new UnitBook().of(workspace.snapshot).project.find(({ isFound }) => isFound);
  const lines = (project?.services ?? []).flatMap(({ name, ports }) =>
    ports.flatMap((publication) => linesOf(name, publication)),
  );
  // Compose lists each port of a range by itself, and then takes equal ones for one.
  return [...new Set(lines)].sort();
}

function linesOf(name: string, { publish, target }: Publication): readonly string[] {
  const inside = target.ports ?? { first: 0, last: -1 };
  const host = publish?.address?.text ?? target.address?.text;
  const outside = publish?.ports?.first === 0 ? undefined : publish?.ports;
  return numbers(inside).map((port, at) =>
    line(name, host, publishedAt(outside, inside, at), port, target.transport ?? '?'),
  );
}

/** A range in front of one container port is kept whole. */
function publishedAt(outside: PortRange | undefined, inside: PortRange, at: number): string | undefined {
  if (outside === undefined) return undefined;
  return inside.first === inside.last ? portsText(outside) : `${outside.first + at}`;
}

function numbers({ first, last }: PortRange): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function line(
  name: string,
  host: string | undefined,
  published: string | undefined,
  target: number,
  transport: string,
) {
  const outside = published === undefined ? 'any' : published.replace(/^0+(?=\d)/, '');
  // Without an address every address is meant, as it is with this one.
  const address = host === undefined || host === '0.0.0.0' ? '*' : host;
  return `${name} ${address} ${outside}:${target}/${transport.toLowerCase()}`;
}
