import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { couldBeOurs } from '../dialects';
import type { Uri } from '../model/snapshot';
import { filePath } from './file-path';
import { deepestFolder, skippedFolders } from './folders';
import { longestText } from './workspace';

/** How much one survey reads at the most. */
export interface SurveyLimits {
  /** Files of our kinds. */
  readonly files: number;
  /** Files read to learn whether they are of our kinds: many kinds of `.conf` and `.xml` have a name like ours. */
  readonly candidates: number;
  readonly folders: number;
}

/** Enough for a large project; a home folder that was opened by mistake stays bounded. */
const usualLimits: SurveyLimits = { files: 5_000, candidates: 20_000, folders: 50_000 };

/**
 * Finds the files of our kinds in a folder and hands each over with its text, one at a time and with pauses, so that
 * requests are answered in between. Symbolic links are not followed.
 *
 * @param folder The folder's `file:` address; other addresses cannot be searched.
 * @param take Answers whether the file is of one of our kinds.
 * @param apart Paths of folders that are not searched.
 * @returns What was left out and why, a sentence each.
 */
export async function survey(
  folder: Uri,
  take: (uri: Uri, text: string) => boolean,
  signal: AbortSignal,
  limits: SurveyLimits = usualLimits,
  apart: ReadonlySet<string> = new Set(),
): Promise<readonly string[]> {
  const root = filePath(folder);
  if (root === undefined) return [`${folder} cannot be searched: it is not on this machine.`];
  const leftOut: string[] = [];
  const waiting = [{ path: root, depth: 0 }];
  let files = 0;
  let candidates = 0;
  let folders = 0;
  for (let next = waiting.pop(); next !== undefined && !signal.aborted; next = waiting.pop()) {
    folders += 1;
    if (folders > limits.folders) return [...leftOut, `Only ${limits.folders} folders were searched.`];
    for (const entry of await entriesOf(next.path, leftOut)) {
      const path = join(next.path, entry.name);
      if (entry.isDirectory()) {
        const isSearched = !skippedFolders.has(entry.name) && !apart.has(path);
        if (isSearched && next.depth < deepestFolder) waiting.push({ path, depth: next.depth + 1 });
        continue;
      }
      const uri = pathToFileURL(path).href;
      if (!entry.isFile() || !couldBeOurs(uri)) continue;
      candidates += 1;
      if (files >= limits.files || candidates > limits.candidates)
        return [...leftOut, `Only ${candidates - 1} files were read.`];
      const text = await textOf(path, leftOut);
      if (text !== undefined && !signal.aborted && take(uri, text)) files += 1;
    }
  }
  return leftOut;
}

async function entriesOf(path: string, leftOut: string[]): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    leftOut.push(`${path} cannot be listed: ${(error as Error).message}`);
    return [];
  }
}

async function textOf(path: string, leftOut: string[]): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    if (size <= longestText) return await readFile(path, 'utf8');
    leftOut.push(`${path} was not read: it is larger than ${longestText} bytes.`);
  } catch (error) {
    leftOut.push(`${path} was not read: ${(error as Error).message}`);
  }
  return undefined;
}
