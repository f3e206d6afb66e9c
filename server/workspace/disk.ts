import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Uri } from '../model/snapshot';
import type { TextSource } from './text-source';
import { longestText } from './workspace';

/**
 * The files of this machine. A file that is not there is no news; any other reason not to read one is told to
 * `report`, with the file's name.
 */
export function disk(report: (message: string) => void): TextSource {
  return {
    read(uri: Uri): string | undefined {
      if (!uri.startsWith('file:')) return undefined;
      try {
        const path = fileURLToPath(uri);
        const stats = statSync(path);
        if (!stats.isFile()) return undefined;
        if (stats.size > longestText) {
          report(`${path} was not read: it is larger than ${longestText} bytes.`);
          return undefined;
        }
        return readFileSync(path, 'utf8');
      } catch (error) {
        const reason = error as NodeJS.ErrnoException;
        if (reason.code !== 'ENOENT' && reason.code !== 'ENOTDIR')
          report(`${uri} was not read: ${reason.message}`);
        return undefined;
      }
    },
  };
}
