import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';

/** A folder on disk for one test file; it goes when the tests are done. */
export interface Folder {
  readonly uri: string;
  write(name: string, text: string): void;
  remove(name: string): void;
}

/** Makes a folder with files in it, each by its path. */
export function folderWith(files: Readonly<Record<string, string>>): Folder {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    uri: pathToFileURL(folder).href,
    write,
    remove: (name) => rmSync(join(folder, name), { recursive: true }),
  };
}
