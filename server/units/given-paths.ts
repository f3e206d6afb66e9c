import type { ProjectService } from '../model/compose-project';
import { addressFrom } from './paths';
import { mountedAddresses } from './service-reach';

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

function copiedAddresses({ built, build }: ProjectService): readonly string[] {
  const context =
    typeof build === 'object' ? addressFrom(build.base, `${build.context}/`)?.replace(/\/$/, '') : undefined;
  if (context === undefined || built === undefined) return [];
  return (built.file.reading.copied ?? [])
    .flat()
    .flatMap(({ source }) => (source === '' ? [] : [`${context}/${source}`]));
}
