import { canonicalUri, folderAddress, folderOf } from '../model/file-name';
import type { SettingsFile } from '../model/settings';
import type { Uri } from '../model/snapshot';
import { noSurround, SettledPolicy, type Surround } from './policy';
import { readSettingsFile, settingsFileName } from './settings-file';
import type { TextSource } from './text-source';

/**
 * The settings files of the workspace: each is read when a place below it is first asked for, and remembered. With what
 * surrounds the workspace they make the policy that holds now; whatever changes makes a new one.
 */
export class SettingsFinder {
  /** By the canonical address of their folder; undefined for a folder that has none. */
  private readonly known = new Map<string, SettingsFile | undefined>();
  /** The folders above which everything is known. */
  private readonly asked = new Set<string>();
  private surround = noSurround;
  private current: SettledPolicy | undefined;

  constructor(private readonly source: TextSource) {}

  /** What is settled now. Of a place that nobody has looked above it knows no settings file. */
  get policy(): SettledPolicy {
    this.current ??= new SettledPolicy(this.surround, this.files());
    return this.current;
  }

  /** Takes what the editor, or the call of the command line, settles. */
  settle(surround: Surround): void {
    this.surround = surround;
    this.askAnew();
  }

  /** Reads what is not known yet of those above a place, within the workspace's folders. */
  lookAbove(uri: Uri): void {
    const own = folderOf(uri);
    if (this.asked.has(own)) return;
    this.asked.add(own);
    for (const folder of foldersAbove(uri, this.surround.folders)) {
      const key = canonicalUri(folder);
      if (this.known.has(key)) continue;
      const file = folder + settingsFileName;
      const text = this.source.read(file);
      this.known.set(key, text === undefined ? undefined : readSettingsFile(file, text));
      if (text !== undefined) this.current = undefined;
    }
  }

  /** Takes in the text that a settings file has now; without one it is read anew when a place below it is asked for. */
  update(uri: Uri, text: string | undefined): void {
    const folder = canonicalUri(folderOf(uri));
    if (text === undefined) this.known.delete(folder);
    else this.known.set(folder, readSettingsFile(uri, text));
    this.askAnew();
    // What holds for the file itself may be settled above it.
    if (text !== undefined) this.lookAbove(uri);
  }

  /** Forgets whom it was asked for, but no file: other folders can belong to the workspace now. */
  private askAnew(): void {
    this.asked.clear();
    this.current = undefined;
  }

  /** All that are known, by the canonical address of their folder. */
  private files(): ReadonlyMap<string, SettingsFile> {
    const files = [...this.known].flatMap(([folder, file]) =>
      file === undefined ? [] : [[folder, file] as const],
    );
    return new Map(files);
  }
}

/**
 * The folders that a file lies in, from its own up to the workspace's; each with a slash at the end. They are spelled as
 * the address is: what is decoded may not lead to the file any more.
 */
export function foldersAbove(uri: Uri, folders: readonly Uri[]): readonly string[] {
  const roots = folders.map(folderAddress);
  const above: string[] = [];
  for (let folder = folderOf(uri); isInside(folder, roots); folder = folderOf(folder.slice(0, -1)))
    above.push(folder);
  return above;
}

function isInside(folder: string, roots: readonly string[]): boolean {
  const path = canonicalUri(folder);
  return path !== '' && roots.some((each) => path.startsWith(each));
}
