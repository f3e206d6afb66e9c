/** The update was not made. The message is one clear sentence that says why; the data in use stays what it was. */
export class UpdateRefused extends Error {
  override readonly name = 'UpdateRefused';
}

/** What went wrong with a file, in a few words where the system's code is a known one. */
export function fileTrouble(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return fileTroubles[code] ?? message;
}

const fileTroubles: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'access to it is denied',
  EPERM: 'access to it is denied',
  EROFS: 'its disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};
