import type { PortSlot } from '../../model/port-slot';
import { serviceOwner } from '../../model/service';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { addressesMeet } from '../../units/collide';
import { type Candidate, referenceCandidates } from './candidate';
import { dialledHost } from './dialled-host';

/**
 * What is found behind an address of the machine: the ports that the services of the workspace publish there. Nothing
 * where the address is that of a container.
 */
export function publishedCandidates(
  snapshot: Snapshot,
  file: SourceFile,
  slot: PortSlot,
): readonly Candidate[] {
  const host = dialledHost(snapshot, file, slot);
  if (host?.kind !== 'machine') return [];
  return [...snapshot.files.values()].flatMap(({ reading: { references, services = [] } }) => {
    // What is already in the machine's network publishes nothing.
    const unpublished = new Set(
      services.filter(({ network }) => network.kind === 'host').map(({ name }) => serviceOwner(name)),
    );
    return references
      .filter(
        ({ role, owner, address, isAddressUnknown }) =>
          role === 'publish' &&
          isAddressUnknown !== true &&
          !unpublished.has(owner) &&
          addressesMeet(address, host.address),
      )
      .flatMap((reference) => referenceCandidates(reference, slot));
  });
}
