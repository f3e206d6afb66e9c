import type { SourceFile, Uri } from '../model/snapshot';
import type { SettledPolicy } from './policy';

/** The files of a workspace as they were last read. */
export class ReadFiles {
  private readonly files = new Map<Uri, SourceFile>();
  /** What a policy left of them when that was last asked for. */
  private last: { readonly policy: SettledPolicy; readonly files: ReadonlyMap<Uri, SourceFile> } | undefined;
  /** What has been read since. */
  private readonly changed = new Set<Uri>();

  get(uri: Uri): SourceFile | undefined {
    return this.files.get(uri);
  }

  keys(): Iterable<Uri> {
    return this.files.keys();
  }

  values(): Iterable<SourceFile> {
    return this.files.values();
  }

  set(file: SourceFile): void {
    this.files.set(file.uri, file);
    this.changed.add(file.uri);
  }

  /** Answers whether the file was known. */
  delete(uri: Uri): boolean {
    this.last = undefined;
    return this.files.delete(uri);
  }

  /**
   * The files that a policy leaves in the workspace, in the order of their addresses: what is told of them shall not hang on
   * which one was opened, or found, first. After an edit the policy is asked of those alone that the edit changed.
   */
  visible(policy: SettledPolicy): ReadonlyMap<Uri, SourceFile> {
    const known = this.last?.policy === policy ? this.last.files : undefined;
    const visible = new Map(known);
    for (const uri of known === undefined ? this.files.keys() : this.changed) {
      const file = this.files.get(uri);
      if (file !== undefined && !policy.isExcluded(uri)) visible.set(uri, file);
    }
    this.changed.clear();
    // What was known is in order: a file that was read anew stays in its place.
    const files = visible.size === known?.size ? visible : byAddress(visible);
    this.last = { policy, files };
    return files;
  }
}

function byAddress(files: ReadonlyMap<Uri, SourceFile>): ReadonlyMap<Uri, SourceFile> {
  // The spelling decides, as it stands: the order is the same wherever the engine runs.
  return new Map([...files].sort(([, one], [, other]) => (one.address < other.address ? -1 : 1)));
}
