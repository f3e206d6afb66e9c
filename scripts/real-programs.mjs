// The programs that Portolan is held against: nginx, iptables, nftables, ufw and firewalld, from Debian's packages.
import { access, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { must, run, say } from './steps.mjs';

const programs = {
  '/usr/sbin/nginx': ['nginx', 'libnginx-mod-stream', 'libnginx-mod-mail'],
  '/usr/sbin/iptables-restore': ['iptables'],
  '/usr/sbin/nft': ['nftables'],
  '/usr/sbin/ufw': ['ufw'],
  '/usr/bin/firewall-offline-cmd': ['firewalld'],
};

/** Keeps the packages from starting their services: they are wanted for what they read, not for what they do. */
const noServices = '/usr/sbin/policy-rc.d';

/**
 * Installs what is missing where that is possible: on Debian and its kin, as root. Elsewhere says so; the tests that
 * need a program then say that it is not installed.
 */
export async function installRealPrograms() {
  const missing = [];
  for (const [path, packages] of Object.entries(programs))
    if (!(await isThere(path))) missing.push(...packages);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || (await run('apt-get', ['--version'], { quiet: true })).code !== 0) {
    say(`Not installed, and not to be had here: ${missing.join(', ')}. What needs them is skipped.`);
    return;
  }
  say(`Installing ${missing.join(', ')} from the distribution …`);
  const options = { quiet: true, seconds: 400, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const isOurs = !(await isThere(noServices));
  if (isOurs) await writeFile(noServices, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await must('apt-get', ['update'], options);
    await must('apt-get', ['install', '-y', '--no-install-recommends', ...missing], options);
  } finally {
    if (isOurs) await rm(noServices, { force: true });
  }
}

async function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
