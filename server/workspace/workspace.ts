import { couldBeOurs, dialectOf } from '../dialects';
import type { Dialect } from '../model/dialect';
import { baseName, canonicalUri, folderAddress } from '../model/file-name';
import { emptyReading } from '../model/reading';
import { type Snapshot, type SourceFile, sourceFile, type Uri } from '../model/snapshot';
import { includedWithin } from '../units/include-tree';
import { Companions, isCompanion } from './companions';
import { LastMade } from './last-made';
import { limitedFaults } from './limited-faults';
import { followMentions, leadsSame } from './mentions';
import type { Surround } from './policy';
import { ReadFiles } from './read-files';
import { isSettingsFile } from './settings-file';
import { SettingsFinder } from './settings-finder';
import type { TextSource } from './text-source';

/** Texts longer than this many UTF-16 code units are not read: no file that a person keeps is that long. */
export const longestText = 4 * 1024 * 1024;

/** What became of a text that was handed in. */
export type Update = 'read' | 'not ours' | 'too long';

/**
 * The texts of the workspace and what was read in them. Every change makes a new
 * snapshot; an old one stays as it was.
 */
export class Workspace {
  private readonly files = new ReadFiles();
  private current: Snapshot | undefined;
  /** The blocks that other files put a file in, as they were when it was read. */
  private within: ReadonlyMap<Uri, readonly string[]> = new Map();
  /** Whether a file came or went, or includes others than before: only then can files stand in other blocks. */
  private isMoved = false;
  private readonly dialects = new Map<Uri, Dialect>();
  private readonly companions = new Companions((uri) => this.latestText(uri));
  /** What other files name, by its canonical address, be it there or not; and how it is read. It never changes itself. */
  mentioned: ReadonlyMap<string, Dialect> = new Map();
  /** Where texts come from, by the canonical address; what an editor has open is here even where it is none of ours. */
  private readonly origins = new Map<string, Origin>();
  private readonly settings: SettingsFinder;
  private isWhole = true;
  private readonly memory = new LastMade();

  /** `source` is asked for companion files (`.env`), settings files, and for files that no editor has open. */
  constructor(private readonly source: TextSource) {
    this.settings = new SettingsFinder(source);
  }

  /** The workspace as it is now; made when it is asked for, so that many changes cost one copy. */
  get snapshot(): Snapshot {
    if (this.current === undefined || this.current.policy !== this.settings.policy) {
      if (this.isMoved) {
        this.readMentioned();
        this.readSettings();
        this.readIncluded();
      }
      this.current = {
        files: this.files.visible(this.settings.policy),
        policy: this.settings.policy,
        ...(!this.isWhole && { isPartial: true as const }),
        memory: this.memory,
      };
    }
    return this.current;
  }

  /** Takes note whether all files of the workspace have been handed in. */
  setWhole(isWhole: boolean): void {
    this.isWhole = isWhole;
    this.current = undefined;
  }

  /** Takes what the editor, or the call of the command line, settles. */
  settle(surround: Surround): void {
    this.settings.settle(surround);
    this.resettle();
  }

  /** Whether settings leave the file out of the workspace. */
  isExcluded(uri: Uri): boolean {
    this.settings.lookAbove(uri);
    return this.settings.policy.isExcluded(uri);
  }

  /** Takes in a document's text, new or changed. `languageId` is the editor's, where there is an editor. */
  update(uri: Uri, text: string, languageId?: string): Update {
    if (isSettingsFile(uri)) return this.openSettings(uri, text);
    const address = canonicalUri(uri);
    const own = dialectOf(uri, languageId, text);
    const dialect = own ?? this.mentioned.get(address);
    this.forgetClosed(uri);
    this.origins.set(address, { uri, opened: text, isNamed: own === undefined && dialect !== undefined });
    const outcome = dialect === undefined ? this.drop(uri, 'not ours') : this.updateAs(dialect, uri, text);
    this.companionChanged(uri);
    return outcome;
  }

  /** Takes in the text of a file on disk; the text that an editor has of it goes before. */
  found(uri: Uri, text: string): Update {
    const dialect = dialectOf(uri, undefined, text);
    if (dialect === undefined) return 'not ours';
    if (this.isOpen(uri)) return 'read';
    this.forgetClosed(uri);
    this.origins.set(canonicalUri(uri), { uri, isNamed: false });
    return this.updateAs(dialect, uri, text.replace(/^\uFEFF/, ''));
  }

  /** A file was made, changed or deleted on disk, or its editor was closed: it is read anew, or forgotten. */
  fileChanged(uri: Uri): void {
    if (this.isOpen(uri)) return;
    if (isSettingsFile(uri)) {
      this.updateSettings(uri, undefined);
      return;
    }
    const isNamed = this.origins.get(canonicalUri(uri))?.isNamed;
    this.forgetClosed(uri);
    if (this.isMentioned(uri)) {
      this.isMoved = true;
      this.current = undefined;
    }
    // What is there because others name it is read when they are followed again.
    const text = isNamed || !couldBeOurs(uri) ? undefined : this.source.read(uri);
    if (text !== undefined) this.found(uri, text);
  }

  /** Whether another file names the file, be it there or not. */
  isMentioned(uri: Uri): boolean {
    return this.mentioned.has(canonicalUri(uri));
  }

  /** Takes in a document's text as a kind of file that the caller has settled on. */
  updateAs(dialect: Dialect, uri: Uri, text: string): Update {
    if (text.length > longestText) return this.drop(uri, 'too long');
    this.dialects.set(uri, dialect);
    const before = this.files.get(uri);
    // Should a reader fail, nothing of the old text is told of the new one.
    this.set(sourceFile({ uri, text, dialect: dialect.id, reading: emptyReading }));
    const after = this.read(dialect, uri, text, before);
    this.set(after);
    this.isMoved ||= before?.dialect !== dialect.id || !leadsSame(before, after);
    return 'read';
  }

  /** Forgets a document: its editor was closed. */
  remove(uri: Uri): void {
    this.origins.delete(canonicalUri(uri));
    if (isSettingsFile(uri)) {
      this.updateSettings(uri, undefined);
      return;
    }
    this.drop(uri, 'not ours');
    this.companionChanged(uri);
  }

  /**
   * A companion file was made, changed or deleted, on disk or in its editor: answers the documents that were read anew
   * because of it.
   */
  companionChanged(companion: Uri): readonly Uri[] {
    // Nobody has asked for it since it last changed: whoever reads it does so after this change.
    if (!this.companions.forget(companion)) return [];
    return [...this.files.values()].flatMap((file) => {
      const dialect = this.dialects.get(file.uri);
      if (dialect === undefined || !isCompanion(companion, file.uri, dialect)) return [];
      this.set(this.read(dialect, file.uri, file.text, file));
      return [file.uri];
    });
  }

  private read(dialect: Dialect, uri: Uri, text: string, before: SourceFile | undefined): SourceFile {
    // What a reader keeps for itself is handed back to that same reader only.
    const previous = before?.dialect === dialect.id ? before.reading : undefined;
    const within = this.within.get(uri);
    const variables = this.companions.variablesFor(uri, dialect);
    const inputs = { name: baseName(uri), variables, ...(within && { within }) };
    const reading = limitedFaults(
      dialect.read(text, previous === undefined ? inputs : { ...inputs, previous }),
    );
    const isVaried = dialect.companions.length > 0;
    return sourceFile({
      ...{ uri, text, dialect: dialect.id, reading, variables },
      ...(isVaried && {
        read: (others) => limitedFaults(dialect.read(text, { ...inputs, variables: others })),
      }),
    });
  }

  /**
   * What another file names is of our concern, whatever it is called and wherever it lies; once nobody names it any more,
   * it is not.
   */
  private readMentioned(): void {
    this.mentioned = followMentions([...this.files.values()], {
      isNamed: ({ address }) => this.origins.get(address)?.isNamed === true,
      read: (uri, dialect) => this.readNamed(uri, dialect),
    });
    for (const [address, origin] of [...this.origins]) {
      if (!origin.isNamed || this.mentioned.has(address)) continue;
      if (origin.opened === undefined) this.origins.delete(address);
      else this.origins.set(address, { ...origin, isNamed: false });
      this.drop(origin.uri, 'not ours');
    }
  }

  private readNamed(uri: Uri, dialect: Dialect): SourceFile | undefined {
    const text = this.latestText(uri);
    if (text === undefined) return undefined;
    const address = canonicalUri(uri);
    const origin = { ...(this.origins.get(address) ?? { uri }), isNamed: true };
    this.origins.set(address, origin);
    this.updateAs(dialect, origin.uri, text.replace(/^\uFEFF/, ''));
    return this.files.get(origin.uri);
  }

  /** What another file includes is read as standing where it is included, as soon as both are known. */
  private readIncluded(): void {
    this.isMoved = false;
    const before = this.within;
    this.within = includedWithin(this.files.visible(this.settings.policy));
    for (const uri of new Set([...before.keys(), ...this.within.keys()])) {
      const file = this.files.get(uri);
      const dialect = this.dialects.get(uri);
      const isSame = before.get(uri)?.join() === this.within.get(uri)?.join();
      if (file === undefined || dialect === undefined || isSame) continue;
      this.set(this.read(dialect, uri, file.text, undefined));
    }
  }

  /** The settings of a place are read before a snapshot has it: a policy itself reads nothing. */
  private readSettings(): void {
    for (const uri of this.files.keys()) this.settings.lookAbove(uri);
  }

  private openSettings(uri: Uri, text: string): Update {
    this.origins.set(canonicalUri(uri), { uri, opened: text, isNamed: false });
    if (text.length > longestText) return 'too long';
    this.updateSettings(uri, text);
    return 'read';
  }

  private updateSettings(uri: Uri, text: string | undefined): void {
    this.settings.update(uri, text);
    this.resettle();
  }

  /** With other files in the workspace, includes can lead elsewhere. */
  private resettle(): void {
    this.current = undefined;
    this.isMoved = true;
  }

  /** The text of a file beside another: what an editor has of it goes before the disk. */
  private latestText(uri: Uri): string | undefined {
    const opened = this.origins.get(canonicalUri(uri))?.opened;
    if (opened === undefined) return this.source.read(uri);
    return opened.length > longestText ? undefined : opened;
  }

  /** A folder is gone with all that is in it; what an editor has open stays until it is closed. */
  folderGone(folder: Uri): void {
    for (const uri of this.closedBelow(folder)) this.forgetClosed(uri);
  }

  /** A folder changed on disk as a whole; answers whether any file in it was known. */
  folderChanged(folder: Uri): boolean {
    const inside = this.closedBelow(folder);
    for (const uri of inside) this.fileChanged(uri);
    return inside.length > 0;
  }

  private closedBelow(folder: Uri): readonly Uri[] {
    const path = folderAddress(folder);
    return [...this.origins].flatMap(([address, { uri, opened }]) =>
      opened === undefined && address.startsWith(path) ? [uri] : [],
    );
  }

  private isOpen(uri: Uri): boolean {
    return this.origins.get(canonicalUri(uri))?.opened !== undefined;
  }

  private forgetClosed(uri: Uri): void {
    const address = canonicalUri(uri);
    const found = this.origins.get(address);
    if (found === undefined || found.opened !== undefined) return;
    this.origins.delete(address);
    this.drop(found.uri, 'not ours');
  }

  private set(file: SourceFile): void {
    this.files.set(file);
    this.current = undefined;
  }

  private drop(uri: Uri, outcome: Update): Update {
    this.dialects.delete(uri);
    const wasKnown = this.files.delete(uri);
    this.isMoved ||= wasKnown;
    this.current = undefined;
    return outcome;
  }
}

/** Where the text of a file comes from. */
interface Origin {
  /** As whoever handed the file in spells it. */
  readonly uri: Uri;
  /** What an editor has; undefined where the file was found on disk. */
  readonly opened?: string;
  /** Whether it is ours for nothing but that another file names it. */
  readonly isNamed: boolean;
}
