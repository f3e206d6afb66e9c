import type { ProjectService } from '../model/compose-project';
import { copiedPaths, mountedAddresses } from './service-reach';

/**
 * The addresses of the files and folders that containers in a project's own networks get: by a mount, or by a Dockerfile
 * that copies them. A folder that holds the compose file itself is left out, and so is a context that is copied whole:
 * most of what is in them has another use. Each stands there once.
 */
export function givenPaths(services: readonly ProjectService[]): readonly string[] {
  const given = new Set<string>();
  for (const service of services) {
    if (service.network.kind !== 'own') continue;
    for (const { file, base, service: definition } of service.definitions) {
      const copied = definition.buildParts === undefined ? [] : copiedAddresses(service);
      for (const path of [...mountedAddresses(base, definition), ...copied]) {
        const address = path.replace(/\/$/, '');
        if (!file.address.startsWith(`${address}/`)) given.add(address);
      }
    }
  }
  return [...given];
}

function copiedAddresses(service: ProjectService): readonly string[] {
  return copiedPaths(service).flatMap(({ address, isContext }) => (isContext ? [] : [address]));
}
