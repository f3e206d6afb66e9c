import { canonicalUri } from '../model/file-name';
import { type Choices, noChoices, type Policy, type SettingsFile } from '../model/settings';
import type { Uri } from '../model/snapshot';
import { globTest } from '../syntax/glob';
import { readSettingsFile, settingsFileName } from './settings-file';
import type { TextSource } from './text-source';

/** What the editor, or the call of the command line, settles. */
export interface Surround {
  /** The workspace's folders; settings files are looked for in them and nowhere above. */
  readonly folders: readonly Uri[];
  /** The one folder that messages name files from; absent where it is each of the workspace's. */
  readonly root?: Uri;
  readonly choices: Choices;
  /** By folder: globs from there of what is no part of the workspace. */
  readonly hidden: ReadonlyMap<Uri, readonly string[]>;
}

/** Nothing settled. */
export const noSurround: Surround = { folders: [], choices: noChoices, hidden: new Map() };

/**
 * What is settled by the surroundings and by the settings files in the workspace's folders at one moment: the nearest file
 * upwards goes before the surroundings; what any file above excludes is excluded. A file is read when a place below it
 * is first asked for, and remembered.
 */
export class SettledPolicy implements Policy {
  private readonly tests = new Map<string, (path: readonly string[]) => boolean>();
  private readonly chains = new Map<string, readonly SettingsFile[]>();
  private readonly choices = new Map<SettingsFile, readonly Choices[]>();
  private readonly surroundings: readonly Choices[];
  private readonly excluded = new Map<Uri, boolean>();
  readonly folders: readonly Uri[];
  private readonly insides: readonly string[];
  private readonly hidden: readonly (readonly [folder: string, globs: readonly string[]])[];

  /** `known` holds the settings files by their folder, undefined for a folder that has none. */
  constructor(
    private readonly source: TextSource,
    private readonly surround: Surround,
    private readonly known: Map<string, SettingsFile | undefined> = new Map(),
  ) {
    this.surroundings = [surround.choices];
    this.folders = surround.root === undefined ? surround.folders : [surround.root];
    this.insides = surround.folders.map(asFolder);
    this.hidden = [...surround.hidden].map(([folder, globs]) => [asFolder(folder), globs]);
  }

  get files(): readonly SettingsFile[] {
    return [...this.known.values()].filter((file) => file !== undefined);
  }

  choicesAt(uri: Uri): readonly Choices[] {
    const [nearest] = this.filesAbove(uri);
    if (nearest === undefined) return this.surroundings;
    const known = this.choices.get(nearest) ?? [nearest.choices, this.surround.choices];
    this.choices.set(nearest, known);
    return known;
  }

  /** Whether a file is no part of the workspace. */
  isExcluded(uri: Uri): boolean {
    const known = this.excluded.get(uri);
    if (known !== undefined) return known;
    const path = canonicalUri(uri);
    const says = (folder: string, globs: readonly string[]): boolean =>
      path.startsWith(folder) &&
      globs.some((glob) => this.testOf(glob)(path.slice(folder.length).split('/')));
    const isExcluded =
      this.hidden.some(([folder, globs]) => says(folder, globs)) ||
      this.filesAbove(uri).some((file) => says(folderOf(canonicalUri(file.uri)), file.exclude));
    this.excluded.set(uri, isExcluded);
    return isExcluded;
  }

  /** The policy in other surroundings. */
  within(surround: Surround): SettledPolicy {
    return new SettledPolicy(this.source, surround, new Map(this.known));
  }

  /** The policy with another text of a settings file; without one it is read anew when it is asked for. */
  with(uri: Uri, text: string | undefined): SettledPolicy {
    const known = new Map(this.known);
    const folder = folderOf(canonicalUri(uri));
    if (text === undefined) known.delete(folder);
    else known.set(folder, readSettingsFile(uri, text));
    return new SettledPolicy(this.source, this.surround, known);
  }

  /** The settings files in the folders of a file, the nearest first. */
  private filesAbove(uri: Uri): readonly SettingsFile[] {
    const own = uri.slice(0, uri.lastIndexOf('/') + 1);
    const known = this.chains.get(own);
    if (known !== undefined) return known;
    const found: SettingsFile[] = [];
    for (let folder = own; this.isInside(folder); folder = parentOf(folder)) {
      const file = this.fileIn(folder);
      if (file !== undefined) found.push(file);
    }
    this.chains.set(own, found);
    return found;
  }

  /** Addresses are cut as they are spelled: what is decoded may not lead to the file any more. */
  private fileIn(folder: string): SettingsFile | undefined {
    const key = canonicalUri(folder);
    if (this.known.has(key)) return this.known.get(key);
    const uri = folder + settingsFileName;
    const text = this.source.read(uri);
    const file = text === undefined ? undefined : readSettingsFile(uri, text);
    this.known.set(key, file);
    return file;
  }

  private isInside(folder: string): boolean {
    const path = canonicalUri(folder);
    return path !== '' && this.insides.some((each) => path.startsWith(each));
  }

  private testOf(glob: string): (path: readonly string[]) => boolean {
    const test = this.tests.get(glob) ?? globTest(glob);
    this.tests.set(glob, test);
    return test;
  }
}

/** An address up to its last slash, which is included. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function parentOf(folder: string): string {
  return folderOf(folder.slice(0, -1));
}

function asFolder(uri: Uri): string {
  return `${canonicalUri(uri).replace(/\/$/, '')}/`;
}
