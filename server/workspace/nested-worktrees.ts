import { isAbsolute, relative, sep } from 'node:path';
import type { Uri } from '../model/snapshot';
import { filePath, realPath } from './file-path';
import { worktrees } from './worktrees';

/** The addresses of other git worktrees that lie in folders of the workspace; they are workspaces of their own. */
export function nestedWorktrees(folders: readonly Uri[]): readonly Uri[] {
  return folders.flatMap((folder) => {
    const path = filePath(folder);
    const real = path && realPath(path);
    if (real === undefined || real === '') return [];
    return worktrees(real).flatMap((worktree) => {
      const inside = relative(real, worktree);
      if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return [];
      const parts = inside.split(sep).map(encodeURIComponent);
      return [`${folder.replace(/\/$/, '')}/${parts.join('/')}`];
    });
  });
}
