// The programs that Portolan is held against: nginx, iptables, nftables, ufw, firewalld and Compose, from Debian's packages.
import { access, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Where the tests look for Compose 2. */
const compose = join(import.meta.dirname, '..', 'node_modules', '.cache', 'portolan', 'docker-compose');

/**
 * Compose 2 is in Debian from trixie on; older releases have Compose 1, which puts files together by other rules. It is
 * one file that needs nothing else, so it is taken out of the newer release's package and not installed.
 */
export async function fetchCompose() {
  if (await isThere(compose)) return;
  const archive = await debianArchive();
  if (archive === undefined) {
    say('Compose 2 is not to be had here. What needs it is skipped.');
    return;
  }
  say('Fetching docker-compose 2 from Debian …');
  const folder = await mkdtemp(join(tmpdir(), 'portolan-apt-'));
  try {
    const place = (...names) => join(folder, ...names);
    for (const name of ['lists/partial', 'cache/archives/partial'])
      await mkdir(place(name), { recursive: true });
    await writeFile(place('sources'), `deb [signed-by=${archiveKeys}] ${archive} trixie main\n`);
    const options = {
      'Dir::Etc::SourceList': place('sources'),
      'Dir::Etc::SourceParts': '-',
      'Dir::State::Lists': place('lists'),
      'Dir::Cache': place('cache'),
      'APT::Sandbox::User': 'root',
    };
    const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    const how = { quiet: true, seconds: 300, cwd: folder };
    const fetched = await run('apt-get', [...flags, 'update'], how);
    const got = fetched.code === 0 && (await run('apt-get', [...flags, 'download', 'docker-compose'], how));
    const name = (await readdir(folder)).find((each) => each.endsWith('.deb'));
    if (got?.code !== 0 || name === undefined) {
      say('Compose 2 is not to be had from here. What needs it is skipped.');
      return;
    }
    await must('dpkg-deb', ['-x', name, place('package')], how);
    await mkdir(join(compose, '..'), { recursive: true });
    await copyFile(place('package', 'usr', 'libexec', 'docker', 'cli-plugins', 'docker-compose'), compose);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const archiveKeys = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The archive that this machine's own packages come from; undefined where that is not Debian's. */
async function debianArchive() {
  if (!(await isThere(archiveKeys))) return undefined;
  const targets = ['indextargets', '--format', '$(ORIGIN) $(REPO_URI)', 'Created-By: Packages'];
  const { code, output } = await run('apt-get', targets, { quiet: true });
  const own = /^Debian (\S+\/debian\/?)$/m.exec(output)?.[1];
  return code === 0 ? own : undefined;
}

async function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
