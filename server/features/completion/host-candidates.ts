import type { Books } from '../../model/knowledge';
import type { PortRange } from '../../model/port';
import { firstUnprivileged, isClear, obstacles } from '../free-ports/field';
import { freePorts } from '../free-ports/free-ports';
import { habits } from '../free-ports/habits';
import { whyFree, whyNot } from '../free-ports/reasons';
import type { Wish } from '../free-ports/wish';
import type { Candidate } from './candidate';
import type { HostSlot } from './host-slot';
import { fittingEnd } from './range-ends';

/** How many ports are offered in place of a usual one, and how many for the digits that are typed. */
const mostInPlace = 4;
const mostContinued = 8;

/** The ports that are looked for in the first place. */
export interface Wanted {
  /** Those that the text itself speaks for. */
  readonly usual: readonly Candidate[];
  /** Those that nothing but habit speaks for. */
  readonly common: readonly Candidate[];
  /** Whether the first of the usual ones is surely what the container listens on. */
  readonly isKnown: boolean;
}

/**
 * Free ports for a slot of the machine, best first: the usual ones, what people take in their place, those that are
 * seen often, and what goes on from the typed digits. What is not free is not among them; it is explained where it was typed in
 * full. One digit is no port that anybody means, unless nothing goes on from it.
 */
export function* hostCandidates(
  registry: Books['registry'],
  host: HostSlot,
  wanted: Wanted,
  typed: string,
): Iterable<Candidate> {
  const { slot, wish, takers } = host;
  if (host.isTooMany) {
    const free = `taken: ${takers} containers share the entry, and each would have all ports of the range`;
    const { transport } = wish;
    if (isWhole(typed)) yield { port: Number(typed), transport, why: '', free, filter: typed };
    return;
  }
  const target = wanted.usual[0] ?? { port: 0, transport: wish.transport, why: '' };
  const at = host.forTransport(target.transport);
  if (slot.above !== undefined) {
    yield* typedEnds(at, slot.above, target, typed);
    return;
  }
  const fitting = fittingEnd(slot, host.until);
  if (fitting !== undefined) {
    const { transport } = wish;
    if (isFree(host, fitting)) yield offer(host, { port: 0, transport, why: '' }, fitting);
    return;
  }
  const explanation = (): Iterable<Candidate> => explained(at, registry, target, typed);
  let count = 0;
  for (const each of freeCandidates(
    registry,
    host,
    target,
    wanted,
    typed,
    typed.length > 1 ? explanation : none,
  )) {
    count += 1;
    yield each;
  }
  if (count === 0 && typed.length === 1) yield* explanation();
}

function* freeCandidates(
  registry: Books['registry'],
  host: HostSlot,
  target: Candidate,
  { usual, common, isKnown }: Wanted,
  typed: string,
  explanation: () => Iterable<Candidate>,
): Iterable<Candidate> {
  const { slot, wish } = host;
  const begins = (at: HostSlot, port: number): boolean => `${port}`.startsWith(typed) && isFree(at, port);
  const inPlace = function* (each: Candidate): Iterable<Candidate> {
    const at = host.forTransport(each.transport);
    const near = habits(each.port).filter((port) => begins(at, port));
    const those = near.length === 0 && typed === '' ? nearest(at, registry, each.port) : near;
    const why = automatic(at, each.port);
    for (const port of those.slice(0, mostInPlace)) yield offer(at, { ...each, why }, port);
  };
  const at = host.forTransport(target.transport);
  // What is wanted most goes in front of what is wanted as well, also where its own port is not to be had.
  if (typed === '' && usual.length > 0 && !isFree(at, target.port)) yield* inPlace(target);
  for (const each of usual) {
    const its = host.forTransport(each.transport);
    if (begins(its, each.port)) yield offer(its, each, each.port);
  }
  for (const each of usual.slice(0, mostInPlace)) yield* inPlace(each);
  // What is typed is the host's port, and what the container listens on is known.
  const isOnto = typed !== '' && slot.accepts === 'mapping' && isKnown;
  if (isOnto) {
    for (const { port, transport } of common)
      if (transport === target.transport && begins(at, port)) yield offer(at, { ...target, why: '' }, port);
  } else yield* inPlaceOf(host, common, begins);
  yield* explanation();
  if (host.until !== undefined) yield* rangeStarts(host, host.until, (port) => begins(host, port));
  for (const within of continued(typed)) {
    const near = Math.min(Math.max(wish.near ?? 0, within.first), within.last);
    let count = 0;
    for (const { first } of freePorts(registry, at.field, { ...at.wish, near, within })) {
      if (!begins(at, first)) continue;
      yield offer(at, { ...target, why: '' }, first);
      count += 1;
      if (count === mostContinued) break;
    }
  }
  if (isOnto) yield* inPlaceOf(host, common, begins);
}

/** Those that are seen often, each with its own port of the machine, or in a mapping with one that people take in its place. */
function* inPlaceOf(
  host: HostSlot,
  common: readonly Candidate[],
  begins: (at: HostSlot, port: number) => boolean,
): Iterable<Candidate> {
  for (const each of common) {
    const at = host.forTransport(each.transport);
    const ports = host.slot.accepts === 'mapping' ? [each.port, ...habits(each.port)] : [each.port];
    const first = ports.find((port) => begins(at, port));
    if (first !== undefined) yield offer(at, each, first);
  }
}

/** Whether digits are a whole port. */
function isWhole(typed: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(typed) && Number(typed) <= 65535;
}

function none(): Iterable<Candidate> {
  return [];
}

/** The free port that is nearest to a usual one which is not to be had; none where that is free itself. */
function nearest(host: HostSlot, registry: Books['registry'], port: number): readonly number[] {
  if (isFree(host, port) || host.until !== undefined) return [];
  const within = { first: firstUnprivileged, last: 65535 };
  const [found] = freePorts(registry, host.field, { ...host.wish, near: port, within });
  return found === undefined ? [] : [found.first];
}

/**
 * Why a usual port is not offered that nobody wants: the machine takes ports from there by itself, and one day that one.
 * Empty for any other port; what is taken by somebody is told where it is typed.
 */
function automatic({ ground, field, wish }: HostSlot, port: number): string {
  if (field[port] !== obstacles.ephemeral) return '';
  return `${port} is ${whyNot(ground, field, wish, { first: port, last: port })}`;
}

/** Services that were found by their name, each with its own port, or else with one that people take in its place. */
export function* freeOnes(host: HostSlot, named: Iterable<Candidate>): Iterable<Candidate> {
  for (const each of named) {
    const at = host.forTransport(each.transport);
    const free = [each.port, ...habits(each.port)].find((port) => isFree(at, port));
    if (free !== undefined) yield offer(at, each, free);
  }
}

/** A port of the machine for a candidate: in its place, or in front of it where a whole mapping is written. */
function offer(host: HostSlot, candidate: Candidate, port: number): Candidate {
  const ports = rangeFrom(port, host.wish);
  return { ...candidate, ...placed(host, candidate, ports), free: whyFree(host.ground, host.wish, ports) };
}

/**
 * Where ports of the machine are written: alone, or as a mapping onto the container's port. Where nobody knows that one, it is
 * called the same.
 */
function placed(
  { slot }: HostSlot,
  { port }: Candidate,
  ports: PortRange,
): Pick<Candidate, 'port' | 'last' | 'host'> {
  if (slot.accepts !== 'mapping') return { port: ports.first, last: ports.last };
  return port > 0 ? { port, host: ports } : { port: ports.first, host: ports };
}

/** Where the end of the range stands there already, all that lies before it has to be free as well. */
function isFree({ field, wish, until, takers }: HostSlot, port: number): boolean {
  const ports = until === undefined ? rangeFrom(port, wish) : { first: port, last: until };
  const least = until === undefined ? 1 : takers;
  return ports.last - port + 1 >= least && isClear(field, ports);
}

/** The first ports of a range whose end is known, from two ports to as many as are free. */
function* rangeStarts(host: HostSlot, until: number, begins: (port: number) => boolean): Iterable<Candidate> {
  const { transport } = host.wish;
  for (let port = until - 1; port > until - 100 && isFree(host, port); port -= 1)
    if (begins(port)) yield offer(host, { port: 0, transport, why: '' }, port);
}

/** What is said of digits that are a whole port and not free: why, and the nearest port that is. */
function* explained(
  host: HostSlot,
  registry: Books['registry'],
  target: Candidate,
  typed: string,
): Iterable<Candidate> {
  const { slot, ground, field, wish } = host;
  if (!isWhole(typed) || slot.above !== undefined) return;
  const port = Number(typed);
  const reason = whyNot(ground, field, wish, rangeFrom(port, wish));
  const { transport } = wish;
  if (reason === undefined) return;
  // Who types a port that needs no privilege does not ask for one that does.
  const within = { first: port < firstUnprivileged ? 1 : firstUnprivileged, last: 65535 };
  const [nearest] =
    host.until === undefined ? freePorts(registry, field, { ...wish, near: port, within }) : [];
  if (nearest !== undefined) {
    // Of several ports the reason names the one that it is about.
    const front = wish.width > 1 ? '' : `${typed} is `;
    const free = `${front}${reason}; ${whyFree(ground, wish, nearest)}`;
    yield { ...placed(host, target, nearest), transport, why: '', free, filter: typed };
  }
  const itself = placed(host, target, { first: port, last: port });
  yield { ...itself, transport, why: '', free: reason, filter: typed };
}

/**
 * Of the ends of a range those whose digits go on from the typed ones. Digits that are a whole port are an end themselves; where
 * that is not to be had, the others are offered in its place.
 */
function* typedEnds(host: HostSlot, first: number, target: Candidate, typed: string): Iterable<Candidate> {
  const whole = isWhole(typed) && Number(typed) > first ? Number(typed) : undefined;
  const all = [...rangeEnds(host, first, target, whole)];
  const begun = all.filter((each) => `${each.host?.first ?? each.port}`.startsWith(typed));
  yield* begun;
  if (begun.length > 0 || typed.length < `${first}`.length) return;
  yield* all.map((each) => ({ ...each, filter: typed }));
  const { slot, ground, field, wish } = host;
  const reason = whole === undefined ? undefined : whyNot(ground, field, wish, { first, last: whole });
  if (whole === undefined || reason === undefined || slot.accepts !== 'port') return;
  yield { port: whole, transport: wish.transport, why: '', free: reason, filter: typed };
}

/**
 * The last ports of a range that begins at `first`: as many ports as at the other end, else up to the first that is taken.
 * Where a mapping is written it goes on onto the container's port, or where nobody knows that onto a range that is called the same.
 *
 * @param typed The end that is typed already.
 */
function* rangeEnds(
  { slot, ground, field, wish, takers }: HostSlot,
  first: number,
  target: Candidate,
  typed: number | undefined,
): Iterable<Candidate> {
  const fitting = fittingEnd(slot, undefined);
  const next = Array.from({ length: mostContinued }, (_, index) => first + 1 + index);
  const ends = fitting !== undefined ? [fitting] : typed === undefined ? next : [...next, typed];
  // Every container wants a port of its own.
  const least = first + takers - 1;
  const enough = takers > 1 ? [least, ...ends.filter((end) => end > least)] : ends;
  for (const last of enough) {
    if (last > 65535 || !isClear(field, { first, last })) continue;
    const free = `${last - first + 1} ports, ${whyFree(ground, wish, { first, last })}`;
    const host = { first: last, last };
    const { transport } = wish;
    if (slot.accepts === 'port') yield { port: last, transport, why: '', free };
    else if (target.port > 0) yield { ...target, host, why: '', free };
    else yield { port: first, ...(takers === 1 && { last }), host, transport, why: '', free };
  }
}

/**
 * The ranges of the ports whose digits go on from the typed ones: those of four digits first, which people type most. Of those
 * below 1024, which need privilege, it is the typed number alone, where it is one that people mean.
 */
function continued(typed: string): readonly PortRange[] {
  if (!/^[1-9][0-9]{0,4}$/.test(typed)) return [];
  const whole = Number(typed);
  return [1000, 100, 10, 10_000, 1]
    .map((width) => ({
      first: width === 1 && typed.length > 1 ? whole : Math.max(whole * width, firstUnprivileged),
      last: Math.min(whole * width + width - 1, 65535),
    }))
    .filter(({ first, last }) => first <= last)
    .sort((a, b) => rankOf(a) - rankOf(b));
}

/** Four digits before five, then what begins where privilege ends, and fewer digits at last. */
function rankOf({ first }: PortRange): number {
  if (first < firstUnprivileged) return 7;
  return first === firstUnprivileged ? 6 : `${first}`.length;
}

function rangeFrom(first: number, { width }: Wish): PortRange {
  return { first, last: first + width - 1 };
}
