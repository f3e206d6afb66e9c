import { dialectById } from '../dialects';
import type { Dialect } from '../model/dialect';
import { canonicalUri, folderOf, pathUri } from '../model/file-name';
import type { SourceFile } from '../model/snapshot';
import type { Uri } from '../model/uri';

/** How many files can lead to each other, each by naming the next. */
const deepest = 10;

/** How many files are followed, counted anew for each folder that the paths in them count from. */
const most = 20_000;

/** What following needs to know of the files. */
export interface Following {
  /** Whether a file is known for nothing but that another one names it. */
  isNamed(file: SourceFile): boolean;
  /** Takes in a file that is not known yet; undefined where there is none. */
  read(uri: Uri, dialect: Dialect): SourceFile | undefined;
}

/** A file, and the address in whose folder its paths begin: whoever names it says which. */
interface Followed {
  readonly file: SourceFile;
  readonly base: Uri;
}

/**
 * Goes from the files that are known by themselves to those that they name, and on to those that these name.
 *
 * @returns What is named, by its canonical address, be it there or not; and how it is read.
 */
export function followMentions(
  files: readonly SourceFile[],
  { isNamed, read }: Following,
): ReadonlyMap<string, Dialect> {
  const known = new Map(files.map((file) => [file.address, file]));
  const mentioned = new Map<string, Dialect>();
  const seen = new Set<string>();
  let open: readonly Followed[] = files
    .filter((file) => !isNamed(file))
    .map((file) => ({ file, base: file.uri }));
  for (let depth = 0; depth < deepest && open.length > 0; depth += 1) {
    const next: Followed[] = [];
    for (const { file: from, base } of open) {
      for (const { path, from: folder, dialect: id } of from.reading.mentions ?? []) {
        const uri = pathUri(base, path);
        const place = folder === undefined ? uri : pathUri(base, `${folder}/-`);
        const dialect = dialectById(id);
        if (uri === undefined || place === undefined || dialect === undefined) continue;
        const address = canonicalUri(uri);
        const key = `${address} ${folderOf(canonicalUri(place))}`;
        if (seen.has(key) || seen.size > most) continue;
        seen.add(key);
        if (!mentioned.has(address)) mentioned.set(address, dialect);
        const file = known.get(address) ?? read(uri, dialect);
        if (file === undefined) continue;
        known.set(address, file);
        next.push({ file, base: place });
      }
    }
    open = next;
  }
  return mentioned;
}

/** Tells whether two versions of a file include and name the same files, wherever in the text they do so. */
export function leadsSame(one: SourceFile, other: SourceFile): boolean {
  const told = ({ reading }: SourceFile): string =>
    JSON.stringify([
      reading.includes?.map(({ pattern, within }) => [pattern, ...within]) ?? [],
      reading.mentions ?? [],
    ]);
  return told(one) === told(other);
}
