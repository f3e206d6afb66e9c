import { folderOf } from '../model/file-name';
import type { SourceFile } from '../model/snapshot';
import { addressFrom } from './paths';
import { mountedAddresses } from './service-reach';

/**
 * Tells of a file whether containers of the workspace, and they alone, see it: a service with a network of its own mounts
 * it, or a Dockerfile copies just this path from its own folder or the one above; and no service in the host's network
 * mounts it or is built from that Dockerfile. What it makes a program listen on is then no port of the machine.
 */
export function surelyContained(files: readonly SourceFile[]): (file: SourceFile) => boolean {
  let known: Places | undefined;
  return (file) => {
    known ??= placesOf(files);
    const { inContainers, onMachine } = known;
    const around = file.once(addressesAround);
    return around.some((each) => inContainers.has(each)) && !around.some((each) => onMachine.has(each));
  };
}

/** The addresses of files and folders by who sees them. */
interface Places {
  readonly inContainers: ReadonlySet<string>;
  readonly onMachine: ReadonlySet<string>;
}

function placesOf(files: readonly SourceFile[]): Places {
  const inContainers = new Set<string>();
  const onMachine = new Set<string>();
  const builtForMachine = new Set<string>();
  for (const file of files) {
    const { mounted, machine, built } = file.once(seenBy);
    for (const each of mounted) inContainers.add(each);
    for (const each of machine) onMachine.add(each);
    for (const each of built) builtForMachine.add(each);
  }
  for (const file of files) {
    const places = builtForMachine.has(file.address) ? onMachine : inContainers;
    for (const each of file.once(copiedPlaces)) places.add(each);
  }
  return { inContainers, onMachine };
}

interface SeenBy {
  /** What services with a network of their own mount. */
  readonly mounted: readonly string[];
  /** What services in the host's network mount. */
  readonly machine: readonly string[];
  /** The Dockerfiles that these are built from. */
  readonly built: readonly string[];
}

function seenBy(file: SourceFile): SeenBy {
  const services = file.reading.services ?? [];
  const onHost = services.filter(({ network }) => network.kind === 'host' || network.kind === 'unknown');
  return {
    mounted: services
      .filter((service) => !onHost.includes(service))
      .flatMap((service) => mountedAddresses(file, service)),
    machine: onHost.flatMap((service) => mountedAddresses(file, service)),
    built: onHost.flatMap(
      ({ build }) => (build && addressFrom(file, `${build.context}/${build.dockerfile}`)) ?? [],
    ),
  };
}

/** Where the paths that a Dockerfile copies lie, if they count from its own folder or from the one above. */
function copiedPlaces({ address, reading: { copied = [] } }: SourceFile): readonly string[] {
  const own = folderOf(address);
  const paths = copied.flat().filter(({ source }) => source !== '' && !/[$*?[]/.test(source));
  return paths.flatMap(({ source }) => [own + source, folderOf(own.slice(0, -1)) + source]);
}

/** The addresses of a file and of the folders around it, without a slash at the end. */
function addressesAround({ address }: SourceFile): readonly string[] {
  const parts = address.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
