import type { ComposeProject } from '../model/compose-project';
import { foldersAround } from '../model/file-name';
import { grouped } from '../model/grouped';
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
    if (!isCompose) given ??= byGiven(projects);
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
  file: SourceFile,
  given: ReadonlyMap<string, readonly ComposeProject[]>,
): readonly ComposeProject[] {
  return file.once(pathsAround).flatMap((path) => given.get(path) ?? []);
}

/** Its own address, and those of the folders around it without their slashes. */
function pathsAround(file: SourceFile): readonly string[] {
  return [file.address, ...file.once(foldersOf).map((folder) => folder.slice(0, -1))];
}
