import type { Dialect } from '../model/dialect';
import { baseName, fitsPattern } from '../model/file-name';
import type { Uri } from '../model/snapshot';
import { compose } from './compose/compose';
import { dockerfile } from './dockerfile/dockerfile';

/** Every kind of file that Portolan reads. */
export const dialects: readonly Dialect[] = [compose, dockerfile];

/**
 * The dialect of a document: by the editor's language id where that names one kind of file, else by the file's
 * name. Answers undefined for a document that is none of ours.
 */
export function dialectOf(uri: Uri, languageId?: string): Dialect | undefined {
  const byLanguage = dialects.find(
    ({ languages }) => languageId !== undefined && languages.includes(languageId),
  );
  return byLanguage ?? dialectByName(baseName(uri));
}

/** The dialect with this id. */
export function dialectById(id: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id);
}

function dialectByName(name: string): Dialect | undefined {
  return dialects.find(({ files }) => files.some((pattern) => fitsPattern(name, pattern)));
}
