import { compileRegistry } from '../registry/compile';
import { transports } from '../registry/format';
import { readTable, type TableRow } from '../registry/table';
import { UpdateRefused } from './refused';
import { checkShape } from './shape';

/** A file that has stood every check, compiled. */
export interface CheckedRegistry {
  readonly compiled: Uint8Array;
  /** The newest date in its rows, YYYY-MM-DD. */
  readonly date: string;
  readonly rows: number;
}

/** IANA had 10,500 rows in 2010 and 14,499 in February 2026; fewer are a part of its file, or another one. */
const fewestRows = 12_000;

/** A new file has at least this share of the rows that there are now: IANA keeps the rows that it takes names out of. */
const leastShare = 0.97;

/** Rows that stand in every edition, for the protocols behind them are what the Internet runs on. */
const anchors = [
  ...['ssh 22 tcp', 'domain 53 udp', 'http 80 tcp', 'https 443 tcp', 'bgp 179 tcp'],
  // The last port of all that are assigned: what was cut off before it is not whole.
  'inspider 49150 tcp',
];

/** How many rows may hold one port: seven do at most. Every look-up of a port goes through all that hold it. */
const mostRowsOfPort = 100;

/** How many names of people a cell may have: four at most. What tells them apart tries every opening bracket. */
const mostBrackets = 40;

/** Neither steers the terminal that it is printed to, nor shows in another order than it was written. */
const steering = /(?![\t\n\r])[\p{Cc}\p{Bidi_Control}]/u;

/**
 * Checks that a file is IANA's port registry and whole, and compiles it.
 *
 * @param rowsNow how many rows the registry in use has.
 * @param today dates after it are slips and do not count.
 * @throws UpdateRefused with the first reason against it.
 */
export function checkedRegistry(file: Uint8Array, rowsNow: number, today: Date): CheckedRegistry {
  const text = decoded(file);
  checkBeginning(text);
  const control = steering.exec(text);
  if (control !== null) {
    const code = text.charCodeAt(control.index).toString(16).toUpperCase().padStart(4, '0');
    throw new UpdateRefused(`The file has a control character (U+${code}), which the registry has nowhere.`);
  }
  checkShape(text);
  const rows = table(text);
  for (const [index, row] of rows.entries()) checkRow(row, index + 2);
  checkWhole(rows, rowsNow);
  const date = newestDate(rows, today);
  if (date === undefined) throw new UpdateRefused('No row of the file has a date.');
  return { compiled: compiled(text, date), date, rows: rows.length };
}

function decoded(file: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    throw new UpdateRefused('The file is not in UTF-8, as the registry is.');
  }
}

function checkBeginning(text: string): void {
  if (text.trim() === '') throw new UpdateRefused('The file is empty.');
  // A network that wants a password, and a server that has moved a file, answer with a page.
  if (/^\s*<[!?a-z]/i.test(text)) throw new UpdateRefused('The file is a web page and not the registry.');
  const [first = ''] = text.slice(0, 1000).split('\n', 1);
  try {
    readTable(first);
  } catch {
    throw new UpdateRefused("The first line of the file is not the header of IANA's port number registry.");
  }
}

function table(text: string): readonly TableRow[] {
  try {
    return readTable(text);
  } catch (error) {
    throw new UpdateRefused(`The file is no proper CSV: ${sentence(error)}`);
  }
}

function compiled(text: string, date: string): Uint8Array {
  try {
    return compileRegistry(text, date);
  } catch (error) {
    throw new UpdateRefused(sentence(error));
  }
}

function sentence(error: unknown): string {
  return (error as Error).message.replace(/\s+/g, ' ').slice(0, 200);
}

function checkRow({ ports, transport, assignee, contact }: TableRow, row: number): void {
  if (!transports.some((known) => (known ?? '') === transport))
    throw new UpdateRefused(`Row ${row} of the file has an unknown transport (${shown(transport)}).`);
  if (ports !== '' && portsOf(ports) === undefined)
    throw new UpdateRefused(
      `Row ${row} of the file has neither a port nor a range of ports (${shown(ports)}).`,
    );
  if ([assignee, contact].some((cell) => cell.split('[', mostBrackets + 2).length > mostBrackets + 1))
    throw new UpdateRefused(`Row ${row} of the file has more than ${mostBrackets} people in one cell.`);
}

function shown(cell: string): string {
  return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);
}

function portsOf(cell: string): { readonly first: number; readonly last: number } | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(cell) ?? [];
  const ports = { first: Number(first), last: Number(last) };
  return first !== undefined && ports.first <= ports.last && ports.last <= 65535 ? ports : undefined;
}

function checkWhole(rows: readonly TableRow[], rowsNow: number): void {
  if (rows.length < fewestRows)
    throw new UpdateRefused(
      `The file has ${rows.length} rows; IANA's whole registry has more than ${fewestRows}.`,
    );
  if (rows.length < rowsNow * leastShare)
    throw new UpdateRefused(
      `The file has ${rows.length} rows and the registry in use has ${rowsNow}: it must be a part.`,
    );
  const keys = new Set(rows.map(({ name, ports, transport }) => `${name} ${ports} ${transport}`));
  const missing = anchors.find((anchor) => !keys.has(anchor));
  if (missing !== undefined) {
    const [name, port, transport] = missing.split(' ');
    throw new UpdateRefused(
      `The file has no row for ${name} on ${port}/${transport}: it is not the registry.`,
    );
  }
  const crowded = crowdedPort(rows);
  if (crowded !== undefined)
    throw new UpdateRefused(`The file has more than ${mostRowsOfPort} rows for port ${crowded}.`);
}

/** The first port that too many rows hold, ranges included. */
function crowdedPort(rows: readonly TableRow[]): number | undefined {
  const begins = new Int32Array(0x10001);
  for (const row of rows) {
    const ports = portsOf(row.ports);
    if (ports === undefined) continue;
    begins[ports.first] = (begins[ports.first] ?? 0) + 1;
    begins[ports.last + 1] = (begins[ports.last + 1] ?? 0) - 1;
  }
  let holding = 0;
  const at = begins.findIndex((change) => {
    holding += change;
    return holding > mostRowsOfPort;
  });
  return at < 0 ? undefined : at;
}

/** Whole dates only. A day ahead is still today somewhere on Earth. */
function newestDate(rows: readonly TableRow[], today: Date): string | undefined {
  const latest = new Date(today.getTime() + 86_400_000).toISOString().slice(0, 10);
  let newest: string | undefined;
  for (const { registered, modified } of rows) {
    for (const date of [registered, modified]) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date > latest || (newest !== undefined && date <= newest))
        continue;
      if (!Number.isNaN(Date.parse(date))) newest = date;
    }
  }
  return newest;
}
