import type { ComposeProject, ProjectService } from '../model/compose-project';
import { fileIndex } from '../model/file-index';
import { foldersAround, pathsAround } from '../model/file-name';
import type { Snapshot, SourceFile } from '../model/snapshot';
import { calledProjects, projectsOf } from './compose-projects';
import { isCalled, mountedAddresses } from './service-reach';

/**
 * The compose projects that a file belongs to, put together for one question about that file alone: those that a compose file
 * is part of; those whose services mount another file; where nobody does, those of the nearest folder around it that
 * has one. What Compose finds by itself comes first.
 */
export function nearProjects(snapshot: Snapshot, file: SourceFile): readonly ComposeProject[] {
  const around = foldersAround(file.address);
  if (file.reading.services !== undefined) {
    const own = projectsIn(snapshot, new Set(around)).filter((project) => project.files.includes(file));
    if (own.length > 0) return own;
  }
  const { files } = fileIndex(snapshot);
  const mounters = files.filter((each) => isMountedBy(each, file));
  if (mounters.length > 0) {
    const folders = new Set(mounters.map(({ folder }) => folder));
    return projectsIn(snapshot, folders).filter((project) =>
      project.files.some((each) => mounters.includes(each)),
    );
  }
  const known = new Set(files.filter(({ reading }) => reading.services).map(({ folder }) => folder));
  const nearest = around.find((folder) => known.has(folder));
  return nearest === undefined ? [] : projectsIn(snapshot, new Set([nearest]));
}

/** The services that a program which reads a file calls by a name: those near it, or else all of the workspace. */
export function calledServices(
  snapshot: Snapshot,
  file: SourceFile,
  host: string,
): readonly ProjectService[] {
  const named = fileIndex(snapshot).files.filter(({ reading }) =>
    reading.services?.some((service) => isCalled(service, host)),
  );
  if (named.length === 0) return [];
  const ofName = (projects: readonly ComposeProject[]): readonly ProjectService[] =>
    projects.flatMap(({ services }) => services.filter((service) => isCalled(service, host)));
  const near = ofName(nearProjects(snapshot, file));
  if (near.length > 0) return near;
  return ofName(projectsIn(snapshot, new Set(named.map(({ folder }) => folder))));
}

/**
 * Services of a compose file as its projects define them, and as the project of its folder does that it may go over: project by
 * project, with those that extend them and publish what they publish.
 */
export function mergedDefinitions(
  snapshot: Snapshot,
  file: SourceFile,
  names: ReadonlySet<string>,
): readonly MergedServices[] {
  return projectsIn(snapshot, new Set(foldersAround(file.address)))
    .filter((project) => project.files.includes(file) || (project.isFound && project.folder === file.folder))
    .map(({ services, onHost }) => {
      const own = services.filter(({ name }) => names.has(name));
      const heirs = services.filter((service) => !names.has(service.name) && inherits(service, file, names));
      return { own, heirs, onHost: own.filter((service) => onHost.includes(service)) };
    })
    .filter(({ own, heirs }) => own.length + heirs.length > 0);
}

/** What becomes in one project of services that a file defines. */
export interface MergedServices {
  readonly own: readonly ProjectService[];
  /** Those that begin as one of them, and keep its ports. */
  readonly heirs: readonly ProjectService[];
  /** Those of `own` that are in the machine's network. */
  readonly onHost: readonly ProjectService[];
}

function inherits({ definitions }: ProjectService, file: SourceFile, names: ReadonlySet<string>): boolean {
  const begin = definitions.findIndex((each) => each.file === file && names.has(each.service.name));
  return begin >= 0 && definitions.slice(begin + 1).every(({ service }) => service.portsMerge === 'append');
}

/** The projects of some folders; what Compose finds by itself comes first. */
function projectsIn(snapshot: Snapshot, folders: ReadonlySet<string>): readonly ComposeProject[] {
  const known = projectsOf(snapshot, folders);
  const projects = calledProjects(known);
  return [...projects.filter(({ isFound }) => isFound), ...projects.filter(({ isFound }) => !isFound)];
}

function isMountedBy(definedIn: SourceFile, { address }: SourceFile): boolean {
  const mounted = definedIn.once(mountedIn);
  return mounted.size > 0 && pathsAround(address).some((path) => mounted.has(path));
}

function mountedIn(file: SourceFile): ReadonlySet<string> {
  return new Set((file.reading.services ?? []).flatMap((service) => mountedAddresses(file, service)));
}
