import type { SourceFile, Uri } from '../model/snapshot';
import { FilesInOrder } from './files-in-order';
import type { SettledPolicy } from './policy';

/** The files of a workspace as they were last read. */
export class ReadFiles {
  private readonly files = new Map<Uri, SourceFile>();
  /** What a policy left of them when that was last asked for. */
  private last: { readonly policy: SettledPolicy; readonly files: FilesInOrder } | undefined;
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

  /** The files that a policy leaves in the workspace; after an edit it is asked of those alone that the edit changed. */
  visible(policy: SettledPolicy): FilesInOrder {
    const left = (file: SourceFile | undefined): readonly SourceFile[] =>
      file === undefined || policy.isExcluded(file.uri) ? [] : [file];
    const files =
      this.last?.policy === policy
        ? this.last.files.with([...this.changed].flatMap((uri) => left(this.files.get(uri))))
        : FilesInOrder.of([...this.files.values()].flatMap(left));
    this.changed.clear();
    this.last = { policy, files };
    return files;
  }
}
