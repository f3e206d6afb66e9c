import type { PortSlot } from '../../model/port-slot';
import type { Service } from '../../model/service';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { builtFrom } from '../../units/built-from';
import { addressFrom } from '../../units/paths';
import { type Candidate, referenceCandidates } from './candidate';

/**
 * The ports of the image that a service of the slot's file is built from: what its Dockerfile exposes, then what the
 * settings in it say.
 */
export function buildCandidates(snapshot: Snapshot, file: SourceFile, slot: PortSlot): readonly Candidate[] {
  if (slot.role !== 'target' && slot.role !== 'expose' && slot.accepts !== 'mapping') return [];
  const services = (file.reading.services ?? []).filter(({ name }) => `service "${name}"` === slot.owner);
  return services.flatMap((service) => builtPorts(snapshot, file, service, slot));
}

/** The ports of the image that a service is built from; nothing where its Dockerfile is not in the workspace. */
export function builtPorts(
  { files }: Snapshot,
  from: SourceFile,
  { name, build }: Service,
  slot: PortSlot,
): readonly Candidate[] {
  const find = (path: string): SourceFile | undefined => {
    const address = addressFrom(from, path);
    return [...files.values()].find((each) => each.address === address);
  };
  const built = build && builtFrom(build, find);
  if (built === undefined) return [];
  const settings = built.file.reading.references.filter(
    ({ role }) => role === 'declare' || role === 'listen',
  );
  return [...built.stage.exposed, ...settings]
    .flatMap((reference) => referenceCandidates(reference, slot))
    .map((candidate) => ({ ...candidate, why: `the image that is built for service "${name}" has it` }));
}
