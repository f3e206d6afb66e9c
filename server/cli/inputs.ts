import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  couldBeOurs,
  deepestFolder,
  dialectOf,
  disk,
  longestText,
  skippedFolders,
  Workspace,
} from '../engine';
import type { Dialect } from '../model/dialect';
import type { Snapshot, Uri } from '../model/snapshot';
import { type Arguments, UsageError } from './arguments';

/** The files of a call, read. */
export interface Inputs {
  readonly snapshot: Snapshot;
  /** The files in the order in which they were named or found, each with the name to print. */
  readonly files: readonly { readonly uri: Uri; readonly name: string }[];
  /** What could not be read, one sentence each. */
  readonly problems: readonly string[];
}

/** Reads every file that the arguments name; folders are searched, symbolic links in them are not followed. */
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
    const inside = relative(base, path);
    // What lies outside the folder keeps the name that it was called by.
    const name = inside.startsWith('..') ? path : inside.split(sep).join('/');
    try {
      const stats = statSync(path);
      if (!stats.isFile()) problems.push(`${name} is no file`);
      else if (stats.size > longestText * 4) problems.push(`${name} is too large`);
      else takeText(pathToFileURL(path).href, name, readFileSync(path, 'utf8'), isNamed);
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
  return { snapshot: workspace.snapshot, files: [...files].map(([uri, name]) => ({ uri, name })), problems };
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
