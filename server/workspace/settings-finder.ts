import { canonicalUri, folderAddress, folderOf } from '../model/file-name';
import type { SettingsFile } from '../model/settings';
import type { Uri } from '../model/snapshot';
import { readSettingsFile, settingsFileName } from './settings-file';
import type { TextSource } from './text-source';

/** The settings files of the workspace: each is read when a place below it is first asked for, and remembered. */
export class SettingsFinder {
  /** By the canonical address of their folder; undefined for a folder that has none. */
  private readonly known = new Map<string, SettingsFile | undefined>();
  /** The folders above which everything is known. */
  private readonly asked = new Set<string>();

  constructor(private readonly source: TextSource) {}

  /** All that are known, by the canonical address of their folder. */
  get files(): ReadonlyMap<string, SettingsFile> {
    const files = [...this.known].flatMap(([folder, file]) =>
      file === undefined ? [] : [[folder, file] as const],
    );
    return new Map(files);
  }

  /** Reads what is not known yet of those above a place, within the workspace's folders; tells whether any was found. */
  lookAbove(uri: Uri, folders: readonly Uri[]): boolean {
    const own = folderOf(uri);
    if (this.asked.has(own)) return false;
    this.asked.add(own);
    let isFound = false;
    for (const folder of foldersAbove(uri, folders)) {
      const key = canonicalUri(folder);
      if (this.known.has(key)) continue;
      const file = folder + settingsFileName;
      const text = this.source.read(file);
      this.known.set(key, text === undefined ? undefined : readSettingsFile(file, text));
      isFound ||= text !== undefined;
    }
    return isFound;
  }

  /** Takes in the text of a settings file; without one it is read anew when a place below it is asked for. */
  update(uri: Uri, text: string | undefined): void {
    const folder = canonicalUri(folderOf(uri));
    if (text === undefined) this.known.delete(folder);
    else this.known.set(folder, readSettingsFile(uri, text));
    this.askAnew();
  }

  /** Forgets whom it was asked for, but no file: other folders can belong to the workspace now. */
  askAnew(): void {
    this.asked.clear();
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
