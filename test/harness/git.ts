import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const folders: string[] = [];

after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs the real git in a folder, without the settings of whoever runs the tests. */
export function git(folder: string, ...words: readonly string[]): void {
  const person = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  const settings = [...person, '-c', 'protocol.file.allow=always', '-c', 'init.defaultBranch=main'];
  const env = {
    ...{ PATH: process.env.PATH, HOME: folder, SystemRoot: process.env.SystemRoot },
    ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: join(folder, 'no-such-file') },
  };
  execFileSync('git', [...settings, ...words], { cwd: folder, env, stdio: 'pipe' });
}

/** A repository with one commit, made in a folder that is there or not. */
export function repository(folder: string): void {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Begin');
}

/** An empty folder that goes when the tests of the file are done, by its path without symbolic links. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'portolan-git-'));
  folders.push(folder);
  return folder;
}
