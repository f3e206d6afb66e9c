import type { Machine } from '../../model/chart';
import { listenersOn } from '../../model/listener';
import type { PortReference, Role } from '../../model/port';
import { listed } from '../../model/words';
import { escaped } from '../markdown';
import { listenerWords } from '../port-facts/listener-words';

/** A container's own ports are not ports of the machine. */
const insideContainer: ReadonlySet<Role> = new Set(['target', 'expose']);

/** How many programs one line names. */
const shown = 3;

/** How old a census may be, in milliseconds, to say "now". */
const freshFor = 10_000;

/** What listens on the port on this machine, as far as it is known; undefined when nothing does, or nobody looked. */
export function listeningLine({ census, now }: Machine, reference: PortReference): string | undefined {
  const { ports, transport, role } = reference;
  if (census === undefined || ports === undefined || insideContainer.has(role)) return undefined;
  const found = listenersOn(census, ports, transport);
  if (found.length === 0) return undefined;
  const age = now - census.takenAt;
  const when = age <= freshFor ? 'Listening now' : `Listening ${Math.round(age / 1000)} seconds ago`;
  // A program can call itself what it likes.
  return `${when}: ${escaped(listed(listenerWords(found), shown))}`;
}
