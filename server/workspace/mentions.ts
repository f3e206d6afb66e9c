import { dialectById } from '../dialects';
import type { Dialect } from '../model/dialect';
import { canonicalUri, pathUri } from '../model/file-name';
import type { SourceFile } from '../model/snapshot';
import type { Uri } from '../model/uri';

/** How many files can lead to each other, each by naming the next. */
const deepest = 10;

/** What following needs to know of the files. */
export interface Following {
  /** Whether a file is known for nothing but that another one names it. */
  isNamed(file: SourceFile): boolean;
  /** Takes in a file that is not known yet; undefined where there is none. */
  read(uri: Uri, dialect: Dialect): SourceFile | undefined;
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
  let open: readonly SourceFile[] = files.filter((file) => !isNamed(file));
  for (let depth = 0; depth < deepest && open.length > 0; depth += 1) {
    const next: SourceFile[] = [];
    for (const { uri: from, reading } of open) {
      for (const { path, dialect: id } of reading.mentions ?? []) {
        const uri = pathUri(from, path);
        const dialect = dialectById(id);
        if (uri === undefined || dialect === undefined || mentioned.has(canonicalUri(uri))) continue;
        mentioned.set(canonicalUri(uri), dialect);
        const file = known.get(canonicalUri(uri)) ?? read(uri, dialect);
        // What is known by itself is followed already.
        if (file !== undefined && isNamed(file)) next.push(file);
      }
    }
    open = next;
  }
  return mentioned;
}
