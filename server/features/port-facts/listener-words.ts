import type { Listener } from '../../model/listener';
import { listed } from '../../model/words';

/** `node (pid 4711) on 127.0.0.1:3000 and [::1]:3000`: one text for each process, the sockets without one together. */
export function listenerWords(listeners: readonly Listener[]): readonly string[] {
  const byProcess = new Map<string, string[]>();
  for (const { process, address, port } of listeners) {
    const who = process === undefined ? 'a program' : `${process.name} (pid ${process.pid})`;
    const places = byProcess.get(who) ?? [];
    places.push(`${address.includes(':') ? `[${address}]` : address}:${port}`);
    byProcess.set(who, places);
  }
  return [...byProcess].map(([who, places]) => `${who} on ${listed([...new Set(places)])}`);
}
