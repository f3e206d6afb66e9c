import type { PortRange, Transport } from '../../model/port';
import type { UfwPort } from './port-text';

/** The protocol of a rule as far as it is known: `any` is tcp and udp alike. */
export type RuleProtocol = string | undefined;

/** What iptables makes of a port that ufw hands on; a text is iptables' own word why it refuses it. */
export interface HeardPort {
  /** Where what it hears depends on the transport. */
  readonly transport?: Transport;
  readonly ports?: PortRange;
  readonly refusal?: string;
}

/**
 * What iptables hears for a port of a rule. ufw keeps the digits as they are typed, and a leading zero makes them
 * octal in iptables' multiport match and in its tcp match, but not in its udp match (libxtables xtables_parse_port
 * reads in base 0, the udp match's option parser in base 10; seen with iptables 1.8.9 in a namespace of its own).
 *
 * @param isMulti True when either side of the rule has a list or a range.
 * @returns One answer, or two for a rule of both transports that hears two ports; none where that cannot be known.
 */
export function heardPorts(port: UfwPort, protocol: RuleProtocol, isMulti: boolean): readonly HeardPort[] {
  if (port.digits === undefined) return [port.service === undefined ? {} : { ports: port.service }];
  const [first, last] = port.digits;
  const plain = { ports: { first: Number(first), last: Number(last) } };
  if (!isOctal(first) && !isOctal(last)) return [plain];
  const octal = octalPorts(first, last);
  if (octal.ports?.first === plain.ports.first && octal.ports.last === plain.ports.last) return [plain];
  if (isMulti || protocol === 'tcp') return [octal];
  if (protocol === 'udp') return [plain];
  if (protocol !== 'any') return [{}];
  return octal.refusal === undefined
    ? [
        { transport: 'tcp', ...octal },
        { transport: 'udp', ...plain },
      ]
    : [octal];
}

function isOctal(digits: string): boolean {
  return digits.startsWith('0');
}

function octalPorts(first: string, last: string): HeardPort {
  const ends = [first, last].map((digits) => {
    if (!isOctal(digits)) return Number(digits);
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : digits;
  });
  const strange = ends.find((end) => typeof end === 'string');
  if (strange !== undefined) return { refusal: `invalid port/service \`${strange}' specified` };
  const [low = 0, high = 0] = ends.map(Number);
  if (first !== last && low >= high) return { refusal: 'invalid portrange specified' };
  return { ports: { first: low, last: high } };
}
