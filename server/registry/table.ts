import { parse } from 'csv-parse/sync';

/** The columns of IANA's CSV file in their order there, with the names they have here. */
export const columns = [
  ['name', 'Service Name'],
  ['ports', 'Port Number'],
  ['transport', 'Transport Protocol'],
  ['description', 'Description'],
  ['assignee', 'Assignee'],
  ['contact', 'Contact'],
  ['registered', 'Registration Date'],
  ['modified', 'Modification Date'],
  ['reference', 'Reference'],
  ['serviceCode', 'Service Code'],
  ['unauthorizedUse', 'Unauthorized Use Reported'],
  ['notes', 'Assignment Notes'],
] as const;

/** One row as the file has it: text only, empty where the file is empty. */
export type TableRow = Readonly<Record<(typeof columns)[number][0], string>>;

/**
 * Reads a file in the form of IANA's service-names-port-numbers.csv.
 *
 * @throws Error when the header is not IANA's, or a quote or a row is broken.
 */
export function readTable(csv: string | Uint8Array): readonly TableRow[] {
  const lines: string[][] = parse(typeof csv === 'string' ? csv : new TextDecoder().decode(csv), {
    bom: true,
  });
  const [header, ...rows] = lines;
  checkHeader(header ?? []);
  return rows.map(
    (cells) => Object.fromEntries(columns.map(([key], at) => [key, cells[at] ?? ''])) as TableRow,
  );
}

/** Writes rows in the same form; the inverse of `readTable`. */
export function writeTable(rows: readonly TableRow[]): string {
  const header = columns.map(([, title]) => title);
  const lines = rows.map((row) => columns.map(([key]) => quoted(row[key])));
  return [header, ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

/** IANA renamed its eleventh column between 2014 and today, so the old heading is as good as the new one. */
const earlierHeading = 'Known Unauthorized Uses';

function checkHeader(header: readonly string[]): void {
  const same = columns.every(
    ([key, title], at) =>
      header[at] === title || (key === 'unauthorizedUse' && header[at] === earlierHeading),
  );
  if (same && header.length === columns.length) return;
  const wanted = columns.map(([, title]) => title).join(', ');
  throw new Error(`The first line is not the header of IANA's port number registry (${wanted}).`);
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
