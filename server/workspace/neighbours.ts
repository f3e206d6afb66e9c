import { basename, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dialectOf } from '../dialects';
import type { Neighbour } from '../model/chart';
import type { Snapshot, Uri } from '../model/snapshot';
import { filePath, realPath } from './file-path';
import { noSurround } from './policy';
import { type SurveyLimits, survey } from './survey';
import type { TextSource } from './text-source';
import { Workspace } from './workspace';
import { worktreeOf, worktrees } from './worktrees';

/** A worktree beside the workspace, with the path of its top folder. */
export interface NeighbourFolder extends Neighbour {
  readonly folder: string;
}

/**
 * Reads the compose files, environment files, nginx configurations and Dockerfiles in the other git worktrees of the
 * workspace's repositories, and in what the workspace leaves out of its own: their programs run on this machine as well.
 * A worktree that lies in a folder of the workspace is part of it already. Each is a workspace of its own, with its own settings files.
 *
 * @param folders The folders of the workspace.
 * @param source Where companion files and settings files are read from.
 * @returns The worktrees with files of these kinds, in git's order; those that were read until `signal` fired.
 */
export async function surveyNeighbours(
  folders: readonly Uri[],
  source: TextSource,
  signal: AbortSignal,
  limits: SurveyLimits = usualLimits,
): Promise<readonly NeighbourFolder[]> {
  const paths = folders.flatMap((folder) => realFolder(folder) ?? []);
  const own = paths.flatMap((path) => worktreeOf(path) ?? []);
  const others = new Set(paths.flatMap(worktrees));
  // A worktree can hold others, and the workspace itself: none of them is read as a part of it.
  const apart = new Set([...own, ...others, ...paths]);
  const found: NeighbourFolder[] = [];
  for (const folder of new Set([...own, ...others])) {
    if (paths.some((path) => isWithin(path, folder))) continue;
    const snapshot = await readWorktree(
      folder,
      (uri, take) => survey(uri, take, signal, limits, apart),
      source,
    );
    if (signal.aborted) return found;
    if (snapshot.files.size > 0) found.push({ folder, name: basename(folder), snapshot });
  }
  return found;
}

/** Much less than of the workspace itself: there can be dozens of worktrees. */
const usualLimits: SurveyLimits = { files: 500, candidates: 5_000, folders: 5_000 };

function realFolder(folder: Uri): string | undefined {
  const path = filePath(folder);
  return path && realPath(path);
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function readWorktree(
  folder: string,
  search: (folder: Uri, take: (uri: Uri, text: string) => boolean) => ReturnType<typeof survey>,
  source: TextSource,
): Promise<Snapshot> {
  const workspace = new Workspace(source);
  const root = pathToFileURL(folder).href;
  workspace.settle({ ...noSurround, folders: [root] });
  const leftOut = await search(root, (uri, text) => {
    const kind = workspace.isExcluded(uri) ? undefined : dialectOf(uri, undefined, text);
    return kind?.countsBeside === true && workspace.found(uri, text) === 'read';
  });
  workspace.setWhole(leftOut.length === 0);
  return workspace.snapshot;
}
