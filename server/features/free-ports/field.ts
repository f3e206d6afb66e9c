import { ipAddress } from '../../model/address';
import type { Claim } from '../../model/claim';
import { type ClaimList, rowLength } from '../../model/claim-list';
import type { NumberMeaning } from '../../model/knowledge';
import type { Listener } from '../../model/listener';
import { type PortRange, transports } from '../../model/port';
import { addressesMeet } from '../../units/collide';
import type { Ground } from './ground';
import type { Wish } from './wish';

/** What can be in the way of a port, as bits: several things can be. */
export const obstacles = {
  claimed: 1,
  listening: 2,
  system: 4,
  blocked: 8,
  ephemeral: 16,
  privileged: 32,
} as const;

/** For each of the 65536 ports what is in the way of a wish; 0 where nothing is. */
export type Field = Uint8Array;

/** Ports below need privilege on most systems. */
export const firstUnprivileged = 1024;

/** Lays all that is in the way of a wish over the ports. */
export function fieldOf(ground: Ground, wish: Wish): Field {
  const field = new Uint8Array(65536);
  // Nobody can be reached on port 0: whoever binds it gets another one.
  field[0] = obstacles.claimed;
  if (!wish.mayBePrivileged) lay(field, { first: 0, last: firstUnprivileged - 1 }, obstacles.privileged);
  for (const range of ground.ephemeral) lay(field, range, obstacles.ephemeral);
  for (const { kind, ports } of meaningsFor(ground, wish))
    lay(field, ports, kind === 'system' ? obstacles.system : obstacles.blocked);
  for (const listener of ground.listeners ?? []) {
    if (isInTheWay(listener, wish))
      lay(field, { first: listener.port, last: listener.port }, obstacles.listening);
  }
  for (const list of ground.claims) layClaims(field, list, wish);
  return field;
}

/** Tells whether nothing is in the way of any of the ports. */
export function isClear(field: Field, { first, last }: PortRange): boolean {
  for (let port = first; port <= last; port += 1) if (field[port] !== 0) return false;
  return true;
}

/** The same for several wishes that one port is to fulfil. */
export function fieldOfAll(ground: Ground, wishes: readonly Wish[]): Field {
  const all = new Uint8Array(65536);
  for (const wish of wishes) {
    const field = fieldOf(ground, wish);
    for (let port = 0; port < all.length; port += 1) all[port] = (all[port] ?? 0) | (field[port] ?? 0);
  }
  return all;
}

/** Tells whether a claim leaves no room for the wish on the ports that both are about. */
export function claims({ transport, address }: Pick<Claim, 'transport' | 'address'>, wish: Wish): boolean {
  if (transport !== wish.transport) return false;
  return address === undefined || wish.address === undefined || addressesMeet(address, wish.address);
}

/** Tells whether a socket leaves no room for the wish on its port. */
export function isInTheWay({ transport, address }: Listener, wish: Wish): boolean {
  if (transport !== wish.transport) return false;
  const bound = ipAddress(address.replace(/%.*$/, ''));
  // A socket on `::` takes IPv4 as well, unless its program asks for IPv6 alone, and that cannot be seen.
  return bound === undefined || address === '::' || addressesMeet(bound, wish.address);
}

/** What numbers mean by themselves that speaks against the wish. */
export function meaningsFor({ books, system }: Ground, wish: Wish): readonly NumberMeaning[] {
  return books.knowledge.all().meanings.filter(({ kind, transport, platform }) => {
    const isOther = transport !== undefined && transport !== wish.transport;
    // Browsers go by the number in the address of a page, whatever carries it (fetch.spec.whatwg.org, "bad port").
    if (kind === 'browser-blocked') return isOther ? wish.isForWeb === true : wish.isNotForWeb !== true;
    return kind === 'system' && platform === system && !isOther;
  });
}

function lay(field: Field, { first, last }: PortRange, obstacle: number): void {
  for (let port = first; port <= last; port += 1) field[port] = (field[port] ?? 0) | obstacle;
}

function layClaims(field: Field, { claims: all, rows }: ClaimList, wish: Wish): void {
  const transport = transports.indexOf(wish.transport);
  for (let index = 0; index < all.length; index += 1) {
    const row = index * rowLength;
    if (rows[row + 2] !== transport) continue;
    const claim = rows[row + 3] === 0 || wish.address === undefined ? undefined : all[index];
    if (claim !== undefined && !claims(claim, wish)) continue;
    const last = rows[row + 1] ?? 0;
    for (let port = rows[row] ?? 0; port <= last; port += 1)
      field[port] = (field[port] ?? 0) | obstacles.claimed;
  }
}
