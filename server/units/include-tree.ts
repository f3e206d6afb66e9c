import { folderOf } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { Include } from '../model/include';
import type { SourceFile, Uri } from '../model/snapshot';
import { escapedGlob, fileGlob, isFileGlob } from '../syntax/file-glob';
import { normal } from './paths';

/** How deep files include each other before the search gives up: a loop ends here. */
const deepest = 10;

/**
 * The files that an include names, in the order of their names, as glob(3) answers them. Relative paths count from the
 * folder of `main`, the file that nobody includes (nginx: ngx_conf_full_name).
 */
export type IncludeFinder = (include: Include, main: SourceFile) => readonly SourceFile[];

/** A file with all that it takes in. */
export interface IncludedFile {
  readonly file: SourceFile;
  /** What each of its includes brings in; an include that is not followed is not in it. */
  readonly taken: ReadonlyMap<Include, readonly IncludedFile[]>;
}

/**
 * Finds the blocks that files stand in because another file includes them there: `http` for `conf.d/*.conf`. A file that
 * is included in several places has no answer: what is right in one of them can be wrong in the other.
 *
 * @returns The blocks from the outermost inwards, by the file's address; files that nobody includes are not in it.
 */
export function includedWithin(files: ReadonlyMap<Uri, SourceFile>): ReadonlyMap<Uri, readonly string[]> {
  const including = [...files.values()].filter(({ reading }) => (reading.includes?.length ?? 0) > 0);
  if (including.length === 0) return new Map();
  const find = includeFinder(files.values());
  const found = new Map<Uri, readonly string[] | undefined>();
  const followed = new Set<SourceFile>();
  const isFirst = (file: SourceFile): boolean => !followed.has(file) && followed.add(file).has(file);
  const note = ({ taken }: IncludedFile, around: readonly string[]): void => {
    for (const [include, included] of taken) {
      const within = [...around, ...include.within];
      for (const each of included) {
        const { uri } = each.file;
        const isSame = !found.has(uri) || found.get(uri)?.join() === within.join();
        found.set(uri, isSame ? within : undefined);
        note(each, within);
      }
    }
  };
  for (const main of mainFiles(including, find)) note(includedFile(main, find, isFirst), []);
  const answers = [...found].flatMap(([uri, within]) =>
    within === undefined ? [] : [[uri, within] as const],
  );
  return new Map(answers);
}

/** Those files that none of the others includes; each include is looked at from the folder of its own file. */
export function mainFiles(files: readonly SourceFile[], find: IncludeFinder): readonly SourceFile[] {
  const nested = new Set(
    files.flatMap((file) =>
      (file.reading.includes ?? [])
        .flatMap((include) => find(include, file))
        .filter((included) => included !== file),
    ),
  );
  return files.filter((file) => !nested.has(file));
}

/**
 * A main file with all that it takes in, in the order of the text. A file that includes itself, through others or not,
 * is not followed again.
 *
 * @param follows Asked for each file that includes others, each time it is met: whether its own includes are followed.
 */
export function includedFile(
  main: SourceFile,
  find: IncludeFinder,
  follows: (file: SourceFile) => boolean,
): IncludedFile {
  const around = new Set<SourceFile>();
  const taken = (file: SourceFile): IncludedFile => {
    const includes = file.reading.includes ?? [];
    const isEnd = includes.length === 0 || around.size > deepest || around.has(file) || !follows(file);
    if (isEnd) return { file, taken: new Map() };
    around.add(file);
    const found = includes.map((include) => [include, find(include, main).map(taken)] as const);
    around.delete(file);
    return { file, taken: new Map(found) };
  };
  return taken(main);
}

interface Placed {
  readonly path: string;
  readonly file: SourceFile;
}

/** Looks for files among those that are known; files of another kind than the main file's are none. */
export function includeFinder(files: Iterable<SourceFile>): IncludeFinder {
  const placed = [...files].map((file) => ({ path: file.address, file }));
  const folders = grouped(placed, ({ path }) => folderOf(path));
  const byPath = new Map(placed.map((each) => [each.path, [each]]));
  return ({ pattern }, main) => {
    if (pattern.startsWith('/')) return [];
    const found = isFileGlob(pattern)
      ? globbed(normal(`${escapedGlob(main.folder)}${pattern}`), folders)
      : (byPath.get(normal(`${main.folder}${pattern}`)) ?? []);
    return found.filter(({ file }) => file.dialect === main.dialect).map(({ file }) => file);
  };
}

/** The files that a glob fits, each of its names one of theirs. */
function globbed(wanted: string, folders: ReadonlyMap<string, readonly Placed[]>): readonly Placed[] {
  const names = wanted.split('/');
  const last = names.pop() ?? '';
  const placed = names.some(isFileGlob)
    ? foldersFitting(names, folders)
    : (folders.get(`${names.join('/')}/`) ?? []);
  const isTaken = fileGlob(last);
  return placed
    .filter(({ path }) => isTaken(path.slice(path.lastIndexOf('/') + 1)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function foldersFitting(
  names: readonly string[],
  folders: ReadonlyMap<string, readonly Placed[]>,
): readonly Placed[] {
  const tests = names.map(fileGlob);
  return [...folders].flatMap(([folder, placed]) => {
    const own = folder.split('/');
    const isOne = own.length === tests.length + 1 && tests.every((fits, index) => fits(own[index] ?? ''));
    return isOne ? placed : [];
  });
}
