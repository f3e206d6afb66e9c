import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { realPath } from './file-path';

/**
 * The other worktrees of the git repository that a folder lies in, as gitrepository-layout(5) and git-worktree(1) have
 * them: told by the files below `.git` alone, so that nothing is executed. One that was moved or deleted without git's
 * knowledge is left out, and so is a bare repository, which has no files to work on.
 *
 * @param folder A path; it may lie anywhere inside a worktree.
 * @returns The paths of their top folders, without symbolic links, the main worktree first; empty where there is no
 *   repository, and for whatever cannot be read.
 */
export function worktrees(folder: string): readonly string[] {
  const own = worktreeOf(folder);
  const shared = own && sharedFolder(join(own, '.git'));
  if (own === undefined || shared === undefined) return [];
  const found = [mainWorktree(shared), ...linkedWorktrees(shared)];
  return [...new Set(found)].filter((path) => path !== undefined && path !== own) as readonly string[];
}

/** The top folder of the worktree that a folder lies in: the nearest one upwards with a `.git` that leads to a repository. */
export function worktreeOf(folder: string): string | undefined {
  let at = realPath(resolve(folder));
  for (let depth = 0; at !== undefined && depth < deepestPath; depth += 1) {
    if (sharedFolder(join(at, '.git')) !== undefined) return at;
    const above = dirname(at);
    at = above === at ? undefined : above;
  }
  return undefined;
}

/** How many worktrees of one repository are looked at. */
const mostWorktrees = 50;

/** How many folders upwards a repository is looked for; no system has longer paths. */
const deepestPath = 2_000;

/** The files that git keeps paths in are shorter than this many bytes, and so is a configuration that people write. */
const longestFile = 64 * 1024;

/** The folder that all worktrees of a repository share, by the `.git` of one of them; undefined where it is no repository. */
function sharedFolder(dotGit: string): string | undefined {
  const own = ownFolder(dotGit);
  if (own === undefined) return undefined;
  const named = firstLine(join(own, 'commondir'));
  const shared = named === undefined ? own : pathFrom(own, named);
  // Git itself takes a folder without these for no repository (setup.c `is_git_directory`).
  if (shared === undefined || !isFile(join(own, 'HEAD')) || !isFolder(join(shared, 'objects')))
    return undefined;
  return shared;
}

/** What a worktree has of the repository for itself: the folder `.git`, or the one that a file of this name leads to. */
function ownFolder(dotGit: string): string | undefined {
  if (isFolder(dotGit)) return realPath(dotGit);
  const [, path] = /^gitdir: (.+)$/.exec(firstLine(dotGit) ?? '') ?? [];
  const own = path === undefined ? undefined : pathFrom(dirname(dotGit), path);
  return own !== undefined && isFolder(own) ? own : undefined;
}

/** The worktree that the repository was made with. Where `.git` has another name, as in a submodule, nothing tells of it. */
function mainWorktree(shared: string): string | undefined {
  const isBare = ['config', 'config.worktree'].some((name) =>
    /^[ \t]*bare[ \t]*=[ \t]*true/im.test(textOf(join(shared, name)) ?? ''),
  );
  return basename(shared) === '.git' && !isBare ? dirname(shared) : undefined;
}

function linkedWorktrees(shared: string): readonly (string | undefined)[] {
  const entries = entriesOf(join(shared, 'worktrees')).filter((entry) => entry.isDirectory());
  return entries.slice(0, mostWorktrees).map(({ name }) => {
    const own = join(shared, 'worktrees', name);
    const dotGit = pathFrom(own, firstLine(join(own, 'gitdir')) ?? '');
    // Where the worktree was, another one, or another repository, can stand by now.
    return dotGit !== undefined && ownFolder(dotGit) === realPath(own) ? dirname(dotGit) : undefined;
  });
}

/**
 * The folder or file that a path leads to; undefined where there is none. Paths of other machines are not followed: to ask
 * for one on Windows tells that machine who asks.
 */
function pathFrom(folder: string, path: string): string | undefined {
  return path === '' || /^[\\/]{2}/.test(path) ? undefined : realPath(resolve(folder, path));
}

function firstLine(path: string): string | undefined {
  return textOf(path)?.split(/\r?\n/, 1)[0];
}

function textOf(path: string): string | undefined {
  return isFile(path) ? whereThere(() => readFileSync(path, 'utf8')) : undefined;
}

function isFile(path: string): boolean {
  const stats = whereThere(() => statSync(path));
  return stats?.isFile() === true && stats.size <= longestFile;
}

function isFolder(path: string): boolean {
  return whereThere(() => statSync(path))?.isDirectory() === true;
}

function entriesOf(path: string): readonly Dirent[] {
  return whereThere(() => readdirSync(path, { withFileTypes: true })) ?? [];
}

/** What the disk answers; undefined for all that is not there or may not be read: such a worktree cannot be known. */
function whereThere<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
