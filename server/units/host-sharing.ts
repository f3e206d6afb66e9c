import type { Service } from '../model/service';
import type { SourceFile } from '../model/snapshot';

/** A definition of a service, by the name that the service has in its project. */
export interface NamedDefinition {
  readonly name: string;
  readonly service: Pick<Service, 'network' | 'networks'>;
}

/**
 * The names of the services that may have the network of the machine: by `network_mode: host`, or one that hangs on
 * something unknown; by a network of the project that stands for Docker's `host` (documented in compose-file/06-networks.md,
 * "host or none"; some versions of the engine refuse it at the start); or by the network of another such service.
 *
 * @param hostNetworks The project's names of networks that stand for Docker's.
 */
export function sharingHost(
  definitions: readonly NamedDefinition[],
  hostNetworks: ReadonlySet<string>,
): ReadonlySet<string> {
  const known = new Set(definitions.map(({ name }) => name));
  const joining = new Map<string, string[]>();
  const found = new Set<string>();
  for (const { name, service } of definitions) {
    const { network, networks } = service;
    const isDefault = networks.length === 0 && (network.kind === 'unsaid' || network.kind === 'own');
    const joined = isDefault ? ['default'] : networks;
    // What is not known can be any of the project's.
    const joinsHost =
      joined === 'unknown' ? hostNetworks.size > 0 : joined.some((each) => hostNetworks.has(each));
    if (mayBeHost(network.kind) || joinsHost) found.add(name);
    if (network.kind !== 'service') continue;
    // It may be defined in a file that is not looked at.
    if (!known.has(network.name)) found.add(name);
    else {
      const those = joining.get(network.name) ?? [];
      joining.set(network.name, those);
      those.push(name);
    }
  }
  // The set grows while it is walked.
  for (const name of found) for (const each of joining.get(name) ?? []) found.add(each);
  return found;
}

/** The same for the services of one file, as far as the file itself says. */
export function sharingHostIn({ reading: { services = [], project } }: SourceFile): ReadonlySet<string> {
  const definitions = services.map((service) => ({ name: service.name, service }));
  return sharingHost(definitions, new Set(project?.hostNetworks));
}

function mayBeHost(kind: Service['network']['kind']): boolean {
  return kind === 'host' || kind === 'unknown';
}
