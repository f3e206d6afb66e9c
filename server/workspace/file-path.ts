import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Uri } from '../model/snapshot';

/** The path of a `file:` address; undefined for another scheme, and for a host that this system has no path for. */
export function filePath(uri: Uri): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** The path without symbolic links; undefined where nothing is, or nobody may look. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
