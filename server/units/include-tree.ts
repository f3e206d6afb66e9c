import { fitsPattern } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { Include } from '../model/port';
import type { SourceFile, Uri } from '../model/snapshot';
import { folderOf, normal } from './paths';

/** How deep files include each other before the search gives up: a loop ends here. */
const deepest = 10;

/**
 * Finds the blocks that files stand in because another file includes them there: `http` for `conf.d/*.conf`. Relative
 * paths count from the folder of the main file, the one that nobody includes (nginx: ngx_conf_full_name). A file that
 * is included in several places has no answer: what is right in one of them can be wrong in the other.
 *
 * @returns The blocks from the outermost inwards, by the file's address; files that nobody includes are not in it.
 */
export function includedWithin(files: ReadonlyMap<Uri, SourceFile>): ReadonlyMap<Uri, readonly string[]> {
  const including = [...files.values()].filter(({ reading }) => (reading.includes?.length ?? 0) > 0);
  if (including.length === 0) return new Map();
  const folders = byFolder(files);
  const found = new Map<Uri, readonly string[] | undefined>();
  const follow = (file: SourceFile, root: string, around: readonly string[], depth: number): void => {
    for (const include of depth > deepest ? [] : (file.reading.includes ?? [])) {
      const within = [...around, ...include.within];
      for (const included of matching(include, root, file.dialect, folders)) {
        const earlier = found.get(included.uri);
        const isNew = !found.has(included.uri);
        if (isNew) found.set(included.uri, within);
        else if (earlier?.join() !== within.join()) found.set(included.uri, undefined);
        if (isNew) follow(included, root, within, depth + 1);
      }
    }
  };
  const nested = new Set(
    including.flatMap((file) =>
      (file.reading.includes ?? [])
        .flatMap((include) => matching(include, folderOf(file.address), file.dialect, folders))
        .filter((included) => included !== file),
    ),
  );
  for (const file of including.filter((each) => !nested.has(each))) {
    follow(file, folderOf(file.address), [], 0);
  }
  const answers = [...found].flatMap(([uri, within]) =>
    within === undefined ? [] : [[uri, within] as const],
  );
  return new Map(answers);
}

interface Placed {
  readonly path: string;
  readonly file: SourceFile;
}

function byFolder(files: ReadonlyMap<Uri, SourceFile>): ReadonlyMap<string, readonly Placed[]> {
  const placed = [...files.values()].map((file) => ({ path: file.address, file }));
  return grouped(placed, ({ path }) => folderOf(path));
}

/** The files that an include names, seen from the folder `root`. */
function matching(
  { pattern }: Include,
  root: string,
  dialect: string,
  folders: ReadonlyMap<string, readonly Placed[]>,
): readonly SourceFile[] {
  if (pattern.startsWith('/')) return [];
  const wanted = normal(`${root}${pattern}`);
  const folder = folderOf(wanted);
  const depth = folder.split('/').length;
  // A star does not reach into the folders below (glob(3)).
  const placed = folder.includes('*')
    ? [...folders].flatMap(([path, each]) =>
        path.split('/').length === depth && fitsPattern(path, folder) ? each : [],
      )
    : (folders.get(folder) ?? []);
  return placed
    .filter(({ path, file }) => file.dialect === dialect && fitsPattern(path, wanted))
    .map(({ file }) => file);
}
