import type { PortRange } from './port';

/** Ranges wider than this are looked through one by one; narrower ones are noted at each of their ports. */
const widest = 64;

/**
 * Sorts things by their ports, so that those of one port are found in time that does not grow with their number.
 *
 * @param items What to sort; `rangesOf` tells the ports of each.
 * @returns The things that hold a port, in the order in which they were given.
 */
export function portIndex<T>(
  items: readonly T[],
  rangesOf: (item: T) => readonly PortRange[],
): (port: number) => readonly T[] {
  const narrow = new Map<number, number[]>();
  const wide: { readonly place: number; readonly ports: PortRange }[] = [];
  for (const [place, item] of items.entries()) {
    for (const ports of rangesOf(item)) {
      if (ports.last - ports.first > widest) wide.push({ place, ports });
      else note(narrow, place, ports);
    }
  }
  return (port) => {
    const own = narrow.get(port) ?? [];
    const around = wide.filter(({ ports }) => holds(ports, port)).map(({ place }) => place);
    const places = around.length === 0 ? own : [...new Set([...own, ...around])].sort((a, b) => a - b);
    return places.flatMap((place) => items[place] ?? []);
  };
}

/** Tells whether the port lies in the range. */
export function holds({ first, last }: PortRange, port: number): boolean {
  return first <= port && port <= last;
}

function note(narrow: Map<number, number[]>, place: number, { first, last }: PortRange): void {
  for (let port = first; port <= last; port += 1) {
    const places = narrow.get(port);
    if (places === undefined) narrow.set(port, [place]);
    else if (places.at(-1) !== place) places.push(place);
  }
}
