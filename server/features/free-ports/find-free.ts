import type { Chart } from '../../model/chart';
import type { PortRange } from '../../model/port';
import { type Field, fieldOf, obstacles } from './field';
import { freePorts } from './free-ports';
import { type Ground, groundOf } from './ground';
import { whyFree } from './reasons';
import type { Wish } from './wish';

/** Ports that nothing is in the way of, and why that is believed. */
export interface FreeFinding {
  readonly ports: PortRange;
  readonly reason: string;
}

/** What a search for free ports came to. */
export interface FreeAnswer {
  readonly found: readonly FreeFinding[];
  /** Why there are no more, where fewer were found than asked for. */
  readonly shortage?: string;
}

/** The first `count` free ports (or ranges of `wish.width` ports, none of which share a port) for a wish, best first. */
export function findFree(chart: Chart, wish: Wish, count: number): FreeAnswer {
  const ground = groundOf(chart);
  const field = fieldOf(ground, wish);
  const found: FreeFinding[] = [];
  const given = new Uint8Array(65536);
  for (const ports of freePorts(chart.books.registry, field, wish)) {
    if (found.length >= count) break;
    const { first, last } = ports;
    // All ranges are as wide: one that meets another holds one of its ends.
    if (given[first] === 1 || given[last] === 1) continue;
    given.fill(1, first, last + 1);
    found.push({ ports, reason: whyFree(ground, wish, ports) });
  }
  return found.length < count ? { found, shortage: shortageOf(ground, field, wish) } : { found };
}

/** What became of all the ports: `of 100 ports, 60 are used in this workspace, 3 are listened on …`. */
function shortageOf(ground: Ground, field: Field, { within = allPorts, width }: Wish): string {
  let free = 0;
  const counts = new Map<string, number>();
  for (let port = within.first; port <= within.last; port += 1) {
    const bits = field[port] ?? 0;
    const words = wordsByObstacle.find(([obstacle]) => (bits & obstacle) !== 0)?.[1];
    if (words === undefined) free += 1;
    else counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const all = within.last - within.first + 1;
  const inTheWay = [...counts].map(([words, count]) => `${count} ${count === 1 ? 'is' : 'are'} ${words}`);
  const rest =
    width > 1
      ? `${free} are free, too few of them side by side`
      : `${free} ${free === 1 ? 'is' : 'are'} free`;
  const probe = ground.listeners === undefined ? '; what listens was not asked' : '';
  const which =
    all === 1 ? `of port ${within.first}` : `of the ${all} ports from ${within.first} to ${within.last}`;
  return `${which}, ${[...inTheWay, rest].join(', ')}${probe}`;
}

const allPorts: PortRange = { first: 1, last: 65535 };

const wordsByObstacle: readonly (readonly [number, string])[] = [
  [obstacles.claimed, 'wanted by files'],
  [obstacles.listening, 'listened on now'],
  [obstacles.system, 'taken by the system'],
  [obstacles.blocked, 'refused by browsers'],
  [obstacles.ephemeral, 'in the range of automatic ports'],
  [obstacles.privileged, 'below 1024'],
];
