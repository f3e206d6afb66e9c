import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const dist = join(import.meta.dirname, '..', 'dist');

/**
 * The search for a free port by itself, in this process: a file takes all ports but one, so that all 65,536 are looked
 * at, and all that are left of them in the registry.
 *
 * @returns Milliseconds for each of `rounds` searches.
 */
export function measureFreeSearch(rounds) {
  const engine = createRequire(import.meta.url)(join(dist, 'engine.js'));
  const workspace = new engine.Workspace({ read: () => undefined });
  const ports = ['1-32000', '32002-65535'].map((range) => `      - "${range}:${range}"\n`).join('');
  workspace.update('file:///compose.yaml', `services:\n  all:\n    image: nginx\n    ports:\n${ports}`);
  const books = {
    registry: engine.lazyRegistry(join(dist, 'registry.bin.br'), { folder: dist, report: () => {} }),
    knowledge: engine.lazyKnowledge(dist),
  };
  const machine = { system: 'linux', now: 0, census: { takenAt: 0, listeners: [] } };
  const chart = { snapshot: workspace.snapshot, books, machine };
  const wish = { transport: 'tcp', width: 1, near: 8080 };
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    const { found } = engine.findFree(chart, wish, 1);
    const time = performance.now() - start;
    if (found[0]?.ports.first !== 32001) throw new Error(`The search found ${JSON.stringify(found)}.`);
    return time;
  });
}
