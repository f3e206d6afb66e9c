import { encode, textColumns, transports } from './format';
import { readTable, type TableRow } from './table';

/**
 * Compiles a file in IANA's CSV form for `openRegistry`.
 *
 * @param date the date of the data, YYYY-MM-DD; by default the newest date in its rows.
 * @throws Error when the file is not in that form, has no date, or has a port or transport nobody knows.
 */
export function compileRegistry(csv: string | Uint8Array, date?: string): Uint8Array {
  const rows = readTable(csv).map(compiledRow).sort(byPort);
  const dated = date ?? newestDate(rows);
  if (dated === undefined) throw new Error('No row of the port registry has a date.');
  const ids = new Map([['', 0]]);
  const texts = new Uint16Array(rows.length * textColumns.length);
  for (const [column, key] of textColumns.entries()) {
    for (const [row, { cells }] of rows.entries()) {
      const text = cells[key];
      const id = ids.get(text) ?? ids.size;
      ids.set(text, id);
      texts[column * rows.length + row] = id;
    }
  }
  if (ids.size > 0xffff || rows.length > 0xffff)
    throw new Error('The port registry has too many rows or texts.');
  const portRows = rows.filter(({ first }) => first !== undefined);
  return encode({
    date: dated,
    rowCount: rows.length,
    first: Uint16Array.from(portRows, ({ first = 0 }) => first),
    last: Uint16Array.from(portRows, ({ last = 0 }) => last),
    transport: Uint8Array.from(rows, ({ transport }) => transport),
    texts,
    ranges: Uint16Array.from(portRows.flatMap(({ first, last }, row) => (first === last ? [] : [row]))),
    byName: Uint16Array.from(rowsByName(rows)),
    longest: portRows.reduce((longest, { first = 0, last = 0 }) => Math.max(longest, last - first), 0),
    strings: [...ids.keys()],
  });
}

interface CompiledRow {
  readonly first?: number;
  readonly last?: number;
  readonly transport: number;
  readonly cells: Readonly<Record<(typeof textColumns)[number], string>>;
}

function compiledRow(row: TableRow): CompiledRow {
  const transport = transports.indexOf(row.transport === '' ? undefined : (row.transport as 'tcp'));
  if (transport < 0) throw new Error(`${where(row)}: there is no transport "${row.transport}".`);
  const [description, replacement] = withoutReplacement(unwrapped(row.description));
  const cells = {
    ...row,
    description,
    assignee: personNames(row.assignee),
    contact: personNames(row.contact),
    reference: unwrapped(row.reference),
    unauthorizedUse: unwrapped(row.unauthorizedUse),
    notes: [replacement, unwrapped(row.notes)].filter((text) => text !== '').join(' '),
  };
  if (row.ports === '') return { transport, cells };
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(row.ports) ?? [];
  if (first === undefined || Number(last) > 65535 || Number(first) > Number(last)) {
    throw new Error(`${where(row)}: "${row.ports}" is neither a port nor a range of ports.`);
  }
  return { first: Number(first), last: Number(last), transport, cells };
}

function where({ name, ports, transport }: TableRow): string {
  return `Row "${[name, ports, transport].join(',')}" of the port registry`;
}

/** Line breaks inside a field only wrap it. */
function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** IANA writes into the description which malformed name a name replaces; that is a note, and goes there. */
function withoutReplacement(description: string): readonly [string, string] {
  const at = description.indexOf('IANA assigned this well-formed service name');
  return at < 0 ? [description, ''] : [description.slice(0, at).trim(), description.slice(at)];
}

/** `[Moon_Ho_Chung]` is a key of IANA's list of people; a number at its end only tells namesakes apart. */
function personNames(keys: string): string {
  const names = [...keys.matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => key.replace(/_\d+$/, ''));
  return names.length === 0 ? unwrapped(keys) : names.map((name) => name.replaceAll('_', ' ')).join(', ');
}

/** By port, rows without a port last; rows of one port keep the order of the file. */
function byPort(one: CompiledRow, other: CompiledRow): number {
  return (one.first ?? 0x10000) - (other.first ?? 0x10000);
}

/** By name as `openRegistry` compares names: lower-cased, code unit by code unit. */
function rowsByName(rows: readonly CompiledRow[]): readonly number[] {
  const names = rows.map(({ cells }) => cells.name.toLowerCase());
  const transportOf = (row: number) => rows[row]?.transport || transports.length;
  return names
    .flatMap((name, row) => (name === '' ? [] : [row]))
    .sort((one, other) => {
      const a = names[one] ?? '';
      const b = names[other] ?? '';
      if (a !== b) return a < b ? -1 : 1;
      const ports = (rows[one]?.first ?? 0x10000) - (rows[other]?.first ?? 0x10000);
      return ports || transportOf(one) - transportOf(other);
    });
}

/** Whole dates only: a month without a day does not say how new the row is. */
function newestDate(rows: readonly CompiledRow[]): string | undefined {
  return rows
    .flatMap(({ cells }) => [cells.registered, cells.modified])
    .filter((date) => /^\d{4}-\d{2}-\d{2}$/.test(date))
    .reduce<string | undefined>(
      (newest, date) => (newest === undefined || date > newest ? date : newest),
      undefined,
    );
}
