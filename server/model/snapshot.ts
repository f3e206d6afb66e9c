import type { Variables } from './dialect';
import { canonicalUri, folderOf } from './file-name';
import type { PortReference } from './port';
import { portIndex } from './port-index';
import type { Reading } from './reading';
import type { Policy } from './settings';
import type { Uri } from './uri';

export type { Uri };

/** One text of the workspace with what its dialect read in it. */
export interface SourceFile {
  readonly uri: Uri;
  /** The one spelling of the address that is the same for all who name the file. */
  readonly address: string;
  /** The folder that it lies in: its address up to the last slash, which is included. */
  readonly folder: string;
  readonly text: string;
  /** The dialect's id. */
  readonly dialect: string;
  readonly reading: Reading;
  /** The values of variables that it was read with: those of the files beside it. */
  readonly variables: Variables;
  /** What is read in the text where its variables have other values; for the same values it is the same reading. */
  readingWith(variables: Variables): Reading;
  /** The references that name `port`, alone or within a range, in the order of the text. */
  namesOf(port: number): readonly PortReference[];
  /** What `make` makes of the file; the same function is asked once. */
  once<T>(make: (file: SourceFile) => T): T;
}

/** The workspace at one moment; a change makes a new one. */
export interface Snapshot {
  readonly files: ReadonlyMap<Uri, SourceFile>;
  /** What has been settled; absent where nobody has settled anything. */
  readonly policy?: Policy;
  /** True where other files of the workspace may not have been read: what is not found may still be there. */
  readonly isPartial?: true;
  /** Keeps what is made of the snapshots of one workspace; absent where there is just this one. */
  readonly memory?: SnapshotMemory;
}

/** Keeps the last that was made of the snapshots of one workspace. */
export interface SnapshotMemory {
  of<T, About>(snapshot: Snapshot, make: FromSnapshot<T, About>, about: About): T;
}

/**
 * Makes something of a snapshot, and of something else that it is about. `before` is what was made of an earlier snapshot of
 * the same workspace for the same: parts of it can be handed out again, but what comes out says the same without it.
 */
export type FromSnapshot<T, About> = (snapshot: Snapshot, before: T | undefined, about: About) => T;

/** What `make` makes of the snapshot; the same function is asked once, and of the next snapshot with what it made of this one. */
export function remembered<T, About>(snapshot: Snapshot, make: FromSnapshot<T, About>, about: About): T {
  return snapshot.memory === undefined
    ? make(snapshot, undefined, about)
    : snapshot.memory.of(snapshot, make, about);
}

/** What a file is put together of. */
export interface FileParts extends Pick<SourceFile, 'uri' | 'text' | 'dialect' | 'reading'> {
  /** Absent where none are known. */
  readonly variables?: Variables;
  /** Reads the text with other variables; absent where it is read once and for all. */
  readonly read?: (variables: Variables) => Reading;
}

/** Puts a file together. Its references are sorted by port when somebody first asks for them. */
export function sourceFile({ read, variables = new Map(), ...parts }: FileParts): SourceFile {
  const made = new Map<unknown, unknown>();
  const address = canonicalUri(parts.uri);
  const readings = new Map([[keyOf(variables), parts.reading]]);
  const file: SourceFile = {
    ...{ ...parts, variables },
    ...{ address, folder: folderOf(address) },
    readingWith: (others) => {
      if (read === undefined || !parts.text.includes('$')) return parts.reading;
      const key = keyOf(others);
      const known = readings.get(key);
      if (known !== undefined) return known;
      // Whoever types in an environment file makes values that are never asked for again.
      if (readings.size > mostReadings) readings.clear();
      const reading = read(others);
      readings.set(key, reading);
      return reading;
    },
    namesOf: (port) => file.once(byPort)(port),
    once: <T>(make: (file: SourceFile) => T): T => {
      const known = made.get(make);
      if (known !== undefined || made.has(make)) return known as T;
      const now = make(file);
      made.set(make, now);
      return now;
    },
  };
  return file;
}

/** How many readings of one text with different variables are kept. */
const mostReadings = 8;

function keyOf(variables: Variables): string {
  return JSON.stringify([...variables]);
}

function byPort({ reading }: SourceFile): (port: number) => readonly PortReference[] {
  return portIndex(reading.references, ({ ports }) => (ports === undefined ? [] : [ports]));
}
