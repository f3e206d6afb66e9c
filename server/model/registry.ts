import type { PortRange, Transport } from './port';

/** One row of IANA's Service Name and Transport Protocol Port Number Registry. Absent fields are empty there. */
export interface RegistryRecord {
  /** The service name; absent for rows that hold a port without naming it (Reserved, Unassigned). */
  readonly name?: string;
  /** Absent for names that are registered without a port. */
  readonly ports?: PortRange;
  readonly transport?: Transport;
  readonly description?: string;
  readonly assignee?: string;
  readonly contact?: string;
  /** As written there: YYYY-MM-DD or YYYY-MM. */
  readonly registered?: string;
  readonly modified?: string;
  readonly reference?: string;
  readonly serviceCode?: string;
  readonly unauthorizedUse?: string;
  readonly notes?: string;
  /** `assigned` to a name; an `alias` or a `historic` name; or a row that only keeps the port: `reserved`, `unassigned`. */
  readonly status: 'assigned' | 'alias' | 'historic' | 'reserved' | 'unassigned';
}

/** What a search looks through in one row. */
export type NamedPort = Required<Pick<RegistryRecord, 'name' | 'ports'>> &
  Pick<RegistryRecord, 'transport' | 'description' | 'assignee'>;

/** Look-ups in the registry. Every answer lists the preferred record first and then all others. */
export interface Registry {
  /** The newest date in the data, YYYY-MM-DD. */
  readonly date: string;
  /** All rows that hold `port`, for one transport or for all; rows of that very port come before rows of a range. */
  byPort(port: number, transport?: Transport): readonly RegistryRecord[];
  /** All rows of this service name; case does not matter, as RFC 6335 section 5.1 says. */
  byName(name: string): readonly RegistryRecord[];
  /** Rows with a port whose service name begins with `prefix`, by name, at most `limit`. */
  byPrefix(prefix: string, limit: number): readonly RegistryRecord[];
  /** Every row that has a name and a port, in the order of ports: what a search looks through. */
  named(): Iterable<NamedPort>;
}
