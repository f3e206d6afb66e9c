import type { TableRow } from '../server/registry/table';

/** What is known of the port number registry, from sources of different age. */
export interface RegistrySources {
  /**
   * The newest: name and description by `port/transport`. It has one name per key, the last of several,
   * and neither ranges nor names without a port.
   */
  readonly current: Readonly<Record<string, readonly [name: string, description: string]>>;
  /** Rows of IANA's own page, younger than `earlier`, for a few ports only. */
  readonly extract: readonly TableRow[];
  /** A whole but old copy of IANA's table. */
  readonly earlier: readonly TableRow[];
  /** Tells which names of the old copy stand although the newest source has another one at their place. */
  readonly kept: (row: TableRow) => boolean;
}

/**
 * Merges the sources into one table in IANA's order: by port, then transport; names without a port last.
 * The newest source decides what exists; the older ones add what it leaves out.
 */
export function mergeRegistry({ current, extract, earlier, kept }: RegistrySources): readonly TableRow[] {
  const earlierBy = grouped(earlier.filter(isOfOnePort), keyOf);
  const extractBy = grouped(extract.filter(isOfOnePort), keyOf);
  const single = Object.entries(current).flatMap(([key, [name, description]]) =>
    rowsOfKey(key, { name, description }, extractBy.get(key) ?? [], earlierBy.get(key) ?? [], kept),
  );
  const taken = grouped(single, ({ ports }) => Number(ports));
  const wide = earlier
    .filter((row) => row.ports !== '' && !isOfOnePort(row))
    .flatMap((row) => stillHeld(updated(row, extract), taken));
  const withPorts = [...single, ...wide];
  return [
    ...[...withPorts, ...gaps(withPorts, earlier)].sort(byPortAndTransport),
    ...earlier.filter(({ ports }) => ports === ''),
  ];
}

type Naming = Pick<TableRow, 'name' | 'description'>;

const transportOrder = ['tcp', 'udp', 'sctp', 'dccp', ''];
const lastRegistered = 49151;
const emptyRow: TableRow = {
  name: '',
  ports: '',
  transport: '',
  description: '',
  assignee: '',
  contact: '',
  registered: '',
  modified: '',
  reference: '',
  serviceCode: '',
  unauthorizedUse: '',
  notes: '',
};

function grouped<Key>(rows: readonly TableRow[], keyFor: (row: TableRow) => Key): Map<Key, TableRow[]> {
  const groups = new Map<Key, TableRow[]>();
  for (const row of rows) {
    const key = keyFor(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function isOfOnePort({ ports, transport }: TableRow): boolean {
  return transport !== '' && /^\d+$/.test(ports);
}

function keyOf({ ports, transport }: TableRow): string {
  return `${ports}/${transport}`;
}

/** All rows of one port and transport. */
function rowsOfKey(
  key: string,
  newest: Naming,
  fromExtract: readonly TableRow[],
  fromEarlier: readonly TableRow[],
  kept: RegistrySources['kept'],
): readonly TableRow[] {
  const [ports = '', transport = ''] = key.split('/');
  const sameName = ({ name }: TableRow) => name.toLowerCase() === newest.name.toLowerCase();
  // The newest source has the last name of the key. Where the old copy has it too, its other names stand as well.
  if (newest.name !== '' && fromEarlier.some(sameName)) {
    return fromEarlier.map((row) => {
      const latest = updated(row, fromExtract);
      return sameName(row) ? described(latest, newest) : latest;
    });
  }
  const detailed = fromExtract.find(sameName) ?? fromEarlier.find(sameName);
  // A row without a name is the same row only while it says the same: Reserved, Unassigned.
  const same =
    detailed !== undefined && (newest.name !== '' || sameText(detailed.description, newest.description));
  return [
    ...fromEarlier.filter(kept),
    same ? described(detailed, newest) : { ...emptyRow, ports, transport, ...newest },
  ];
}

function updated(row: TableRow, extract: readonly TableRow[]): TableRow {
  return extract.find((other) => other.name === row.name && keyOf(other) === keyOf(row)) ?? row;
}

/**
 * The newest spelling and description; the line breaks of the older text where only they differ.
 * Another description means that IANA has changed the row since: whose it is now, the older copy cannot know.
 */
function described(row: TableRow, { name, description }: Naming): TableRow {
  if (sameText(row.description, description)) return { ...row, name };
  return { ...row, name, description, assignee: '', contact: '', modified: '' };
}

function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  return plain(one) === plain(other);
}

/** What the newest source leaves of a row for a range, or for all transports of a port. */
function stillHeld(row: TableRow, taken: ReadonlyMap<number, readonly TableRow[]>): readonly TableRow[] {
  const isTaken = (port: number) =>
    taken.get(port)?.some(({ transport }) => row.transport === '' || transport === row.transport) ?? false;
  const parts = rangesOf(portsIn(row.ports).filter((port) => !isTaken(port)));
  if (parts.length === 1 && parts[0] === row.ports) return [row];
  // A name that lost a part of its range is not the same registration any more; its absence is the safer answer.
  return row.name === '' ? parts.map((ports) => ({ ...row, ...forgotten, ports })) : [];
}

/** Remarks and dates belong to the whole row; nobody knows which part of it they were about. */
const forgotten = { registered: '', modified: '', unauthorizedUse: '', notes: '' };

/**
 * Rows for the registrable ports that no row holds. Whatever was assigned once is Reserved after its
 * de-assignment, as RFC 6335 section 8.2 has it; the rest is Unassigned.
 */
function gaps(rows: readonly TableRow[], earlier: readonly TableRow[]): readonly TableRow[] {
  const held = new Set(rows.flatMap(({ ports }) => portsIn(ports)));
  const onceAssigned = new Set(
    earlier.filter(({ name }) => name !== '').flatMap(({ ports }) => portsIn(ports)),
  );
  const open = portsIn(`0-${lastRegistered}`).filter((port) => !held.has(port));
  const asRows = (description: string, isMeant: (port: number) => boolean) =>
    rangesOf(open.filter(isMeant)).map((ports) => ({ ...emptyRow, ports, description }));
  return [
    ...asRows('Reserved', (port) => onceAssigned.has(port)),
    ...asRows('Unassigned', (port) => !onceAssigned.has(port)),
  ];
}

function portsIn(text: string): readonly number[] {
  if (text === '') return [];
  const [first = 0, last = first] = text.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Ascending ports as IANA writes them: `7`, `9-12`. */
function rangesOf(ports: readonly number[]): readonly string[] {
  const ranges: { first: number; last: number }[] = [];
  for (const port of ports) {
    const open = ranges.at(-1);
    if (open !== undefined && open.last + 1 === port) open.last = port;
    else ranges.push({ first: port, last: port });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
}

function byPortAndTransport(one: TableRow, other: TableRow): number {
  return (
    Number.parseInt(one.ports, 10) - Number.parseInt(other.ports, 10) ||
    transportOrder.indexOf(one.transport) - transportOrder.indexOf(other.transport)
  );
}
