import { win32 } from 'node:path';
import type { Listener } from '../model/listener';
import { addressText } from './address-text';
import { printable } from './printable';
import { runTool } from './run-tool';

/**
 * What listens on a Windows machine.
 *
 * @throws Error when netstat is missing or fails
 */
export async function listenersOfWindows(signal: AbortSignal): Promise<readonly Listener[]> {
  const folder = win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32');
  const [sockets, tasks] = await Promise.all([
    runTool(win32.join(folder, 'netstat.exe'), ['-a', '-n', '-o'], signal),
    // Without it the sockets have no names, and are told all the same.
    runTool(win32.join(folder, 'tasklist.exe'), ['/fo', 'csv', '/nh'], signal).catch(() => ''),
  ]);
  return readNetstat(sockets, readTasklist(tasks));
}

/**
 * Reads what `netstat -a -n -o` writes (learn.microsoft.com, Windows commands, netstat): protocol, local and foreign
 * address, the state of a TCP socket and the process id. The headings and the state are in the language of Windows,
 * so they are not read: a TCP socket without a foreign address listens, and so does a UDP socket with `*:*` there.
 *
 * @param names of processes by id; the others are not told of
 */
export function readNetstat(text: string, names: ReadonlyMap<number, string>): readonly Listener[] {
  return text.split('\n').flatMap((line) => {
    const [protocol = '', local = '', foreign = '', ...others] = line.trim().split(/\s+/);
    const transport = { TCP: 'tcp' as const, UDP: 'udp' as const }[protocol];
    const listens = transport === 'tcp' ? /^(0\.0\.0\.0|\[::\]):0$/.test(foreign) : foreign === '*:*';
    const [, host = '', port] = /^(.+):(\d+)$/.exec(local) ?? [];
    const address = addressText(host.replace(/^\[(.*)\]$/, '$1'));
    if (transport === undefined || !listens || port === undefined || address === undefined) return [];
    const listener = { port: Number(port), transport, address };
    const pid = Number(others.at(-1));
    const name = names.get(pid);
    // 0 is no process but the processor's idling: netstat has it where a socket's process is gone.
    return name === undefined || pid === 0 ? listener : { ...listener, process: { name, pid } };
  });
}

/**
 * Reads what `tasklist /fo csv /nh` writes (learn.microsoft.com, Windows commands, tasklist): every field in quotes,
 * the image name first and the process id second; `/nh` leaves the translated headings out.
 *
 * @returns image names by process id
 */
export function readTasklist(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [, name, pid] = /^"((?:[^"]|"")*)","(\d+)"/.exec(line) ?? [];
    if (name !== undefined) names.set(Number(pid), printable(name.replaceAll('""', '"')));
  }
  return names;
}
