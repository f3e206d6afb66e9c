import type { SourceFile, Uri } from '../model/snapshot';

/**
 * Files by their URI, folder by folder, each folder in front of those in it: what is told of them shall not hang on which
 * one was opened, or found, first. It never changes; who types replaces one of thousands at every key, and where the others stand is not
 * written down anew for that.
 */
export class FilesInOrder implements ReadonlyMap<Uri, SourceFile> {
  private constructor(
    private readonly list: readonly SourceFile[],
    private readonly places: ReadonlyMap<Uri, number>,
  ) {}

  static of(files: Iterable<SourceFile>): FilesInOrder {
    const list = [...files].sort(
      (one, other) => bySpelling(one.folder, other.folder) || bySpelling(one.address, other.address),
    );
    return new FilesInOrder(list, new Map(list.map(({ uri }, index) => [uri, index])));
  }

  /** The same files with some of them as they are now; those that are new here get their place. */
  with(changed: readonly SourceFile[]): FilesInOrder {
    if (changed.length === 0) return this;
    if (changed.some(({ uri }) => !this.has(uri))) {
      const now = new Map([...this, ...changed.map((file) => [file.uri, file] as const)]);
      return FilesInOrder.of(now.values());
    }
    const list = [...this.list];
    for (const file of changed) list[this.places.get(file.uri) ?? list.length] = file;
    return new FilesInOrder(list, this.places);
  }

  get size(): number {
    return this.list.length;
  }

  get(uri: Uri): SourceFile | undefined {
    const place = this.places.get(uri);
    return place === undefined ? undefined : this.list[place];
  }

  has(uri: Uri): boolean {
    return this.places.has(uri);
  }

  keys(): MapIterator<Uri> {
    return this.places.keys();
  }

  values(): MapIterator<SourceFile> {
    return this.list.values();
  }

  entries(): MapIterator<[Uri, SourceFile]> {
    return this.list.map((file): [Uri, SourceFile] => [file.uri, file]).values();
  }

  [Symbol.iterator](): MapIterator<[Uri, SourceFile]> {
    return this.entries();
  }

  forEach(use: (file: SourceFile, uri: Uri, files: ReadonlyMap<Uri, SourceFile>) => void): void {
    for (const file of this.list) use(file, file.uri, this);
  }
}

/** As the characters stand, so that the order is the same wherever the engine runs. */
function bySpelling(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
