import { ipAddress, isLoopback } from '../../model/address';
import type { PortSlot } from '../../model/port-slot';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { addressesMeet } from '../../units/collide';
import { containedFiles } from '../../units/contained-files';
import { type Candidate, referenceCandidates } from './candidate';

/**
 * What a program of the machine finds behind the machine's own address: the ports that the services of the workspace
 * publish there. Nothing where a container may see the file, for its own address is another one.
 */
export function publishedCandidates(
  { files }: Snapshot,
  file: SourceFile,
  slot: PortSlot,
): readonly Candidate[] {
  const { role, address } = slot;
  const own = address?.canonical.toLowerCase() === 'localhost' ? ipAddress('127.0.0.1') : address;
  if (role !== 'connect' || own === undefined || !isLoopback(own)) return [];
  const all = [...files.values()];
  const { services, stages } = file.reading;
  if (services !== undefined || stages !== undefined || containedFiles(all)(file)) return [];
  return all.flatMap(({ reading }) =>
    reading.references
      .filter(
        (reference) =>
          reference.role === 'publish' &&
          reference.isAddressUnknown !== true &&
          addressesMeet(reference.address, own),
      )
      .flatMap((reference) => referenceCandidates(reference, slot)),
  );
}
