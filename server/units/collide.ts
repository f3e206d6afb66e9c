import { type Address, isWildcard } from '../model/address';
import type { Claim } from '../model/claim';
import type { PortRange } from '../model/port';

/**
 * Tells which ports two claims of one namespace both want: a binding is an address, a port and a transport, and a
 * wildcard address is every address of its family. Without an address Docker binds both families, each by itself
 * (moby daemon/libnetwork/portallocator, drivers/bridge/port_mapping_linux.go); IPv4 and IPv6 are apart.
 *
 * @returns The ports that both name; undefined where they never meet. Whether a claim that takes any one port of its
 *   range gives way is not asked here.
 */
export function collide(one: Claim, other: Claim): PortRange | undefined {
  if (one.transport !== other.transport) return undefined;
  const first = Math.max(one.ports.first, other.ports.first);
  const last = Math.min(one.ports.last, other.ports.last);
  return first <= last && addressesMeet(one.address, other.address) ? { first, last } : undefined;
}

/** Tells whether a socket bound to one address leaves no room for the other; absent is every address of both families. */
export function addressesMeet(one: Address | undefined, other: Address | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  if (one.canonical === other.canonical) return true;
  // Where a name leads is not known.
  if (one.kind === 'name' || other.kind === 'name' || one.kind !== other.kind) return false;
  return isWildcard(one) || isWildcard(other);
}
