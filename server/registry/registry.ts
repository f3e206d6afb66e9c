import type { Transport } from '../model/port';
import type { NamedPort, Registry, RegistryRecord } from '../model/registry';
import { type CompiledRegistry, decode, entry, textColumns, transports } from './format';
import { preferred } from './preferred';
import { status } from './status';

/**
 * Opens a compiled registry. Records are decoded when they are asked for, so opening costs next to nothing.
 *
 * @throws Error when the bytes are not a whole, undamaged compiled registry.
 */
export function openRegistry(bytes: Uint8Array): Registry {
  const table = decode(bytes);
  const decoded = new Map<number, RegistryRecord>();
  const served = new Map<string, readonly RegistryRecord[]>();
  // The same few are asked for at every key.
  const recordAt = (row: number): RegistryRecord => {
    const known = decoded.get(row) ?? recordOf(table, row);
    decoded.set(row, known);
    return known;
  };
  return {
    date: table.date,
    byPort: (port, transport) => {
      const asked = registryTransport(transport);
      const key = `${port} ${asked}`;
      const known = served.get(key);
      if (known !== undefined) return known;
      // Whoever goes over all ports does so once.
      if (served.size >= mostKept) served.clear();
      const rows = [...rowsOfPort(table, port), ...rangesAround(table, port)];
      const records = preferred(rows.filter((row) => serves(table, row, asked)).map(recordAt));
      served.set(key, records);
      return records;
    },
    byName: (name) => {
      const wanted = name.toLowerCase();
      const records = rowsFrom(table, wanted, (found) => found === wanted);
      return statusFirst([...records].map(recordAt));
    },
    byPrefix: (prefix, limit) => {
      const wanted = prefix.toLowerCase();
      const found: RegistryRecord[] = [];
      for (const row of rowsFrom(table, wanted, (name) => name.startsWith(wanted))) {
        if (found.length >= limit) break;
        if (row < table.first.length) found.push(recordAt(row));
      }
      return found;
    },
    *named() {
      for (let row = 0; row < table.first.length; row += 1) {
        const named = namedPort(table, row);
        if (named !== undefined) yield named;
      }
    },
  };
}

/** Of how many ports the records are kept. */
const mostKept = 2_000;

/** UDP-Lite has no registrations of its own: RFC 3828 section 3.1 gives it the port numbers of UDP. */
function registryTransport(transport: Transport | undefined): Transport | undefined {
  return transport === 'udplite' ? 'udp' : transport;
}

/** A row that names no transport holds the port for all of them. */
function serves(table: CompiledRegistry, row: number, asked: Transport | undefined): boolean {
  const own = transports[entry(table.transport, row)];
  return asked === undefined || own === undefined || own === asked;
}

function* rowsOfPort({ first, last }: CompiledRegistry, port: number): Generator<number> {
  const start = lowerBound(first.length, (row) => entry(first, row) < port);
  for (let row = start; first[row] === port; row += 1) if (last[row] === port) yield row;
}

function* rangesAround({ first, last, ranges, longest }: CompiledRegistry, port: number): Generator<number> {
  const end = lowerBound(ranges.length, (index) => entry(first, entry(ranges, index)) <= port);
  for (let index = end - 1; index >= 0; index -= 1) {
    const row = entry(ranges, index);
    if (port - entry(first, row) > longest) return;
    if (entry(last, row) >= port) yield row;
  }
}

/** The rows in order of name, from the first name not before `start` on, as long as `belongs` holds. */
function* rowsFrom(
  table: CompiledRegistry,
  start: string,
  belongs: (name: string) => boolean,
): Generator<number> {
  const nameAt = (index: number) => table.text(entry(table.texts, entry(table.byName, index))).toLowerCase();
  let index = lowerBound(table.byName.length, (at) => nameAt(at) < start);
  for (; index < table.byName.length && belongs(nameAt(index)); index += 1) yield entry(table.byName, index);
}

/** The first index from 0 to `length` for which `isBefore` no longer holds. */
function lowerBound(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One name's rows stand by port and transport already; what is assigned comes before what is not. */
function statusFirst(records: readonly RegistryRecord[]): readonly RegistryRecord[] {
  return [...records].sort(
    (one, other) => Number(one.status !== 'assigned') - Number(other.status !== 'assigned'),
  );
}

/** Only what a search needs is decoded: the whole of fourteen thousand rows would take long to decode. */
function namedPort(table: CompiledRegistry, row: number): NamedPort | undefined {
  const text = (column: (typeof textColumns)[number]): string =>
    table.text(entry(table.texts, textColumns.indexOf(column) * table.rowCount + row));
  const name = text('name');
  if (name === '') return undefined;
  const transport = transports[entry(table.transport, row)];
  return {
    name,
    ports: { first: entry(table.first, row), last: entry(table.last, row) },
    ...(transport && { transport }),
    description: text('description'),
    assignee: text('assignee'),
  };
}

function recordOf(table: CompiledRegistry, row: number): RegistryRecord {
  const first = table.first[row];
  const last = table.last[row];
  const transport = transports[entry(table.transport, row)];
  const texts = textColumns.flatMap((column, index) => {
    const text = table.text(entry(table.texts, index * table.rowCount + row));
    return text === '' ? [] : [[column, text] as const];
  });
  const said: Omit<RegistryRecord, 'status'> = {
    ...(first !== undefined && last !== undefined && { ports: { first, last } }),
    ...(transport && { transport }),
    ...Object.fromEntries(texts),
  };
  return { ...said, status: status(said) };
}
