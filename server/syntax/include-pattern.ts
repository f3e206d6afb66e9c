/**
 * An include's path or glob as it is told to others: one that lies in a folder where the program is installed counts
 * from that folder, because in a workspace it lies beside the main file.
 *
 * @param installed The folders, each with a slash at its end; where one lies in another, the inner one comes first.
 */
export function includePattern(path: string, installed: readonly string[]): string {
  const folder = installed.find((each) => path.startsWith(each));
  return folder === undefined ? path : path.slice(folder.length);
}
