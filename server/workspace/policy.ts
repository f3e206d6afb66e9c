import { canonicalUri, folderAddress, folderOf } from '../model/file-name';
import { type Choices, noChoices, type Policy, type SettingsFile } from '../model/settings';
import type { Uri } from '../model/snapshot';
import { globTest } from '../syntax/glob';
import { foldersAbove } from './settings-finder';

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
 * upwards goes before the surroundings; what any file above excludes is excluded. It never changes: of a place below which
 * nobody has looked for settings files (`SettingsFinder`), it knows none.
 */
export class SettledPolicy implements Policy {
  readonly files: readonly SettingsFile[];
  readonly folders: readonly Uri[];
  private readonly tests = new Map<string, (path: readonly string[]) => boolean>();
  private readonly chains = new Map<string, readonly SettingsFile[]>();
  private readonly choices = new Map<SettingsFile, readonly Choices[]>();
  private readonly surroundings: readonly Choices[];
  private readonly excluded = new Map<Uri, boolean>();
  private readonly hidden: readonly (readonly [folder: string, globs: readonly string[]])[];

  /** `known` holds the settings files by the canonical address of their folder. */
  constructor(
    private readonly surround: Surround,
    private readonly known: ReadonlyMap<string, SettingsFile>,
  ) {
    this.files = [...known.values()];
    this.surroundings = [surround.choices];
    this.folders = surround.root === undefined ? surround.folders : [surround.root];
    this.hidden = [...surround.hidden].map(([folder, globs]) => [folderAddress(folder), globs]);
  }

  choicesAt(uri: Uri): readonly Choices[] {
    if (this.known.size === 0) return this.surroundings;
    const [nearest] = this.filesAbove(uri);
    if (nearest === undefined) return this.surroundings;
    const known = this.choices.get(nearest) ?? [nearest.choices, this.surround.choices];
    this.choices.set(nearest, known);
    return known;
  }

  /** Whether a file is no part of the workspace. */
  isExcluded(uri: Uri): boolean {
    if (this.known.size === 0 && this.hidden.length === 0) return false;
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

  /** The settings files in the folders of a file, the nearest first. */
  private filesAbove(uri: Uri): readonly SettingsFile[] {
    const own = folderOf(uri);
    const known = this.chains.get(own);
    if (known !== undefined) return known;
    const found = foldersAbove(uri, this.surround.folders).flatMap(
      (folder) => this.known.get(canonicalUri(folder)) ?? [],
    );
    this.chains.set(own, found);
    return found;
  }

  private testOf(glob: string): (path: readonly string[]) => boolean {
    const test = this.tests.get(glob) ?? globTest(glob);
    this.tests.set(glob, test);
    return test;
  }
}
