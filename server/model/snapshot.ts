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
}

/** Puts a file together. Its references are sorted by port when somebody first asks for them. */
export function sourceFile(parts: Omit<SourceFile, 'namesOf' | 'once' | 'address' | 'folder'>): SourceFile {
  const made = new Map<unknown, unknown>();
  const address = canonicalUri(parts.uri);
  const file: SourceFile = {
    ...parts,
    ...{ address, folder: folderOf(address) },
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

function byPort({ reading }: SourceFile): (port: number) => readonly PortReference[] {
  return portIndex(reading.references, ({ ports }) => (ports === undefined ? [] : [ports]));
}
