import { parse } from 'csv-parse/sync';
import type { ImageRecord, NumberMeaning, PracticeRecord } from '../model/knowledge';
import { oneOf, portsOf, transportOf } from './cells';
import type { CompiledKnowledge, CompiledStories, Variants } from './format';
import { readNote } from './note-file';

/** The files of data/ as they are: CSV tables, and the stories by the name of their file without `.md`. */
export interface KnowledgeFiles {
  readonly practice: string;
  readonly images: string;
  readonly variants: string;
  readonly numbers: string;
  readonly notes: ReadonlyMap<string, string>;
}

/**
 * Checks the tables and puts them into the form that the programs load.
 *
 * @throws Error that names the table, the row and what is wrong with it.
 */
export function compileKnowledge(files: KnowledgeFiles): {
  readonly knowledge: CompiledKnowledge;
  readonly stories: CompiledStories;
} {
  const notes = [...files.notes].map(([id, text]) => inside(`notes/${id}.md`, () => readNote(id, text)));
  return {
    knowledge: {
      practice: rows('in-practice.csv', files.practice, practiceColumns, practiceRecord),
      images: imageRecords(rows('images.csv', files.images, imageColumns, (cells) => cells)),
      variants: variantsOf(rows('image-variants.csv', files.variants, variantColumns, (cells) => cells)),
      notes: notes.map(({ note }) => note).sort((a, b) => Number(a.id) - Number(b.id)),
      meanings: rows('numbers.csv', files.numbers, numberColumns, numberMeaning),
    },
    stories: Object.fromEntries(notes.map(({ note, story }) => [note.id, story])),
  };
}

const practiceColumns = [
  'port',
  'transport',
  'software',
  'certainty',
  'as_registered',
  'images',
  'exposure',
  'note',
  'source',
] as const;
const imageColumns = ['image', 'software', 'port', 'transport', 'part', 'exposure', 'source'] as const;
const variantColumns = ['kind', 'text', 'meaning', 'source'] as const;
const numberColumns = ['kind', 'first', 'last', 'transport', 'platform', 'meaning', 'source'] as const;

const exposures = ['web', 'data', 'admin', 'internal', 'public'] as const;
const meaningKinds = [
  'range',
  'assignment',
  'privilege',
  'ephemeral',
  'nodeport',
  'browser-blocked',
  'zero',
] as const;

type Cells<Column extends string> = Readonly<Record<Column, string>>;

function rows<Column extends string, T>(
  name: string,
  csv: string,
  columns: readonly Column[],
  read: (cells: Cells<Column>) => T,
): readonly T[] {
  const [header = [], ...lines]: string[][] = inside(name, () => parse(csv, { bom: true }));
  if (header.join() !== columns.join()) throw new Error(`${name}: its columns are not ${columns.join(', ')}`);
  return lines.map((line, index) =>
    inside(`${name}, row ${index + 2}`, () => {
      const cells = Object.fromEntries(columns.map((column, at) => [column, (line[at] ?? '').trim()]));
      return read(cells as Cells<Column>);
    }),
  );
}

function inside<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function practiceRecord(cells: Cells<(typeof practiceColumns)[number]>): PracticeRecord {
  return {
    ports: portsOf(cells.port),
    transports: cells.transport.split('+').map(transportOf),
    software: said(cells, 'software'),
    certainty: oneOf(cells.certainty, ['default', 'convention', 'seen'] as const),
    isAsRegistered: oneOf(cells.as_registered, ['yes', 'no'] as const) === 'yes',
    images: cells.images.split(/\s+/).filter((image) => image !== ''),
    exposure: oneOf(cells.exposure, exposures),
    ...(cells.note !== '' && { note: cells.note }),
    source: webAddress(cells.source),
  };
}

/** Rows of one image become one record, in the order in which they stand. */
function imageRecords(lines: readonly Cells<(typeof imageColumns)[number]>[]): readonly ImageRecord[] {
  const records = new Map<string, ImageRecord>();
  for (const cells of lines) {
    const image = said(cells, 'image');
    const port = {
      port: portsOf(cells.port).first,
      transport: transportOf(cells.transport),
      ...(cells.part !== '' && { part: cells.part }),
      exposure: inside(`images.csv, ${image}`, () => oneOf(cells.exposure, exposures)),
      source: webAddress(cells.source),
    };
    const earlier = records.get(image);
    const ports = [...(earlier?.ports ?? []), port];
    records.set(image, { image, software: said(cells, 'software'), ports });
  }
  return [...records.values()];
}

function variantsOf(lines: readonly Cells<(typeof variantColumns)[number]>[]): Variants {
  const pairs = (kind: string) =>
    Object.fromEntries(
      lines.filter((line) => line.kind === kind).map(({ text, meaning }) => [text.toLowerCase(), meaning]),
    );
  for (const { kind } of lines) oneOf(kind, ['republisher', 'suffix', 'synonym'] as const);
  return {
    republishers: pairs('republisher'),
    suffixes: Object.keys(pairs('suffix')).sort((a, b) => b.length - a.length),
    synonyms: pairs('synonym'),
  };
}

function numberMeaning(cells: Cells<(typeof numberColumns)[number]>): NumberMeaning {
  return {
    kind: oneOf(cells.kind, meaningKinds),
    ports: portsOf(`${cells.first}-${cells.last}`),
    ...(cells.transport !== '' && { transport: transportOf(cells.transport) }),
    ...(cells.platform !== '' && {
      platform: oneOf(cells.platform, ['linux', 'macos', 'windows', 'kubernetes'] as const),
    }),
    meaning: said(cells, 'meaning'),
    source: webAddress(cells.source),
  };
}

function said<Column extends string>(cells: Cells<Column>, column: Column): string {
  if (cells[column] === '') throw new Error(`"${column}" is empty`);
  return cells[column];
}

function webAddress(text: string): string {
  if (!/^https?:\/\/\S+$/.test(text)) throw new Error(`"${text}" is no web address`);
  return text;
}
