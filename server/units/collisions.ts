import type { Claim } from '../model/claim';
import { grouped } from '../model/grouped';
import type { PortRange } from '../model/port';
import { collide } from './collide';

/** Two claims of one namespace that want the same ports. */
export interface Collision<T extends Claim> {
  /** The one that stands first in the list. */
  readonly first: T;
  readonly second: T;
  /** The ports that both want. */
  readonly ports: PortRange;
  /** False where it depends on which of them starts first. */
  readonly isSure: boolean;
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
      const left = range && remaining(first, second, range, pools);
      if (left === undefined) continue;
      found.push({ first, second, ...left });
      told += 1;
    }
    if (ended > 0 && ended * 2 >= open.length - least)
      open = open.filter(({ ports }) => ports.last >= claim.ports.first);
    open.push(claim);
  }
  return found.sort((a, b) => placeOf(a.second) - placeOf(b.second) || placeOf(a.first) - placeOf(b.first));
}

/** Claims that take any one port of the same range: how many ports all of them want, and how many each and those before it. */
interface Pool {
  readonly takers: number;
  readonly upTo: ReadonlyMap<Claim, number>;
}

function poolsOf(claims: readonly Claim[]): ReadonlyMap<string, Pool> {
  const flexible = claims.filter(({ isFlexible }) => isFlexible);
  return new Map(
    [...grouped(flexible, poolKey)].map(([key, members]) => {
      let takers = 0;
      const upTo = new Map<Claim, number>();
      for (const member of members) {
        takers += member.takers;
        upTo.set(member, takers);
      }
      return [key, { takers, upTo }] as const;
    }),
  );
}

function poolKey({ transport, address, ports }: Claim): string {
  return `${transport} ${address?.canonical} ${ports.first} ${ports.last}`;
}

/**
 * What is left of a collision when claims that take any one port of a range give way: Docker gives them the lowest ones
 * that are free (moby daemon/libnetwork/portallocator).
 */
function remaining<T extends Claim>(
  first: T,
  second: T,
  ports: PortRange,
  pools: ReadonlyMap<string, Pool>,
): Pick<Collision<T>, 'ports' | 'isSure'> | undefined {
  const flexible = first.isFlexible ? first : second;
  if (!flexible.isFlexible) return { ports, isSure: true };
  const range = flexible.ports;
  const pool = pools.get(poolKey(flexible));
  if (first.isFlexible && second.isFlexible) {
    // Of more takers than the range has ports, the last ones get none.
    const upToSecond = pool?.upTo.get(second) ?? 0;
    return upToSecond > range.last - range.first + 1 ? { ports, isSure: true } : undefined;
  }
  // The first ports of the range are at risk, as many as there are takers of it, should these start first.
  const last = Math.min(ports.last, range.first + (pool?.takers ?? 1) - 1);
  return ports.first <= last ? { ports: { first: ports.first, last }, isSure: false } : undefined;
}
