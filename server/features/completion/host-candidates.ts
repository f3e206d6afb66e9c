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

/**
 * Free ports for a slot of the machine, best first: the usual ones, what people take in their place, those that are
 * seen often, and what goes on from the typed digits. What is not free is not among them.
 *
 * @param usual The ports that the text itself speaks for.
 * @param common Those that nothing but habit speaks for.
 */
export function* hostCandidates(
  registry: Books['registry'],
  host: HostSlot,
  usual: readonly Candidate[],
  common: readonly Candidate[],
  typed: string,
): Iterable<Candidate> {
  const { slot, wish } = host;
  if (slot.above !== undefined) {
    yield* typedEnds(host, rangeEnds(host, slot.above), typed);
    return;
  }
  const fitting = fittingEnd(slot, host.until);
  if (fitting !== undefined) {
    const { transport } = wish;
    if (isFree(host, fitting)) yield offer(host, { port: 0, transport, why: '' }, fitting);
    return;
  }
  const begins = (at: HostSlot, port: number): boolean => `${port}`.startsWith(typed) && isFree(at, port);
  for (const each of usual) {
    const at = host.forTransport(each.transport);
    if (begins(at, each.port)) yield offer(at, each, each.port);
  }
  for (const each of usual.slice(0, mostInPlace)) {
    const at = host.forTransport(each.transport);
    const near = habits(each.port).filter((port) => begins(at, port));
    const inPlace = near.length === 0 && typed === '' ? nearest(at, registry, each.port) : near;
    const why = automatic(at, each.port);
    for (const port of inPlace.slice(0, mostInPlace)) yield offer(at, { ...each, why }, port);
  }
  for (const each of common) {
    const at = host.forTransport(each.transport);
    const ports = slot.accepts === 'mapping' ? [each.port, ...habits(each.port)] : [each.port];
    const first = ports.find((port) => begins(at, port));
    if (first !== undefined) yield offer(at, each, first);
  }
  const target = usual[0] ?? { port: 0, transport: wish.transport, why: '' };
  const at = host.forTransport(target.transport);
  yield* explained(at, registry, target, typed);
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
function offer({ slot, ground, wish }: HostSlot, candidate: Candidate, port: number): Candidate {
  const ports = rangeFrom(port, wish);
  const isBehind = slot.accepts === 'mapping' && candidate.port > 0;
  return {
    ...candidate,
    ...(isBehind ? { host: ports } : { port, last: ports.last }),
    free: whyFree(ground, wish, ports),
  };
}

/** Where the end of the range stands there already, all that lies before it has to be free as well. */
function isFree({ field, wish, until }: HostSlot, port: number): boolean {
  const ports = until === undefined ? rangeFrom(port, wish) : { first: port, last: until };
  return port <= ports.last && isClear(field, ports);
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
  if (!/^[1-9][0-9]{0,4}$/.test(typed) || Number(typed) > 65535 || slot.above !== undefined) return;
  const port = Number(typed);
  const reason = whyNot(ground, field, wish, rangeFrom(port, wish));
  const { transport } = wish;
  if (reason === undefined) return;
  // Who types a port that needs no privilege does not ask for one that does.
  const within = { first: port < firstUnprivileged ? 1 : firstUnprivileged, last: 65535 };
  const [nearest] =
    host.until === undefined ? freePorts(registry, field, { ...wish, near: port, within }) : [];
  if (nearest !== undefined && (slot.accepts === 'port' || target.port > 0)) {
    // Of several ports the reason names the one that it is about.
    const front = wish.width > 1 ? '' : `${typed} is `;
    const free = `${front}${reason}; ${whyFree(ground, wish, nearest)}`;
    const place =
      slot.accepts === 'port'
        ? { port: nearest.first, last: nearest.last }
        : { port: target.port, host: nearest };
    yield { ...place, transport, why: '', free, filter: typed };
  }
  yield { port, transport, why: '', free: reason, filter: typed };
}

/** The last ports of a range that begins at `first`: as many ports as at the other end, else up to the first that is taken. */
function* rangeEnds({ slot, ground, field, wish, takers }: HostSlot, first: number): Iterable<Candidate> {
  const fitting = fittingEnd(slot, undefined);
  const ends =
    fitting === undefined
      ? Array.from({ length: mostContinued }, (_, index) => first + 1 + index)
      : [fitting];
  const fitted = takers > 1 ? [first + takers - 1, ...ends] : ends;
  for (const last of fitted) {
    if (last > 65535 || !isClear(field, { first, last })) continue;
    const free = `${last - first + 1} ports, ${whyFree(ground, wish, { first, last })}`;
    yield { port: last, transport: wish.transport, why: '', free };
  }
}

/**
 * Of the ends of a range those whose digits go on from the typed ones. Digits that are a whole port are an end themselves; where
 * that is not to be had, the others are offered in its place.
 */
function* typedEnds(host: HostSlot, ends: Iterable<Candidate>, typed: string): Iterable<Candidate> {
  const { slot, ground, field, wish, takers } = host;
  const all = [...ends];
  const begun = all.filter((each) => `${each.host?.first ?? each.port}`.startsWith(typed));
  yield* begun;
  const first = slot.above ?? 0;
  if (begun.length > 0 || typed.length < `${first}`.length || !/^[1-9][0-9]{0,4}$/.test(typed)) return;
  const last = Number(typed);
  const isAnyLength = fittingEnd(slot, undefined) === undefined && takers === 1 && slot.accepts === 'port';
  const isEnd = isAnyLength && first < last && last <= 65535;
  const reason = isEnd ? whyNot(ground, field, wish, { first, last }) : undefined;
  if (!isEnd || reason !== undefined) yield* all.map((each) => ({ ...each, filter: typed }));
  const free = reason ?? `${last - first + 1} ports, ${whyFree(ground, wish, { first, last })}`;
  if (isEnd) yield { port: last, transport: wish.transport, why: '', free };
}

/**
 * The ranges of the ports whose digits go on from the typed ones: those of four digits first, which people type most, and
 * below 1024 the typed number alone.
 */
function continued(typed: string): readonly PortRange[] {
  if (!/^[1-9][0-9]{0,4}$/.test(typed)) return [];
  const whole = Number(typed);
  return [1000, 100, 10, 10_000, 1]
    .map((width) => ({ first: whole * width, last: Math.min(whole * width + width - 1, 65535) }))
    .filter(({ first, last }) => first <= last && (first >= 1000 || first === last))
    .sort((a, b) => rankOf(a) - rankOf(b));
}

/** Four digits before five, and these before fewer. */
function rankOf({ first }: PortRange): number {
  return first < 1000 ? 6 : `${first}`.length;
}

function rangeFrom(first: number, { width }: Wish): PortRange {
  return { first, last: first + width - 1 };
}
