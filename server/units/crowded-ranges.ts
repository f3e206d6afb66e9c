import type { Claim } from '../model/claim';
import { addressesMeet } from './collide';

/** Wider ranges are never full, and more comparisons than this are not made. */
const widest = 1000;
const mostCompared = 1_000_000;

/**
 * The claims that take any one port of a range and find none, whoever starts first: all others that hold or want ports of it
 * leave fewer than are wanted. Docker gives such a claim one port that is free at its address (moby
 * daemon/libnetwork/portallocator).
 *
 * @returns For each of them those others, in the order of the claims.
 */
export function crowdedRanges<T extends Claim>(claims: readonly T[]): ReadonlyMap<T, readonly T[]> {
  const crowded = new Map<T, readonly T[]>();
  const flexible = claims.filter(({ isFlexible }) => isFlexible);
  const fixed = flexible.length === 0 ? [] : claims.filter(({ isFlexible }) => !isFlexible);
  const most = Math.min(flexible.length, Math.floor(mostCompared / Math.max(1, claims.length)));
  for (const [index, claim] of flexible.slice(0, most).entries()) {
    const width = claim.ports.last - claim.ports.first + 1;
    if (width > widest) continue;
    const takers = takersWithin(claim, flexible.slice(0, index));
    const holders = holdersOf(takers, claim, fixed);
    const wanted = takers.reduce((sum, each) => sum + each.takers, 0);
    const others = new Set([...takers.slice(1), ...holders.values()]);
    // One that is crowded by its own replicas alone meets nobody.
    if (others.size > 0 && wanted > width - holders.size)
      crowded.set(
        claim,
        claims.filter((each) => others.has(each)),
      );
  }
  return crowded;
}

/** The claim itself, and those that take a port of its range as well and share no port among each other. */
function takersWithin<T extends Claim>(claim: T, others: readonly T[]): readonly T[] {
  const takers = [claim];
  for (const other of others) {
    const isWithin = claim.ports.first <= other.ports.first && other.ports.last <= claim.ports.last;
    if (!isWithin || other.transport !== claim.transport) continue;
    if (takers.every(({ address }) => addressesMeet(address, other.address))) takers.push(other);
  }
  return takers;
}

/** The claims that hold a port of the range against all takers, by that port. */
function holdersOf<T extends Claim>(
  takers: readonly T[],
  { ports, transport }: T,
  fixed: readonly T[],
): ReadonlyMap<number, T> {
  const holders = new Map<number, T>();
  for (const each of fixed) {
    const first = Math.max(ports.first, each.ports.first);
    const last = Math.min(ports.last, each.ports.last);
    if (first > last || each.transport !== transport) continue;
    if (!takers.every(({ address }) => addressesMeet(address, each.address))) continue;
    for (let port = first; port <= last; port += 1) if (!holders.has(port)) holders.set(port, each);
  }
  return holders;
}
