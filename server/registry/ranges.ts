import type { PortRange } from '../model/port';

/** One of the three parts that RFC 6335 section 6 divides the port numbers into. */
export interface NumberRange {
  readonly name: 'System' | 'User' | 'Dynamic';
  readonly ports: PortRange;
  /** What the numbers of this range are for; one sentence. */
  readonly meaning: string;
  /** How one gets a number of this range assigned, per RFC 6335 section 8.1.2; one sentence. */
  readonly procedure: string;
}

/** The three ranges, in ascending order; together they hold every port number. */
export const ranges: readonly [NumberRange, NumberRange, NumberRange] = [
  {
    name: 'System',
    ports: { first: 0, last: 1023 },
    meaning:
      'for the base services of the Internet; many systems let only a privileged process listen on these.',
    procedure: 'IANA assigns them by IETF Review or IESG Approval.',
  },
  {
    name: 'User',
    ports: { first: 1024, last: 49151 },
    meaning: 'open to any service whose owner registers it; any process may listen on these.',
    procedure: 'IANA assigns them by IETF Review, IESG Approval or Expert Review.',
  },
  {
    name: 'Dynamic',
    ports: { first: 49152, last: 65535 },
    meaning: 'for temporary and private use; whichever program is there today may be another one tomorrow.',
    procedure: 'IANA never assigns them.',
  },
];

/** The range that holds `port`; numbers past the end count to the last range. */
export function rangeOf(port: number): NumberRange {
  return ranges.find(({ ports }) => port <= ports.last) ?? ranges[2];
}
