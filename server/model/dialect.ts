import type { CommentStyle } from './comments';
import type { Reading } from './reading';

/** Variables as a companion file (`.env`) gives them; undefined for one that is given but cannot be known. */
export type Variables = ReadonlyMap<string, string | undefined>;

/** What a reader may know beside the text itself. */
export interface ReadInputs {
  /** The file's base name; empty when the text has none. */
  readonly name: string;
  /** Values from the file's companions; empty when there are none. */
  readonly variables: Variables;
  /** The blocks that an including file puts the text in, from the outermost inwards; absent when none is known to. */
  readonly within?: readonly string[];
  /** Reads what a text of another kind says that stands within this one; undefined for an id of none. Absent where nobody can. */
  readonly readAs?: (dialect: string, text: string) => Reading | undefined;
  /** The reading of the text's previous version, when there is one: a reader may take parts of it over. */
  readonly previous?: Reading;
}

/** A file that gives variables to the files beside it. */
export interface Companion {
  /** Its base name. */
  readonly name: string;
  read(text: string): Variables;
}

/** One kind of file: how it is recognised and how it is read. */
export interface Dialect {
  readonly id: string;
  readonly title: string;
  /** Names of files of this kind: patterns over the base name, `*` for any run of characters; case does not matter. */
  readonly files: readonly string[];
  /** Names that fit a pattern of `files` and are of another kind. */
  readonly otherFiles?: readonly string[];
  /** The language ids that editors give files of this kind, and no other kind of file. */
  readonly languages: readonly string[];
  /** Patterns over the whole address, in which `*` stands for slashes as well, that prove the kind, too. */
  readonly paths?: readonly string[];
  /** Patterns over name or path, and language ids, that other kinds of file have as well: there `looksLike` decides. */
  readonly shared?: { readonly files: readonly string[]; readonly languages: readonly string[] };
  /** Tells from the text whether a shared name hides a file of this kind. In linear time, whatever the text. */
  looksLike?(text: string): boolean;
  /** How its comments are written; absent for a hash, alone on its line or behind code. */
  readonly comments?: CommentStyle;
  /** The files beside it whose variables it reads (`.env`). */
  readonly companions: readonly Companion[];
  /**
   * True for what tells which ports of the machine are wanted, or which files are those of a container: it is read in the
   * worktrees beside the workspace as well.
   */
  readonly countsBeside?: true;
  /** Never throws, whatever the text: what cannot be read becomes a fault or is left out. */
  read(text: string, inputs: ReadInputs): Reading;
}
