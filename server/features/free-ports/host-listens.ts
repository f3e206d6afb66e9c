import { type PortReference, portsText } from '../../model/port';
import { type Service, serviceOwner } from '../../model/service';
import type { SourceFile } from '../../model/snapshot';
import type { HostServicePort } from '../../units/host-services';
import { isMounted } from '../../units/service-reach';
import type { PortPlace } from './own-entries';

/** A port that a program listens on in the host's network. */
export interface HostListen extends PortPlace {
  /** Whether a file says so; false for what is known of images and settings. */
  readonly isSaid: boolean;
}

/**
 * The ports that programs of services in the host's network listen on: as files say, by the configurations that such a
 * service mounts and by its own command; where none does, as its image and its settings tell. The same files of another
 * worktree want the same ports of the machine.
 *
 * @param known What is known of images and settings (`hostServicePorts`).
 */
export function hostListens(
  files: readonly SourceFile[],
  known: readonly HostServicePort[],
): readonly HostListen[] {
  const said = saidListens(files);
  const places = new Map<string, HostListen>();
  for (const { file, reference } of known) {
    const service = file.reading.services?.find(({ name }) => serviceOwner(name) === reference.owner);
    if (service?.network.kind !== 'host' || !files.includes(file) || reference.ports === undefined) continue;
    if (said.some(({ by }) => by === service)) continue;
    const key = [file.uri, reference.owner, portsText(reference.ports)].join(' ');
    if (!places.has(key)) places.set(key, { file, reference, isSaid: false });
  }
  return [...said.map((each) => ({ ...each, isSaid: true })), ...places.values()];
}

/** What files say, and the service that it is said of. */
function saidListens(files: readonly SourceFile[]): readonly (PortPlace & { readonly by: Service })[] {
  const found = new Map<PortReference, PortPlace & { readonly by: Service }>();
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
          if (isOwn && isListen(reference)) found.set(reference, { file: other, reference, by: service });
        }
    }
  return [...found.values()];
}

function isListen({ role, ports }: PortReference): boolean {
  return role === 'listen' && ports !== undefined && ports.first > 0;
}
