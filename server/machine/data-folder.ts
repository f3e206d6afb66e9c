import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * The folder in which the command line keeps its data: where the platform wants the data of a user's programs. An
 * editor has a folder of its own for each extension and does not ask here.
 *
 * @param platform as in `process.platform`; `environment` as in `process.env`.
 */
export function dataFolder(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32') {
    const home = environment.USERPROFILE || homedir();
    return win32.join(environment.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'portolan');
  }
  const home = environment.HOME || homedir();
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'portolan');
  // The XDG Base Directory Specification: "If an implementation encounters a relative path [..] it should ignore it."
  const said = environment.XDG_DATA_HOME ?? '';
  return posix.join(posix.isAbsolute(said) ? said : posix.join(home, '.local', 'share'), 'portolan');
}
