import type { PortReference, Role } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { overlaps } from '../../model/span';
import { roleWords } from '../role-words';
import type { Candidate } from './candidate';

/** How many ports behind the first one are offered. */
const mostNext = 8;

/**
 * The last ports of a range that an image has, best first: the ends of those in the workspace that begin at the same port,
 * then the next ports. What is seen often says nothing of how long a range is.
 *
 * @param first The first port of the range.
 */
export function exposedEnds(
  { files }: Snapshot,
  own: SourceFile,
  { transport: wanted, span }: PortSlot,
  first: number,
): readonly Candidate[] {
  const transport = wanted ?? 'tcp';
  const end = (port: number, who?: string): Candidate => {
    const count = `${port - first + 1} ports`;
    // In its container every port is free; what is known of the last one says nothing of the others.
    return { port, transport, why: '', free: who === undefined ? count : `${count}, ${who}` };
  };
  const isSame = ({ ports, role, transport: its = 'tcp' }: PortReference): boolean =>
    ports?.first === first && ports.first < ports.last && inContainer.has(role) && its === transport;
  const known = [...files.values()].flatMap((file) =>
    file.namesOf(first).filter((each) => isSame(each) && !(file === own && overlaps(each.portSpan, span))),
  );
  const ends = known.map((each) => end(each.ports?.last ?? first, roleWords(each)));
  const next = Array.from({ length: mostNext }, (_, index) => end(first + 1 + index));
  return [...ends, ...next].filter(({ port }) => port <= 65535);
}

const inContainer: ReadonlySet<Role> = new Set(['target', 'expose', 'listen']);
