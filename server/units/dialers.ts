import type { ComposeProject } from '../model/compose-project';
import { foldersAround, pathsAround } from '../model/file-name';
import { grouped, listedBy } from '../model/grouped';
import type { PortReference } from '../model/port';
import { sameElements } from '../model/same-elements';
import type { SourceFile } from '../model/snapshot';
import type { Dialer } from '../model/unit';

/**
 * The files that dial names, each with the projects in whose networks it may do so.
 *
 * @param byFile The projects by the files that they read.
 * @param before Those of the last time by their files; one whose projects are the same is handed out again.
 */
export function dialers(
  files: readonly SourceFile[],
  projects: readonly ComposeProject[],
  byFile: ReadonlyMap<SourceFile, readonly ComposeProject[]>,
  before: ReadonlyMap<SourceFile, Dialer>,
): readonly Dialer[] {
  const byFolder = grouped(projects, ({ folder }) => folder);
  let given: ReadonlyMap<string, readonly ComposeProject[]> | undefined;
  const found: Dialer[] = [];
  for (const file of files) {
    const dialled = file.once(namedConnections);
    if (dialled.length === 0) continue;
    const isCompose = file.reading.services !== undefined;
    if (!isCompose) given ??= listedBy(projects, (project) => project.given);
    const around = isCompose
      ? (byFile.get(file) ?? [])
      : [...new Set([...above(file, byFolder), ...takers(file, given ?? new Map())])];
    const last = before.get(file);
    const isSame = last !== undefined && sameElements(last.projects, around);
    found.push(isSame ? last : { file, dialled, projects: around });
  }
  return found;
}

function namedConnections({ reading }: SourceFile): readonly PortReference[] {
  return reading.references.filter(
    ({ role, address, ports }) =>
      role === 'connect' && address?.kind === 'name' && ports !== undefined && ports.first === ports.last,
  );
}

/** The projects of the folders that a file lies in. */
function above(
  file: SourceFile,
  byFolder: ReadonlyMap<string, readonly ComposeProject[]>,
): readonly ComposeProject[] {
  return file.once(foldersOf).flatMap((folder) => byFolder.get(folder) ?? []);
}

/** Asked for every key that is typed: it is kept with the file. */
function foldersOf({ address }: SourceFile): readonly string[] {
  return foldersAround(address);
}

function pathsOf({ address }: SourceFile): readonly string[] {
  return pathsAround(address);
}

/** The projects whose containers get the file or a folder around it. */
function takers(
  file: SourceFile,
  given: ReadonlyMap<string, readonly ComposeProject[]>,
): readonly ComposeProject[] {
  return file.once(pathsOf).flatMap((path) => given.get(path) ?? []);
}
