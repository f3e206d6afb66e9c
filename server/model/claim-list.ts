import type { Claim } from './claim';
import { transports } from './port';

/**
 * Claims, with what decides about most of them in rows of numbers: thousands of claims are looked through while somebody
 * types, and rows are read many times faster than as many objects.
 */
export interface ClaimList<T extends Claim = Claim> {
  readonly claims: readonly T[];
  /** For each claim its first port, its last port, its transport's place in `transports`, and 1 where it has an address. */
  readonly rows: Uint16Array;
}

/** How many numbers a claim has in `rows`. */
export const rowLength = 4;

/** Puts claims together; their ports lie from 0 to 65535. */
export function claimList<T extends Claim>(claims: readonly T[]): ClaimList<T> {
  const rows = new Uint16Array(claims.length * rowLength);
  for (const [index, { ports, transport, address }] of claims.entries()) {
    const row = [ports.first, ports.last, transports.indexOf(transport), address === undefined ? 0 : 1];
    rows.set(row, index * rowLength);
  }
  return { claims, rows };
}

/** The claims of a list from the place `start` up to `end`. */
export function cut(list: ClaimList, start: number, end: number): ClaimList {
  const { claims, rows } = list;
  return { claims: claims.slice(start, end), rows: rows.subarray(start * rowLength, end * rowLength) };
}

/** Many lists in one, in which each can still be found. */
export interface JoinedList<Part extends ClaimList = ClaimList> extends ClaimList {
  readonly parts: readonly Part[];
  /** For each part the place of its first claim, and behind the last one how many claims there are. */
  readonly starts: readonly number[];
}

/**
 * Joins lists to one, that is read in one go.
 *
 * @param before What was joined the last time: what stands before and behind the parts that have changed is taken over whole.
 */
export function joined<Part extends ClaimList>(
  parts: readonly Part[],
  before?: JoinedList<Part>,
): JoinedList<Part> {
  const last = before ?? { ...claimList([]), parts: [], starts: [0] };
  const most = Math.min(parts.length, last.parts.length);
  let front = 0;
  while (front < most && parts[front] === last.parts[front]) front += 1;
  if (front === parts.length && front === last.parts.length) return last;
  const longer = parts.length - last.parts.length;
  let end = parts.length;
  while (end > front && end - longer > front && parts[end - 1] === last.parts[end - longer - 1]) end -= 1;
  const total = last.claims.length;
  const frontEnd = last.starts[front] ?? total;
  const backStart = last.starts[end - longer] ?? total;
  const between = parts.slice(front, end);
  const rowsBefore = last.rows.subarray(0, frontEnd * rowLength);
  const rowsBehind = last.rows.subarray(backStart * rowLength);
  const changed = between.flatMap((part) => part.claims);
  const claims = last.claims.slice(0, frontEnd).concat(changed, last.claims.slice(backStart));
  const rows = new Uint16Array(claims.length * rowLength);
  let at = 0;
  for (const piece of [rowsBefore, ...between.map((part) => part.rows), rowsBehind]) {
    rows.set(piece, at);
    at += piece.length;
  }
  const starts = last.starts.slice(0, front + 1);
  for (const { claims: own } of between) starts.push((starts.at(-1) ?? 0) + own.length);
  const shift = claims.length - total;
  for (const start of last.starts.slice(end - longer + 1)) starts.push(start + shift);
  return { claims, rows, parts, starts };
}
