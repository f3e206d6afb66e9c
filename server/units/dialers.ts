import type { ComposeProject } from '../model/compose-project';
import { folderOf } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { PortReference } from '../model/port';
import type { SourceFile } from '../model/snapshot';
import type { Dialer } from '../model/unit';

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
  let given: ReadonlyMap<string, readonly ComposeProject[]> | undefined;
  return files.flatMap((file): readonly Dialer[] => {
    const last = before.get(file) ?? { file, dialled: namedConnections(file), projects: [] };
    before.set(file, last);
    const { dialled } = last;
    if (dialled.length === 0) return [];
    const isCompose = file.reading.services !== undefined;
    if (!isCompose) given ??= byGiven(projects);
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

/** The projects by the files and folders that their containers get. */
function byGiven(projects: readonly ComposeProject[]): ReadonlyMap<string, readonly ComposeProject[]> {
  const found = new Map<string, ComposeProject[]>();
  for (const project of projects) {
    for (const address of project.given) {
      const known = found.get(address);
      if (known === undefined) found.set(address, [project]);
      else known.push(project);
    }
  }
  return found;
}

/** The projects whose containers get the file or a folder around it. */
function takers(
  { address }: SourceFile,
  given: ReadonlyMap<string, readonly ComposeProject[]>,
): readonly ComposeProject[] {
  const found: ComposeProject[] = [];
  for (let path = address; path.includes('/'); path = path.slice(0, path.lastIndexOf('/')))
    found.push(...(given.get(path) ?? []));
  return found;
}
