import type { PortRange, Transport } from '../model/port';
import type { Registry, RegistryRecord } from '../model/registry';
import { type NumberRange, rangeOf } from '../registry/ranges';

/** What is known of one port number and transport, before anybody looks at where it is used. */
export interface PortFacts {
  readonly port: number;
  /** The transport asked for; absent when the question was about the number alone. */
  readonly transport?: Transport;
  /** The rows of the port for that transport, or for all, preferred first. */
  readonly records: readonly RegistryRecord[];
  /** What the preferred row of another transport says, where it has another name or none. */
  readonly elsewhere: readonly RegistryRecord[];
  readonly range: NumberRange;
}

/** Gathers what is known of `port`, an integer from 0 to 65535. */
export function portFacts(registry: Registry, port: number, transport?: Transport): PortFacts {
  const all = registry.byPort(port);
  const records = transport === undefined ? all : registry.byPort(port, transport);
  const shown = new Set(records.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const elsewhere = new Map<Transport | undefined, RegistryRecord>();
  for (const record of all) {
    if (transport === undefined || record.transport === undefined || record.transport === transport) continue;
    if (record.name === undefined || shown.has(record.name) || elsewhere.has(record.transport)) continue;
    elsewhere.set(record.transport, record);
  }
  return {
    port,
    ...(transport && { transport }),
    records,
    elsewhere: [...elsewhere.values()],
    range: rangeOf(port),
  };
}

/** The record that a reader wants to see first, if it is one with a name. */
export function preferredName(facts: PortFacts): RegistryRecord | undefined {
  const [first] = facts.records;
  return first?.name === undefined ? undefined : first;
}

/** Tells whether the record names a range and not just the one port. */
export function namesRange({ ports }: RegistryRecord): boolean {
  return ports !== undefined && isRange(ports);
}

function isRange({ first, last }: PortRange): boolean {
  return first !== last;
}
