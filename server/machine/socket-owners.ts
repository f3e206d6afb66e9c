import { readlinkSync } from 'node:fs';
import { opendir, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { basename } from 'node:path/posix';
import { setImmediate } from 'node:timers/promises';
import type { Listener } from '../model/listener';
import { printable } from './printable';

type Owner = NonNullable<Listener['process']>;

/**
 * So many links are read in one go: half a millisecond or so. To read a link of /proc takes some microseconds and
 * never waits for a disk; to have it read by another thread takes this one longer than to read it.
 */
const linksInOneGo = 128;

/** So many milliseconds are given to the search. Who is not found by then stays unknown. */
const patience = 2000;

/**
 * The processes that hold the sockets of these inodes, by inode. A file descriptor of a socket is a link to
 * `socket:[inode]` (proc_pid_fd(5)). Of several processes that share a socket it is the one with the lowest id, as
 * a rule the one that opened it and passed it on.
 *
 * Every process may end meanwhile, and the folders of other users' processes may not be read (`PTRACE_MODE_READ` in
 * proc_pid_fd(5)): such a process owns nothing that we know of.
 *
 * @param proc the folder of proc(5)
 */
export async function ownersOf(
  inodes: Iterable<string>,
  proc: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Owner>> {
  const wanted = new Map([...inodes].map((inode) => [`socket:[${inode}]`, inode]));
  const owners = new Map<string, Owner>();
  if (wanted.size === 0) return owners;
  const end = performance.now() + patience;
  const goOn = (): boolean => {
    signal.throwIfAborted();
    return wanted.size > 0 && performance.now() < end;
  };
  for (const pid of await processIds(proc)) {
    if (!goOn()) break;
    const folder = join(proc, String(pid));
    const links = await socketsOf(join(folder, 'fd'), wanted, goOn);
    const name = links.length === 0 ? undefined : await nameOf(folder);
    // A process that ended just now may have left its socket to another one.
    if (name === undefined) continue;
    for (const link of links) {
      const inode = wanted.get(link);
      if (inode !== undefined) owners.set(inode, { name, pid });
      wanted.delete(link);
    }
  }
  return owners;
}

async function processIds(proc: string): Promise<readonly number[]> {
  const names = await readdir(proc).catch(() => []);
  return names
    .filter((name) => /^[1-9][0-9]*$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** Those of the wanted links that are in this folder; the folder can have a million entries. */
async function socketsOf(
  folder: string,
  wanted: ReadonlyMap<string, string>,
  goOn: () => boolean,
): Promise<readonly string[]> {
  const found = new Set<string>();
  let count = 0;
  try {
    for await (const { name } of await opendir(folder, { bufferSize: 256 })) {
      const link = linkAt(`${folder}/${name}`);
      if (link !== undefined && wanted.has(link)) found.add(link);
      if (found.size === wanted.size) break;
      count += 1;
      if (count % linksInOneGo === 0) {
        await setImmediate();
        if (!goOn()) break;
      }
    }
  } catch {
    // Not ours to read, or gone; or the signal, which the caller looks at as well.
  }
  return [...found];
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/**
 * A process goes by the name of its main thread: at most 15 bytes, `/proc/pid/comm` (proc_pid_comm(5)). Newer Node.js
 * calls that thread `MainThread` (nodejs/node#56416), which tells nothing, so the name of the executable
 * (proc_pid_exe(5)) stands in.
 */
async function nameOf(folder: string): Promise<string | undefined> {
  try {
    const name = printable((await readFile(join(folder, 'comm'), 'utf8')).replace(/\n$/, ''));
    if (name !== '' && !/^(node-)?MainThread$/.test(name)) return name;
    const executable = await readlink(join(folder, 'exe')).catch(() => name);
    return printable(basename(executable).replace(/ \(deleted\)$/, ''));
  } catch {
    return undefined;
  }
}
