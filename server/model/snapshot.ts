import { canonicalUri } from './file-name';
import type { PortReference, Reading } from './port';
import { portIndex } from './port-index';
import type { Policy } from './settings';

/** A document's address as the editor spells it; the command line makes `file:` URIs. */
export type Uri = string;

/** One text of the workspace with what its dialect read in it. */
export interface SourceFile {
  readonly uri: Uri;
  /** The one spelling of the address that is the same for all who name the file. */
  readonly address: string;
  readonly text: string;
  /** The dialect's id. */
  readonly dialect: string;
  readonly reading: Reading;
  /** The references that name `port`, alone or within a range, in the order of the text. */
  namesOf(port: number): readonly PortReference[];
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
export function sourceFile(file: Omit<SourceFile, 'namesOf' | 'address'>): SourceFile {
  let byPort: ((port: number) => readonly PortReference[]) | undefined;
  return {
    ...file,
    address: canonicalUri(file.uri),
    namesOf: (port) => {
      byPort ??= portIndex(file.reading.references, ({ ports }) => (ports === undefined ? [] : [ports]));
      return byPort(port);
    },
  };
}
