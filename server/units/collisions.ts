import type { Claim } from '../model/claim';
import { grouped } from '../model/grouped';
import type { PortRange } from '../model/port';
import { collide } from './collide';
import { crowdedRanges } from './crowded-ranges';

/** Two claims of one namespace that want the same ports. */
export interface Collision<T extends Claim> {
  /** The one that stands first in the list. */
  readonly first: T;
  readonly second: T;
  /** The ports that both want. */
  readonly ports: PortRange;
  /** False where it depends on which of them starts first. */
  readonly isSure: boolean;
  /** The others without which there would be a port left for both, where one takes any port of a range. */
  readonly crowd?: readonly T[];
}

/** With how many others a claim is compared, and how many collisions of it are told: a file can repeat one port for ever. */
const mostCompared = 1000;
const mostTold = 10;

/**
 * The pairs of claims that leave each other no room, in the order of the second ones. Claims are looked through by
 * their ports, so that those far apart are never compared.
 */
export function collisions<T extends Claim>(claims: readonly T[]): readonly Collision<T>[] {
  const places = new Map(claims.map((claim, place) => [claim, place]));
  const placeOf = (claim: T): number => places.get(claim) ?? 0;
  const crowded = crowdedRanges(claims);
  const inCrowd = new Set([...crowded].flatMap(([claim, others]) => [claim, ...others]));
  const pools = poolsOf(claims);
  const found: Collision<T>[] = [];
  let open: T[] = [];
  for (const claim of claims.toSorted((a, b) => a.ports.first - b.ports.first)) {
    let told = 0;
    let ended = 0;
    const least = Math.max(0, open.length - mostCompared);
    for (let at = open.length - 1; at >= least && told < mostTold; at -= 1) {
      const other = open[at];
      if (other === undefined || other.ports.last < claim.ports.first) {
        ended += 1;
        continue;
      }
      const [first, second] = placeOf(other) < placeOf(claim) ? [other, claim] : [claim, other];
      const range = collide(first, second);
      const left = range && remaining(first, second, range, pools, inCrowd);
      if (left === undefined) continue;
      found.push({ first, second, ...left });
      told += 1;
    }
    if (ended > 0 && ended * 2 >= open.length - least)
      open = open.filter(({ ports }) => ports.last >= claim.ports.first);
    open.push(claim);
  }
  for (const [second, [first, ...crowd]] of crowded)
    if (first !== undefined) found.push({ first, second, ports: second.ports, isSure: true, crowd });
  return found.sort((a, b) => placeOf(a.second) - placeOf(b.second) || placeOf(a.first) - placeOf(b.first));
}

/** How many containers take any one port of the same range. */
function poolsOf(claims: readonly Claim[]): ReadonlyMap<string, number> {
  const flexible = claims.filter(({ isFlexible }) => isFlexible);
  return new Map(
    [...grouped(flexible, poolKey)].map(([key, members]) => [
      key,
      members.reduce((sum, { takers }) => sum + takers, 0),
    ]),
  );
}

function poolKey({ transport, address, ports }: Claim): string {
  return `${transport} ${address?.canonical} ${ports.first} ${ports.last}`;
}

/**
 * What is left of a collision when claims that take any one port of a range give way: Docker gives them the lowest ones
 * that are free (moby daemon/libnetwork/portallocator). Of those in a crowd all is told by it.
 */
function remaining<T extends Claim>(
  first: T,
  second: T,
  ports: PortRange,
  pools: ReadonlyMap<string, number>,
  inCrowd: ReadonlySet<T>,
): Pick<Collision<T>, 'ports' | 'isSure'> | undefined {
  if (!first.isFlexible && !second.isFlexible) return { ports, isSure: true };
  const flexible = first.isFlexible ? first : second;
  if ((first.isFlexible && second.isFlexible) || inCrowd.has(flexible)) return undefined;
  // The first ports of the range are at risk, as many as there are takers of it, should these start first.
  const last = Math.min(ports.last, flexible.ports.first + (pools.get(poolKey(flexible)) ?? 1) - 1);
  return ports.first <= last ? { ports: { first: ports.first, last }, isSure: false } : undefined;
}
