import type { Role } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { overlaps } from '../../model/span';
import { type Candidate, endCandidates } from './candidate';

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
  slot: PortSlot,
  first: number,
): readonly Candidate[] {
  const known = [...files.values()].flatMap((file) =>
    file
      .namesOf(first)
      .filter(({ role, portSpan }) => {
        const isTyped = file === own && overlaps(portSpan, slot.span);
        return inContainer.has(role) && !isTyped;
      })
      .flatMap((reference) => endCandidates(reference, slot)),
  );
  const next = Array.from({ length: mostNext }, (_, index): Candidate => {
    const last = first + 1 + index;
    const range = { first, last };
    return { port: last, transport: slot.transport ?? 'tcp', why: `from ${first} on`, range };
  });
  return [...known, ...next].filter(({ port }) => port <= 65535);
}

const inContainer: ReadonlySet<Role> = new Set(['target', 'expose', 'listen']);
