import type { PortReference } from '../../model/port';
import { serviceOwner } from '../../model/service';
import type { SourceFile } from '../../model/snapshot';
import { isMounted } from '../../units/service-reach';
import type { PortPlace } from './own-entries';

/**
 * The ports that programs of services in the host's network listen on, as far as files say: the configurations that such a
 * service mounts, and its own command. The same files of another worktree want the same ports of the machine.
 */
export function hostListens(files: readonly SourceFile[]): readonly PortPlace[] {
  const found = new Map<PortReference, PortPlace>();
  const listening = files.filter((file) => file.reading.references.some(isListen));
  for (const file of files)
    for (const service of file.reading.services ?? []) {
      if (service.network.kind !== 'host') continue;
      for (const other of listening)
        for (const reference of other.reading.references) {
          const isOwn =
            other === file
              ? reference.owner === serviceOwner(service.name)
              : other.reading.services === undefined && isMounted(file, service, other);
          if (isOwn && isListen(reference)) found.set(reference, { file: other, reference });
        }
    }
  return [...found.values()];
}

function isListen({ role, ports }: PortReference): boolean {
  return role === 'listen' && ports !== undefined && ports.first > 0;
}
