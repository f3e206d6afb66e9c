import type { Claim } from '../model/claim';
import type { PortRange, Transport } from '../model/port';

/** Which ports of a namespace are wanted by somebody, whatever the address. */
export type Occupancy = (transport: Transport, ports: PortRange) => boolean;

/** Notes the ports of claims; telling whether a range is taken then takes as long as the range is wide. */
export function occupancy(claims: Iterable<Pick<Claim, 'transport' | 'ports'>>): Occupancy {
  const taken = new Map<Transport, Uint8Array>();
  for (const { transport, ports } of claims) {
    const marks = taken.get(transport) ?? new Uint8Array(65536);
    taken.set(transport, marks);
    marks.fill(1, ports.first, ports.last + 1);
  }
  return (transport, { first, last }) => {
    const at = taken.get(transport)?.indexOf(1, first) ?? -1;
    return at >= 0 && at <= last;
  };
}
