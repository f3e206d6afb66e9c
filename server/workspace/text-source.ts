import type { Uri } from '../model/snapshot';

/** Where the texts of files that no editor has open come from. */
export interface TextSource {
  /** The file's text, or undefined where there is none to be had. */
  read(uri: Uri): string | undefined;
}
