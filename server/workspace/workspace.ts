import { dialectOf } from '../dialects';
import type { Dialect, Variables } from '../model/dialect';
import { baseName, siblingUri } from '../model/file-name';
import { emptyReading } from '../model/port';
import type { Snapshot, SourceFile, Uri } from '../model/snapshot';
import type { TextSource } from './text-source';

/** Texts longer than this many UTF-16 code units are not read: no file that a person keeps is that long. */
export const longestText = 4 * 1024 * 1024;

/** What became of a text that was handed in. */
export type Update = 'read' | 'not ours' | 'too long';

/**
 * The texts of the workspace and what was read in them: the only state of the engine. Every change makes a new
 * snapshot; an old one stays as it was.
 */
export class Workspace {
  private readonly files = new Map<Uri, SourceFile>();
  private current: Snapshot | undefined;
  private readonly dialects = new Map<Uri, Dialect>();
  private readonly companions = new Map<Uri, Variables>();

  /** `source` is asked for companion files (`.env`), never for the documents themselves. */
  constructor(private readonly source: TextSource) {}

  /** The workspace as it is now; made when it is asked for, so that many changes cost one copy. */
  get snapshot(): Snapshot {
    this.current ??= { files: new Map(this.files) };
    return this.current;
  }

  /** Takes in a document's text, new or changed. `languageId` is the editor's, where there is an editor. */
  update(uri: Uri, text: string, languageId?: string): Update {
    const dialect = dialectOf(uri, languageId);
    if (dialect === undefined) return this.drop(uri, 'not ours');
    return this.updateAs(dialect, uri, text);
  }

  /** Takes in a document's text as a kind of file that the caller has settled on. */
  updateAs(dialect: Dialect, uri: Uri, text: string): Update {
    if (text.length > longestText) return this.drop(uri, 'too long');
    this.dialects.set(uri, dialect);
    const before = this.files.get(uri);
    // Should a reader fail, nothing of the old text is told of the new one.
    this.set({ uri, text, dialect: dialect.id, reading: emptyReading });
    this.set(this.read(dialect, uri, text, before));
    return 'read';
  }

  /** Forgets a document. */
  remove(uri: Uri): void {
    this.drop(uri, 'not ours');
  }

  /** A companion file was made, changed or deleted: answers the documents that were read anew because of it. */
  companionChanged(companion: Uri): readonly Uri[] {
    this.companions.delete(companion);
    const affected = [...this.files.values()].filter(({ uri }) => this.companionsOf(uri).includes(companion));
    for (const file of affected) {
      const dialect = this.dialects.get(file.uri);
      if (dialect !== undefined) this.set(this.read(dialect, file.uri, file.text, file));
    }
    return affected.map(({ uri }) => uri);
  }

  private read(dialect: Dialect, uri: Uri, text: string, before: SourceFile | undefined): SourceFile {
    // What a reader keeps for itself is handed back to that same reader only.
    const previous = before?.dialect === dialect.id ? before.reading : undefined;
    const inputs = { name: baseName(uri), variables: this.variablesFor(uri) };
    const reading = dialect.read(text, previous === undefined ? inputs : { ...inputs, previous });
    return { uri, text, dialect: dialect.id, reading };
  }

  private variablesFor(uri: Uri): Variables {
    const merged = new Map<string, string | undefined>();
    for (const companion of this.dialects.get(uri)?.companions ?? []) {
      const beside = siblingUri(uri, companion.name);
      const variables = this.companions.get(beside) ?? companion.read(this.source.read(beside) ?? '');
      this.companions.set(beside, variables);
      for (const [name, value] of variables) merged.set(name, value);
    }
    return merged;
  }

  private companionsOf(uri: Uri): readonly Uri[] {
    return (this.dialects.get(uri)?.companions ?? []).map(({ name }) => siblingUri(uri, name));
  }

  private set(file: SourceFile): void {
    this.files.set(file.uri, file);
    this.current = undefined;
  }

  private drop(uri: Uri, outcome: Update): Update {
    this.dialects.delete(uri);
    this.files.delete(uri);
    this.current = undefined;
    return outcome;
  }
}
