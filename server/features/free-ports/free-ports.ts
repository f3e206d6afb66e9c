import type { PortRange } from '../../model/port';
import type { Registry } from '../../model/registry';
import { type Field, isClear } from './field';
import { habits } from './habits';
import type { Wish } from './wish';

/** The port that people think of first where nobody says what it is for. */
const usualPort = 8080;

/**
 * The ports that nothing is in the way of, best first: the one that would be expected, those that people take in its
 * place, then from near to far those that IANA has given to nobody, and at last those that are registered for somebody.
 * Each is found when it is asked for.
 */
export function* freePorts(
  registry: Pick<Registry, 'byPort'>,
  field: Field,
  wish: Wish,
): Iterable<PortRange> {
  const { width, within = { first: 1, last: 65535 } } = wish;
  const near = wish.near ?? wish.within?.first ?? usualPort;
  const isFree = (first: number): boolean => {
    const last = first + width - 1;
    return within.first <= first && last <= within.last && isClear(field, { first, last });
  };
  const told = new Uint8Array(65536);
  const isNew = (port: number): boolean => field[port] === 0 && told[port] === 0 && isFree(port);
  const take = (port: number): PortRange => {
    told[port] = 1;
    return { first: port, last: port + width - 1 };
  };
  for (const port of [near, ...habits(near)]) if (isNew(port)) yield take(port);
  const registered: number[] = [];
  const start = Math.min(Math.max(near, within.first), within.last);
  // From near to far; of two that are as far, the higher one first.
  for (let up = start, down = start; up <= within.last || down >= within.first; up += 1, down -= 1) {
    if (up <= within.last && isNew(up)) {
      if (isUnassigned(registry, up, wish)) yield take(up);
      else registered.push(up);
    }
    if (down < up && down >= within.first && isNew(down)) {
      if (isUnassigned(registry, down, wish)) yield take(down);
      else registered.push(down);
    }
  }
  for (const port of registered) yield take(port);
}

/** Tells whether IANA has given a port to nobody. */
export function isUnassigned(
  registry: Pick<Registry, 'byPort'>,
  port: number,
  { transport }: Pick<Wish, 'transport'>,
): boolean {
  return registry.byPort(port, transport).every(({ status }) => status === 'unassigned');
}
