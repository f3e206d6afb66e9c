import { type PortRange, type Transport, transports } from '../model/port';

/**
 * Reads `3000` or `27015-27020`.
 *
 * @throws Error when it is no port or range from 0 to 65535.
 */
export function portsOf(text: string): PortRange {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const ports = { first: Number(first), last: Number(last) };
  if (first === '' || ports.first > ports.last || ports.last > 65535) throw new Error(`"${text}" is no port`);
  return ports;
}

/** @throws Error when it is no transport. */
export function transportOf(text: string): Transport {
  return oneOf(text, transports);
}

/**
 * The text as one of the words that are allowed there.
 *
 * @throws Error when it is none of them.
 */
export function oneOf<T extends string>(text: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw new Error(`"${text}" is none of ${allowed.join(', ')}`);
  return found;
}
