import { fileIndex } from '../model/file-index';
import { folderOf, pathsAround } from '../model/file-name';
import { type FromEach, fromEach, sameData } from '../model/from-each';
import { remembered, type Snapshot, type SourceFile } from '../model/snapshot';
import { sharingHostIn } from './host-sharing';
import { addressFrom } from './paths';
import { mountedAddresses } from './service-reach';

/**
 * Tells of a file whether containers of the workspace, and they alone, see it: a service with a network of its own mounts
 * it, or a Dockerfile copies just this path from its own folder or the one above; and no service in the host's network
 * mounts it or is built from that Dockerfile. What it makes a program listen on is then no port of the machine.
 *
 * @returns The same function as before, where nothing is given to containers that was not before.
 */
export function surelyContained(snapshot: Snapshot): (file: SourceFile) => boolean {
  return remembered(snapshot, containment, undefined).isContained;
}

interface Containment {
  readonly given: FromEach<Given>;
  readonly isContained: (file: SourceFile) => boolean;
}

function containment(snapshot: Snapshot, before: Containment | undefined): Containment {
  const { files } = fileIndex(snapshot);
  const given = fromEach(files, (file) => file.once(givenBy), before?.given, sameData);
  if (before?.given.said === given.said) return { given, isContained: before.isContained };
  const { inContainers, onMachine } = placesOf(given.said);
  return {
    given,
    isContained: (file) => {
      const around = file.once(pathsOf);
      return around.some((each) => inContainers.has(each)) && !around.some((each) => onMachine.has(each));
    },
  };
}

/** The addresses of files and folders by who sees them. */
interface Places {
  readonly inContainers: ReadonlySet<string>;
  readonly onMachine: ReadonlySet<string>;
}

function placesOf(given: readonly Given[]): Places {
  const builtForMachine = new Set(given.flatMap(({ built }) => built));
  const inContainers = new Set<string>();
  const onMachine = new Set<string>();
  for (const { by, mounted, machine, copied } of given) {
    for (const each of mounted) inContainers.add(each);
    for (const each of machine) onMachine.add(each);
    for (const each of copied) (builtForMachine.has(by) ? onMachine : inContainers).add(each);
  }
  return { inContainers, onMachine };
}

/** What one file of the workspace gives to containers. */
interface Given {
  /** Its address. */
  readonly by: string;
  /** What services with a network of their own mount. */
  readonly mounted: readonly string[];
  /** What services in the host's network mount. */
  readonly machine: readonly string[];
  /** The Dockerfiles that these are built from. */
  readonly built: readonly string[];
  /** What a Dockerfile copies. */
  readonly copied: readonly string[];
}

/** Undefined for a file that gives nothing: most do not, and thousands are asked while somebody types. */
function givenBy(file: SourceFile): Given | undefined {
  const services = file.reading.services ?? [];
  const sharing = services.length === 0 ? undefined : file.once(sharingHostIn);
  const onHost = services.filter(({ name }) => sharing?.has(name));
  const given = {
    by: file.address,
    mounted: services
      .filter((service) => !onHost.includes(service))
      .flatMap((service) => mountedAddresses(file, service)),
    machine: onHost.flatMap((service) => mountedAddresses(file, service)),
    built: onHost.flatMap(
      ({ build }) => (build && addressFrom(file, `${build.context}/${build.dockerfile}`)) ?? [],
    ),
    copied: copiedPlaces(file),
  };
  const isNothing = [given.mounted, given.machine, given.built, given.copied].every(
    ({ length }) => length === 0,
  );
  return isNothing ? undefined : given;
}

/** Where the paths that a Dockerfile copies lie, if they count from its own folder or from the one above. */
function copiedPlaces({ folder, reading: { copied = [] } }: SourceFile): readonly string[] {
  const paths = copied.flat().filter(({ source }) => source !== '' && !/[$*?[]/.test(source));
  return paths.flatMap(({ source }) => [folder + source, folderOf(folder.slice(0, -1)) + source]);
}

/** Asked of every file that listens, at every key: it is kept with the file. */
function pathsOf({ address }: SourceFile): readonly string[] {
  return pathsAround(address);
}
