import { parse } from 'csv-parse/sync';
import {
  certainties,
  exposures,
  type ImagePort,
  type ImageRecord,
  meaningKinds,
  type NumberMeaning,
  type PracticeRecord,
  platforms,
} from '../model/knowledge';
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
      images: imageRecords(rows('images.csv', files.images, imageColumns, imageRow)),
      variants: variantsOf(rows('image-variants.csv', files.variants, variantColumns, variantRow)),
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
    certainty: oneOf(cells.certainty, certainties),
    isAsRegistered: oneOf(cells.as_registered, ['yes', 'no'] as const) === 'yes',
    images: cells.images.split(/\s+/).filter((image) => image !== ''),
    exposure: oneOf(cells.exposure, exposures),
    ...(cells.note !== '' && { note: cells.note }),
    source: webAddress(cells.source),
  };
}

interface ImageRow extends Pick<ImageRecord, 'image' | 'software'> {
  readonly port: ImagePort;
}

function imageRow(cells: Cells<(typeof imageColumns)[number]>): ImageRow {
  return {
    image: said(cells, 'image'),
    software: said(cells, 'software'),
    port: {
      port: portsOf(cells.port).first,
      transport: transportOf(cells.transport),
      ...(cells.part !== '' && { part: cells.part }),
      exposure: oneOf(cells.exposure, exposures),
      source: webAddress(cells.source),
    },
  };
}

/** Rows of one image become one record, in the order in which they stand. */
function imageRecords(lines: readonly ImageRow[]): readonly ImageRecord[] {
  const records = new Map<string, ImageRecord>();
  for (const { image, software, port } of lines) {
    records.set(image, { image, software, ports: [...(records.get(image)?.ports ?? []), port] });
  }
  return [...records.values()];
}

interface VariantRow {
  readonly kind: 'republisher' | 'suffix' | 'synonym';
  readonly text: string;
  readonly meaning: string;
}

function variantRow(cells: Cells<(typeof variantColumns)[number]>): VariantRow {
  const kind = oneOf(cells.kind, ['republisher', 'suffix', 'synonym'] as const);
  return { kind, text: said(cells, 'text').toLowerCase(), meaning: cells.meaning };
}

function variantsOf(lines: readonly VariantRow[]): Variants {
  const pairs = (kind: VariantRow['kind']) =>
    Object.fromEntries(
      lines.filter((line) => line.kind === kind).map(({ text, meaning }) => [text, meaning]),
    );
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
      platform: oneOf(cells.platform, platforms),
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
