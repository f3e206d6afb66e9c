import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import type { Listener } from '../model/listener';
import { type ProcSocket, readProcNetRow, readZones } from './proc-net';
import { ownersOf } from './socket-owners';

const tables = [
  { name: 'tcp', transport: 'tcp' },
  { name: 'tcp6', transport: 'tcp' },
  { name: 'udp', transport: 'udp' },
  { name: 'udp6', transport: 'udp' },
] as const;

/**
 * What listens on a Linux machine, more exactly in the network namespace of this process; no process is started.
 * A socket of a process that we may not look into has no process here, and so has a socket of the kernel.
 *
 * @param proc the folder of proc(5)
 * @throws Error when none of the socket tables is there, or one that is there cannot be read
 */
export async function listenersOfLinux(signal: AbortSignal, proc = '/proc'): Promise<readonly Listener[]> {
  const sockets = await listeningSockets(proc, signal);
  const zones = readZones(await textOf(join(proc, 'net/if_inet6')));
  const inodes = sockets.map(({ inode }) => inode).filter((inode) => inode !== '0');
  const owners = await ownersOf(inodes, proc, signal);
  return sockets.map(({ port, transport, address, inode }) => {
    const listener = { port, transport, address: zones.get(address) ?? address };
    const process = owners.get(inode);
    return process === undefined ? listener : { ...listener, process };
  });
}

/** A table that is not there has no rows: a kernel without IPv6 has no tcp6 and no udp6. */
async function listeningSockets(proc: string, signal: AbortSignal): Promise<readonly ProcSocket[]> {
  const sockets: ProcSocket[] = [];
  let missing = 0;
  for (const { name, transport } of tables) {
    try {
      for await (const rows of rowsOf(join(proc, 'net', name), signal))
        for (const row of rows) {
          const socket = readProcNetRow(row, transport, endianness());
          if (socket !== undefined) sockets.push(socket);
        }
    } catch (error) {
      signal.throwIfAborted();
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') throw new Error(`The sockets in ${proc}/net/${name} cannot be read: ${message}`);
      missing += 1;
    }
  }
  if (missing === tables.length) throw new Error(`There are no sockets to be read in ${proc}/net.`);
  return sockets;
}

/** The rows in the portions in which they come: a machine with 100,000 connections has a table of 15 MB. */
async function* rowsOf(path: string, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const portion of createReadStream(path, { encoding: 'latin1', signal })) {
    const rows = (rest + portion).split('\n');
    rest = rows.pop() ?? '';
    yield rows;
  }
  yield [rest];
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1');
  } catch {
    // Without IPv6 there is no such file, and zones are all that it is for.
    return '';
  }
}
