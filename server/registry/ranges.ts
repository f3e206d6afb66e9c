import type { PortRange } from '../model/port';

/** One of the three parts that RFC 6335 section 6 divides the port numbers into. */
export interface NumberRange {
  readonly name: 'System' | 'User' | 'Dynamic';
  readonly ports: PortRange;
}

/** The three ranges, in ascending order; together they hold every port number. What they mean stands in data/numbers.csv. */
export const ranges: readonly [NumberRange, NumberRange, NumberRange] = [
  { name: 'System', ports: { first: 0, last: 1023 } },
  { name: 'User', ports: { first: 1024, last: 49151 } },
  { name: 'Dynamic', ports: { first: 49152, last: 65535 } },
];

/** The range that holds `port`; numbers past the end count to the last range. */
export function rangeOf(port: number): NumberRange {
  return ranges.find(({ ports }) => port <= ports.last) ?? ranges[2];
}
