import type { Transport } from '../model/port';

/**
 * The registry in its compiled form: one row per record, every distinct text stored once.
 * Rows with a port come first, by their first port, so a port is found by halving.
 */
export interface CompiledRegistry {
  /** The date of the data, YYYY-MM-DD. */
  readonly date: string;
  readonly rowCount: number;
  /** First and last port of the rows that have one: rows 0 to `first.length - 1`. */
  readonly first: Uint16Array;
  readonly last: Uint16Array;
  /** Per row an index into `transports`. */
  readonly transport: Uint8Array;
  /** Text numbers, one column after the other: `texts[column * rowCount + row]`; 0 is the empty text. */
  readonly texts: Uint16Array;
  /** The rows that hold more than one port, by their first port. */
  readonly ranges: Uint16Array;
  /** The rows that have a name, by lower-cased name, then port, then transport. */
  readonly byName: Uint16Array;
  /** The longest distance from the first to the last port of a row. */
  readonly longest: number;
  /** The text with this number. */
  text(id: number): string;
}

/** What `encode` needs: the same, with the texts as plain strings. */
export interface RegistryParts extends Omit<CompiledRegistry, 'text'> {
  readonly strings: readonly string[];
}

/** The transports a row can name; the first stands for "none named". */
export const transports: readonly (Transport | undefined)[] = [undefined, 'tcp', 'udp', 'sctp', 'dccp'];

/** The text columns, in the order of `texts`. */
export const textColumns = [
  'name',
  'description',
  'assignee',
  'contact',
  'registered',
  'modified',
  'reference',
  'serviceCode',
  'unauthorizedUse',
  'notes',
] as const;

/** Writes the compiled form. Whole words are little-endian, as on every machine that an editor runs on. */
export function encode(parts: RegistryParts): Uint8Array {
  const encoder = new TextEncoder();
  const texts = [...parts.strings, parts.date].map((text) => encoder.encode(text));
  const counts: Counts = {
    rows: parts.rowCount,
    portRows: parts.first.length,
    ranges: parts.ranges.length,
    named: parts.byName.length,
    strings: texts.length,
    heap: texts.reduce((sum, { length }) => sum + length, 0),
    longest: parts.longest,
  };
  const bytes = new Uint8Array(sectionsOf(counts).end);
  const view = sectionsIn(bytes, counts);
  view.first.set(parts.first);
  view.last.set(parts.last);
  view.transport.set(parts.transport);
  view.texts.set(parts.texts);
  view.ranges.set(parts.ranges);
  view.byName.set(parts.byName);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    view.heap.set(text, at);
    at += text.length;
    view.ends[index] = at;
  }
  const header = new Uint32Array(bytes.buffer, 0, headerWords);
  header.set([magic, version, bytes.length, ...countNames.map((name) => counts[name])]);
  return bytes;
}

/**
 * Opens the compiled form. Nothing is copied or decoded before it is asked for.
 *
 * @throws Error when the bytes are not a compiled registry, are cut short or damaged.
 */
export function decode(input: Uint8Array): CompiledRegistry {
  // Word-wide views need an aligned start; a slice of a larger buffer may lack it.
  const bytes = input.byteOffset % 4 === 0 ? input : input.slice();
  const counts = checkedCounts(bytes);
  const view = sectionsIn(bytes, counts);
  const decoder = new TextDecoder();
  const text = (id: number): string => {
    const start = id === 0 ? 0 : entry(view.ends, id - 1);
    const end = entry(view.ends, id);
    if (start > end || end > view.heap.length) throw damaged();
    return start === end ? '' : decoder.decode(view.heap.subarray(start, end));
  };
  return { ...view, text, rowCount: counts.rows, longest: counts.longest, date: text(counts.strings - 1) };
}

/**
 * The number at `index` of one of the tables.
 *
 * @throws Error when there is none: only a damaged file points past the end of its own tables.
 */
export function entry(table: Uint8Array | Uint16Array | Uint32Array, index: number): number {
  const value = table[index];
  if (value === undefined) throw damaged();
  return value;
}

const magic = 0x4e4c5450;
const version = 1;
const countNames = ['rows', 'portRows', 'ranges', 'named', 'strings', 'heap', 'longest'] as const;
const fixedWords = 3;
const headerWords = fixedWords + countNames.length;

type Counts = Record<(typeof countNames)[number], number>;

function checkedCounts(bytes: Uint8Array): Counts {
  if (bytes.length < headerWords * 4) throw unreadable(`it has only ${bytes.length} bytes`);
  const header = new Uint32Array(bytes.buffer, bytes.byteOffset, headerWords);
  if (header[0] !== magic) throw unreadable('it does not begin like one');
  if (header[1] !== version)
    throw unreadable(`it has format ${header[1]} and this program reads format ${version}`);
  const [, , length] = header;
  if (length !== bytes.length) throw unreadable(`it should have ${length} bytes and has ${bytes.length}`);
  const counts = Object.fromEntries(
    countNames.map((name, index) => [name, header[fixedWords + index] ?? 0]),
  ) as Counts;
  if (sectionsOf(counts).end !== length) throw damaged();
  return counts;
}

function damaged(): Error {
  return unreadable('it is damaged');
}

function unreadable(reason: string): Error {
  return new Error(`The compiled port registry cannot be read: ${reason}.`);
}

/** Where each section begins; every one starts on a whole word. */
function sectionsOf(counts: Counts) {
  const aligned = (bytes: number) => Math.ceil(bytes / 4) * 4;
  const ends = headerWords * 4;
  const first = ends + counts.strings * 4;
  const last = first + aligned(counts.portRows * 2);
  const transport = last + aligned(counts.portRows * 2);
  const texts = transport + aligned(counts.rows);
  const ranges = texts + aligned(counts.rows * textColumns.length * 2);
  const byName = ranges + aligned(counts.ranges * 2);
  const heap = byName + aligned(counts.named * 2);
  return { ends, first, last, transport, texts, ranges, byName, heap, end: heap + aligned(counts.heap) };
}

function sectionsIn({ buffer, byteOffset }: Uint8Array, counts: Counts) {
  const at = sectionsOf(counts);
  return {
    ends: new Uint32Array(buffer, byteOffset + at.ends, counts.strings),
    first: new Uint16Array(buffer, byteOffset + at.first, counts.portRows),
    last: new Uint16Array(buffer, byteOffset + at.last, counts.portRows),
    transport: new Uint8Array(buffer, byteOffset + at.transport, counts.rows),
    texts: new Uint16Array(buffer, byteOffset + at.texts, counts.rows * textColumns.length),
    ranges: new Uint16Array(buffer, byteOffset + at.ranges, counts.ranges),
    byName: new Uint16Array(buffer, byteOffset + at.byName, counts.named),
    heap: new Uint8Array(buffer, byteOffset + at.heap, counts.heap),
  };
}
