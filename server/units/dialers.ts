import type { ComposeProject } from '../model/compose-project';
import { folderOf } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { PortReference } from '../model/port';
import type { SourceFile } from '../model/snapshot';
import type { Dialer } from '../model/unit';
import { addressFrom } from './paths';
import { mountedAddresses } from './service-reach';

/**
 * The files that dial names, each with the projects in whose networks it may do so.
 *
 * @param before What each file dials, with the projects of the last time; one whose projects are the same is handed
 *   out again.
 */
export function dialers(
  files: readonly SourceFile[],
  projects: readonly ComposeProject[],
  before: WeakMap<SourceFile, Dialer>,
): readonly Dialer[] {
  const byFolder = grouped(projects, ({ folder }) => folder);
  const own = new Map<SourceFile, ComposeProject[]>();
  for (const project of projects) {
    for (const file of project.files) {
      const known = own.get(file);
      if (known === undefined) own.set(file, [project]);
      else known.push(project);
    }
  }
  let given: ReadonlyMap<string, ReadonlySet<ComposeProject>> | undefined;
  return files.flatMap((file): readonly Dialer[] => {
    const last = before.get(file) ?? { file, dialled: namedConnections(file), projects: [] };
    before.set(file, last);
    const { dialled } = last;
    if (dialled.length === 0) return [];
    const isCompose = file.reading.services !== undefined;
    if (!isCompose) given ??= givenPaths(projects);
    const around = isCompose
      ? (own.get(file) ?? [])
      : [...new Set([...above(file, byFolder), ...takers(file, given ?? new Map())])];
    const isSame =
      last.projects.length === around.length && last.projects.every((each, at) => each === around[at]);
    const now = isSame ? last : { file, dialled, projects: around };
    before.set(file, now);
    return [now];
  });
}

function namedConnections({ reading }: SourceFile): readonly PortReference[] {
  return reading.references.filter(
    ({ role, address, ports }) =>
      role === 'connect' && address?.kind === 'name' && ports !== undefined && ports.first === ports.last,
  );
}

/** The projects of the folders that a file lies in. */
function above(
  { address }: SourceFile,
  byFolder: ReadonlyMap<string, readonly ComposeProject[]>,
): readonly ComposeProject[] {
  const found: ComposeProject[] = [];
  for (let folder = folderOf(address); folder !== ''; folder = folderOf(folder.slice(0, -1)))
    found.push(...(byFolder.get(folder) ?? []));
  return found;
}

/**
 * The addresses of the files and folders that containers in a project's own networks get: by a mount, or by a Dockerfile that
 * copies them. A folder that holds the compose file itself is left out, and so is a context that is copied whole: most of what is in
 * them has another use.
 */
function givenPaths(projects: readonly ComposeProject[]): ReadonlyMap<string, ReadonlySet<ComposeProject>> {
  const given = new Map<string, Set<ComposeProject>>();
  for (const project of projects) {
    for (const { definitions, network, built } of project.services) {
      if (network.kind !== 'own') continue;
      for (const { file, service } of definitions) {
        const context = service.build && addressFrom(file, `${service.build.context}/`);
        const copied =
          context === undefined
            ? []
            : (built?.file.reading.copied ?? []).flat().filter(({ source }) => source !== '');
        const addresses = [
          ...mountedAddresses(file, service),
          ...copied.map(({ source }) => `${context?.replace(/\/$/, '')}/${source}`),
        ].map((address) => address.replace(/\/$/, ''));
        for (const address of addresses) {
          if (file.address.startsWith(`${address}/`)) continue;
          const known = given.get(address) ?? new Set();
          given.set(address, known.add(project));
        }
      }
    }
  }
  return given;
}

/** The projects whose containers get the file or a folder around it. */
function takers(
  { address }: SourceFile,
  given: ReadonlyMap<string, ReadonlySet<ComposeProject>>,
): readonly ComposeProject[] {
  const found: ComposeProject[] = [];
  for (let path = address; path.includes('/'); path = path.slice(0, path.lastIndexOf('/')))
    found.push(...(given.get(path) ?? []));
  return found;
}
