import type { Reading } from './port';

/** A document's address as the editor spells it; the command line makes `file:` URIs. */
export type Uri = string;

/** One text of the workspace with what its dialect read in it. */
export interface SourceFile {
  readonly uri: Uri;
  readonly text: string;
  /** The dialect's id. */
  readonly dialect: string;
  readonly reading: Reading;
}

/** The workspace at one moment; a change makes a new one. */
export interface Snapshot {
  readonly files: ReadonlyMap<Uri, SourceFile>;
}
