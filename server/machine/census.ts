import type { Listener } from '../model/listener';
import { listenersOfLinux } from './linux';
import { listenersOfMacOs } from './lsof';
import { listenersOfWindows } from './netstat';

/**
 * What listens on this machine now: by port, transport and address, each socket once.
 *
 * A UDP socket waits for datagrams when it has a port and no peer. No system tells whether its program serves
 * somebody, or asked a question from there and waits for the answer. Other systems than the three have no listeners.
 *
 * @param platform as `process.platform` has it
 * @param signal ends the look-up, which then rejects with the signal's reason
 * @throws Error when the system cannot be asked; the message says why
 */
export async function takeCensus(platform: string, signal: AbortSignal): Promise<readonly Listener[]> {
  signal.throwIfAborted();
  switch (platform) {
    case 'linux':
      return inOrder(await listenersOfLinux(signal));
    case 'darwin':
      return inOrder(await listenersOfMacOs(signal));
    case 'win32':
      return inOrder(await listenersOfWindows(signal));
    default:
      return [];
  }
}

/**
 * The listeners sorted by port, transport and address. Those that differ in nothing that we tell are one: several
 * sockets of a process on one port (SO_REUSEPORT), or one socket that was opened twice.
 */
export function inOrder(listeners: readonly Listener[]): readonly Listener[] {
  const one = new Map<string, Listener>();
  for (const listener of listeners) {
    const { port, transport, address, process } = listener;
    const key = `${port} ${transport} ${address} ${process?.pid ?? ''}`;
    if (!one.has(key)) one.set(key, listener);
  }
  return [...one.values()].sort(
    (a, b) =>
      a.port - b.port ||
      compared(a.transport, b.transport) ||
      compared(a.address, b.address) ||
      (a.process?.pid ?? 0) - (b.process?.pid ?? 0),
  );
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
