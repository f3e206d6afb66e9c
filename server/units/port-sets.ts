import type { PortMatch } from '../model/packet-filter';
import type { PortRange } from '../model/port';

/** Ports in ranges that are in order and leave gaps between each other. */
export type PortSet = readonly PortRange[];

const lastPort = 65535;

/** The ports that a match is about; all others for a negated one. */
export function portSet({ ranges, isNegated }: PortMatch): PortSet {
  const merged = union(ranges);
  return isNegated ? minus([{ first: 0, last: lastPort }], merged) : merged;
}

/** What is left of `set` without the ports of the other one. */
export function minus(set: PortSet, other: PortSet): PortSet {
  const left: PortRange[] = [];
  let at = 0;
  for (const { first, last } of set) {
    let from = first;
    while ((other[at]?.last ?? lastPort) < first && at < other.length) at += 1;
    for (let index = at; index < other.length && from <= last; index += 1) {
      const hole = other[index];
      if (hole === undefined || hole.first > last) break;
      if (hole.first > from) left.push({ first: from, last: hole.first - 1 });
      from = Math.max(from, hole.last + 1);
    }
    if (from <= last) left.push({ first: from, last });
  }
  return left;
}

/** Tells whether all ports of one set are in the other. */
export function isSubset(set: PortSet, other: PortSet): boolean {
  return minus(set, other).length === 0;
}

/** The ports that are in both sets. */
export function intersection(set: PortSet, other: PortSet): PortSet {
  const common: PortRange[] = [];
  let [at, otherAt] = [0, 0];
  for (let [one, two] = [set[0], other[0]]; one !== undefined && two !== undefined; ) {
    const [first, last] = [Math.max(one.first, two.first), Math.min(one.last, two.last)];
    if (first <= last) common.push({ first, last });
    if (one.last < two.last) one = set[++at];
    else two = other[++otherAt];
  }
  return common;
}

/** Ranges in order, those that touch made one. */
export function union(ranges: readonly PortRange[]): PortSet {
  const merged: PortRange[] = [];
  for (const range of ranges
    .filter(({ first, last }) => first <= last)
    .toSorted((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before === undefined || range.first > before.last + 1) merged.push(range);
    else merged[merged.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
  }
  return merged;
}
