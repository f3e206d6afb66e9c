import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StoredRegistry, storedBytes, storedFile } from '../registry/load';
import { fileTrouble, UpdateRefused } from './refused';

/**
 * Puts a registry in the place of the stored one, whole or not at all: it is written to a file of its own and on disk
 * before it takes the name. Of two updates at once, each with a file of its own, the later one stays.
 *
 * @throws UpdateRefused when the folder cannot be written to.
 */
export async function store(folder: string, registry: StoredRegistry): Promise<void> {
  const path = storedFile(folder);
  const unfinished = `${path}.${randomUUID()}${suffix}`;
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder);
    const file = await open(unfinished, 'wx');
    try {
      await file.writeFile(storedBytes(registry));
      await file.sync();
    } finally {
      await file.close();
    }
    await replace(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new UpdateRefused(`The registry cannot be stored in ${folder}: ${fileTrouble(error)}.`);
  }
}

const suffix = '.unfinished';

/** What a killed update has left behind; an hour is more than any takes. */
async function removeLeftovers(folder: string): Promise<void> {
  const prefix = basename(storedFile(folder));
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > 3_600_000) await rm(path, { force: true }).catch(() => undefined);
  }
}

/** On Windows a virus scanner or an indexer can hold a file for a moment, which then cannot be replaced. */
async function replace(from: string, to: string): Promise<void> {
  for (const pause of process.platform === 'win32' ? [50, 100, 200, 400] : []) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await sleep(pause);
    }
  }
  await rename(from, to);
}
