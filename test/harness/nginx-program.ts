import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another binary than the installed one can be named, to compare with another version. */
export const nginxProgram = process.env.PORTOLAN_NGINX ?? 'nginx';

/** The parts of its version; undefined where it is not installed. */
export const nginxVersion = programVersion();

/** Why the comparison cannot be made here; false where it can. */
export const skipsNginx =
  nginxVersion === undefined
    ? 'nginx is not installed'
    : spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up']).status !== 0
      ? 'there is no network namespace'
      : false;

/** The directives that load stream and mail: Debian builds them as modules of their own. `folder` takes a probe. */
export function loadedModules(folder: string): string {
  const probe = join(folder, 'probe.conf');
  writeFileSync(probe, 'events {}\nstream {}\nmail {}\n');
  const options = `pid ${folder}/pid; error_log stderr;`;
  const { status } = spawnSync(nginxProgram, ['-t', '-q', '-p', folder, '-c', probe, '-g', options]);
  if (status === 0) return '';
  const { stderr } = spawnSync(nginxProgram, ['-V'], { encoding: 'utf8' });
  const path = process.env.PORTOLAN_NGINX_MODULES ?? /--modules-path=(\S+)/.exec(stderr)?.[1] ?? 'modules';
  return ['stream', 'mail'].map((name) => `load_module ${path}/ngx_${name}_module.so;`).join(' ');
}

function programVersion(): readonly number[] | undefined {
  const { stderr, error } = spawnSync(nginxProgram, ['-v'], { encoding: 'utf8' });
  const found = error === undefined ? /nginx\/(\d+)\.(\d+)\.(\d+)/.exec(stderr) : null;
  return found?.slice(1).map(Number);
}
