import { grouped } from './grouped';
import { remembered, type Snapshot, type SourceFile } from './snapshot';

/** Files by where they lie. */
export interface FileIndex {
  /** All of them, in the order in which they were given. */
  readonly files: readonly SourceFile[];
  /** The file of a canonical address. */
  at(address: string): SourceFile | undefined;
  /** The files that lie right in one of the folders, in the same order. */
  within(folders: ReadonlySet<string>): readonly SourceFile[];
}

/** The files of a snapshot; while nothing comes and nothing goes, where they lie stays known. */
export function fileIndex(snapshot: Snapshot): FileIndex {
  return remembered(snapshot, indexAfter, undefined);
}

/** Finds out where files lie. */
export function indexed(files: readonly SourceFile[]): FileIndex {
  return indexWith(files, placesIn(files));
}

/** Where in a list the files stand that lie somewhere. */
interface Places {
  readonly byAddress: ReadonlyMap<string, number>;
  readonly byFolder: ReadonlyMap<string, readonly number[]>;
}

interface KnownIndex extends FileIndex {
  readonly places: Places;
}

function indexAfter({ files }: Snapshot, before: KnownIndex | undefined): KnownIndex {
  const now = [...files.values()];
  const isInPlace =
    before?.files.length === now.length &&
    before.files.every((file, index) => file === now[index] || file.address === now[index]?.address);
  return indexWith(now, before !== undefined && isInPlace ? before.places : placesIn(now));
}

function indexWith(files: readonly SourceFile[], places: Places): KnownIndex {
  const { byAddress, byFolder } = places;
  return {
    ...{ files, places },
    at: (address) => files[byAddress.get(address) ?? -1],
    within: (folders) => {
      const found = [...folders].flatMap((folder) => byFolder.get(folder) ?? []).sort((a, b) => a - b);
      return found.flatMap((index) => files[index] ?? []);
    },
  };
}

function placesIn(files: readonly SourceFile[]): Places {
  return {
    byAddress: new Map(files.map(({ address }, index) => [address, index])),
    byFolder: grouped(files.keys(), (index) => files[index]?.folder ?? ''),
  };
}
