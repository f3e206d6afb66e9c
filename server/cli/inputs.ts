import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  couldBeOurs,
  deepestFolder,
  dialectOf,
  disk,
  longestText,
  noSurround,
  skippedFolders,
  Workspace,
} from '../engine';
import type { Dialect } from '../model/dialect';
import type { Snapshot, Uri } from '../model/snapshot';
import { type Arguments, UsageError } from './arguments';
import { placesIn } from './positions';

/** The files of a call, read. */
export interface Inputs {
  readonly snapshot: Snapshot;
  /** The files in the order in which they were named or found, each with the name to print. */
  readonly files: readonly { readonly uri: Uri; readonly name: string }[];
  /** What could not be read, one sentence each; settings files that cannot be followed, with the place. */
  readonly problems: readonly string[];
  /** Any file's name as it is printed: its path from the folder of the call, the whole path outside of it. */
  nameOf(uri: Uri): string;
}

/**
 * Reads every file that the arguments name; folders are searched, symbolic links in them are not followed. What a settings
 * file excludes is left out, named or not: who checks the files of a commit names them all. Settings files count from
 * the folder of the call downwards, for what lies elsewhere from the path that was named.
 */
export function readInputs({
  paths,
  root = '.',
  dialect,
}: Pick<Arguments, 'paths' | 'root' | 'dialect'>): Inputs {
  const problems: string[] = [];
  const files = new Map<Uri, string>();
  const workspace = new Workspace(disk((message) => problems.push(message)));
  const base = resolve(root);
  if (!isFolder(base)) throw new UsageError(`${root} is no folder`);
  const named = paths.filter((path) => path !== '-').map((path) => resolve(base, path));
  const folders = [base, ...named.map((path) => (isFolder(path) ? path : dirname(path)))];
  workspace.settle({
    ...noSurround,
    folders: folders.map((path) => pathToFileURL(path).href),
    root: pathToFileURL(base).href,
  });
  // Of files that are named one by one nobody knows what lies beside them.
  workspace.setWhole(paths.length === 0 || named.some((path) => isFolder(path) && isWithin(base, path)));
  const nameOf = (uri: Uri): string => nameFrom(base, uri);

  const take = (uri: Uri, name: string, kind: Dialect, text: string): void => {
    if (workspace.updateAs(kind, uri, text.replace(/^\uFEFF/, '')) === 'too long') {
      problems.push(`${name} is longer than ${longestText} characters`);
    } else {
      files.set(uri, name);
    }
  };
  /** Of a folder, files of other kinds are no news; one that was named is. */
  const takeText = (uri: Uri, name: string, text: string, isNamed: boolean): void => {
    const kind = dialect ?? dialectOf(uri, undefined, text);
    if (kind !== undefined) take(uri, name, kind, text);
    else if (isNamed)
      problems.push(`${name} is no kind of file that Portolan knows by its name; say which with --as`);
  };
  const takeFile = (path: string, isNamed: boolean): void => {
    const uri = pathToFileURL(path).href;
    if (workspace.isExcluded(uri)) return;
    const name = nameOf(uri);
    try {
      const stats = statSync(path);
      if (!stats.isFile()) problems.push(`${name} is no file`);
      else if (stats.size > longestText * 4) problems.push(`${name} is too large`);
      else takeText(uri, name, readFileSync(path, 'utf8'), isNamed);
    } catch (error) {
      problems.push(`${name} cannot be read: ${(error as Error).message}`);
    }
  };

  for (const path of paths.length === 0 ? ['.'] : paths) {
    if (path === '-') {
      if (dialect === undefined)
        throw new UsageError('standard input needs --as to say what kind of file it is');
      take(standardInput, '-', dialect, readFileSync(0, 'utf8'));
      continue;
    }
    const full = resolve(base, path);
    if (isFolder(full)) {
      for (const found of search(full, 0, problems)) {
        if (couldBeOurs(pathToFileURL(found).href)) takeFile(found, false);
      }
      continue;
    }
    if (statSync(full, { throwIfNoEntry: false }) === undefined) problems.push(`${path} is not there`);
    else takeFile(full, true);
  }
  const { snapshot } = workspace;
  // What the files of a folder name is told of as well, whatever it is called.
  const searched = paths.length === 0 ? [base] : named.filter(isFolder);
  for (const uri of snapshot.files.keys()) {
    if (files.has(uri) || uri === standardInput) continue;
    if (searched.some((folder) => isWithin(fileURLToPath(uri), folder))) files.set(uri, nameOf(uri));
  }
  return {
    snapshot,
    files: [...files].map(([uri, name]) => ({ uri, name })),
    problems: [...problems, ...settingsProblems(snapshot, nameOf)],
    nameOf,
  };
}

function settingsProblems({ policy }: Snapshot, nameOf: (uri: Uri) => string): readonly string[] {
  return (policy?.files ?? []).flatMap(({ uri, text, faults }) => {
    const place = placesIn(text);
    return faults.map(({ span, message }) => {
      const { line, column } = place(span);
      return `${nameOf(uri)}:${line}:${column}: ${message}`;
    });
  });
}

/** Whether a path is the folder or lies in it. */
function isWithin(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith('..') && !isAbsolute(inside);
}

function nameFrom(base: string, uri: Uri): string {
  if (uri === standardInput) return '-';
  const path = fileURLToPath(uri);
  // What lies outside the folder keeps its whole path.
  return isWithin(path, base) ? relative(base, path).split(sep).join('/') : path;
}

const standardInput: Uri = 'stdin:/';

/** The files below a folder, by name; a folder that cannot be listed is a problem, and the search goes on. */
function* search(folder: string, depth: number, problems: string[]): Iterable<string> {
  if (depth > deepestFolder) {
    problems.push(`${folder} lies too deep to be searched`);
    return;
  }
  for (const entry of entriesOf(folder, problems)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) yield* search(path, depth + 1, problems);
    else if (entry.isFile()) yield path;
  }
}

function entriesOf(folder: string, problems: string[]): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problems.push(`${folder} cannot be read: ${(error as Error).message}`);
    return [];
  }
}

/** What cannot be looked at (a loop of links, a folder without permission) is told when it is read as a file. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
