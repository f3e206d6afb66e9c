import { claimList } from '../model/claim-list';
import type { ComposeProject } from '../model/compose-project';
import { type FileIndex, fileIndex } from '../model/file-index';
import { canonicalUri, folderOf } from '../model/file-name';
import { grouped } from '../model/grouped';
import { sameElements } from '../model/same-elements';
import { remembered, type Snapshot, type SourceFile } from '../model/snapshot';
import { composeLayers, type FindFile, type Layer } from './compose-layers';
import { givenPaths } from './given-paths';
import { addressFrom } from './paths';
import { alwaysRuns } from './project-claims';
import { mergedServices } from './project-services';

/** The names that Compose looks for, in its order; the first one that is there counts (compose-go cli/options.go). */
const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** A project as it was put together, with every file that was looked for on the way. */
export interface KnownProject {
  readonly project: ComposeProject;
  readonly naming: SourceFile | undefined;
  readonly looked: ReadonlyMap<string, SourceFile | undefined>;
  /** The files that it includes, each with whether their paths count from another folder than their own. */
  readonly included: ReadonlyMap<SourceFile, boolean>;
}

/** The projects that begin in one folder. */
export interface FolderProjects {
  readonly folder: string;
  /** What lies there of compose files and of what names them. */
  readonly beside: readonly SourceFile[];
  readonly known: readonly KnownProject[];
}

/**
 * The compose projects of a snapshot; those of an earlier one are handed out again where an edit has left them as they are.
 *
 * @param asked The folders whose projects are asked for; absent for those of all.
 */
export function projectsOf(snapshot: Snapshot, asked?: ReadonlySet<string>): readonly FolderProjects[] {
  const known = remembered(snapshot, keptProjects, undefined);
  const found = composeProjects(fileIndex(snapshot), known, asked);
  if (asked === undefined) known.clear();
  for (const each of found) known.set(each.folder, each);
  return found;
}

/** The projects of earlier snapshots; those of this one are put in as they are asked for. */
function keptProjects(
  _: Snapshot,
  before?: ReadonlyMap<string, FolderProjects>,
): Map<string, FolderProjects> {
  return new Map(before);
}

/**
 * The compose projects of a workspace: in each folder what Compose finds there by itself, and each other compose file as
 * a project of its own, for whoever names it.
 *
 * @param before Those of the last time by their folders; a project for which nothing has changed is handed out again.
 * @param asked The folders whose projects are asked for; absent for those of all.
 */
export function composeProjects(
  index: FileIndex,
  before: ReadonlyMap<string, FolderProjects>,
  asked?: ReadonlySet<string>,
): readonly FolderProjects[] {
  const files = asked === undefined ? index.files : index.within(asked);
  const wanted = files.filter(({ reading }) => reading.services ?? reading.project?.composeFiles);
  const folders = grouped(wanted, ({ folder }) => folder);
  return [...folders].map(([folder, beside]) => {
    const last = before.get(folder);
    // Which files begin its projects hangs on other folders only where one of them names files.
    const isSame =
      last !== undefined &&
      sameElements(last.beside, beside) &&
      beside.every(({ reading }) => reading.project?.composeFiles === undefined) &&
      last.known.every((each) => isAsLooked(each, index));
    return isSame ? last : { folder, beside, known: projectsIn(folder, beside, index, last?.known ?? []) };
  });
}

/**
 * The projects that somebody would call. A file that another project includes with its paths counted from elsewhere is a part of
 * that and nothing by itself, and so is one that Compose does not find by its name and that a project which it finds includes.
 */
export function calledProjects(folders: readonly FolderProjects[]): readonly ComposeProject[] {
  const all = folders.flatMap(({ known }) => known);
  const parts = new Set<SourceFile>();
  const moved = new Set<SourceFile>();
  for (const { project, included } of all) {
    for (const [file, isMoved] of included) {
      if (isMoved) moved.add(file);
      if (project.isFound) parts.add(file);
    }
  }
  return all
    .map(({ project }) => project)
    .filter(({ roots: [root, ...others], isFound }) => {
      if (root === undefined || others.length > 0) return true;
      return !moved.has(root) && (isFound || !parts.has(root));
    });
}

function projectsIn(
  folder: string,
  beside: readonly SourceFile[],
  index: FileIndex,
  before: readonly KnownProject[],
): readonly KnownProject[] {
  const last = new Map(before.map((each) => [each.project.id, each]));
  return rootsIn(beside, index).map((begun) => {
    const { roots, naming, isFound } = begun;
    const id = `${isFound ? 'found' : 'named'} ${folder} ${roots.map(({ address }) => address).join(' ')}`;
    const known = last.get(id);
    const isSame =
      known !== undefined &&
      known.naming === naming &&
      sameElements(known.project.roots, roots) &&
      isAsLooked(known, index);
    return isSame ? known : project(id, folder, begun, index);
  });
}

function isAsLooked({ looked }: KnownProject, index: FileIndex): boolean {
  for (const [address, file] of looked) if (index.at(address) !== file) return false;
  return true;
}

interface Roots {
  readonly roots: readonly SourceFile[];
  /** The `.env` that names them, where it was read as a file. */
  readonly naming: SourceFile | undefined;
  readonly isFound: boolean;
}

/** Which files of a folder Compose reads together, and which it reads only when somebody names them. */
function rootsIn(beside: readonly SourceFile[], index: FileIndex): readonly Roots[] {
  const byName = new Map(beside.map((file) => [file.address.slice(file.address.lastIndexOf('/') + 1), file]));
  const first = (names: readonly string[]): SourceFile | undefined =>
    names.map((name) => byName.get(name)).find((file) => file !== undefined);
  const namers = beside.filter(({ reading }) => reading.project?.composeFiles);
  const env = namers.find(({ reading }) => reading.services === undefined);
  const naming = env ?? namers[0];
  const named = naming?.reading.project?.composeFiles;
  const base = first(baseNames);
  const override = first(overrideNames);
  const found =
    naming === undefined || named === undefined
      ? [base, base && override].filter((file) => file !== undefined)
      : named.flatMap((path) => index.at(addressFrom(naming, path) ?? '') ?? []);
  // A file of the list that is not known could say anything.
  const isWhole = named === undefined || found.length === named.length;
  const others = beside.filter((file) => file.reading.services && !found.includes(file));
  return [
    ...(found.length > 0 ? [{ roots: found, naming: env, isFound: isWhole }] : []),
    ...others.map((file) => ({ roots: [file], naming: undefined, isFound: false })),
  ];
}

function project(id: string, folder: string, begun: Roots, index: FileIndex): KnownProject {
  const { roots, naming, isFound } = begun;
  const looked = new Map<string, SourceFile | undefined>();
  const find: FindFile = (from, path) => {
    const address = addressFrom(from, path);
    if (address === undefined) return undefined;
    const file = index.at(address);
    looked.set(address, file);
    return file;
  };
  const layers = composeLayers(roots, naming, find);
  const saying = [...roots.slice(0, 1), ...(naming === undefined ? [] : [naming])];
  const active = new Set(saying.flatMap(({ reading }) => reading.project?.activeProfiles ?? []));
  const services = mergedServices(layers, find, active);
  const found = [...looked.values()].filter((file) => file?.reading.services);
  const name = nameOf(begun);
  return {
    ...{ naming, looked, included: includedIn(layers) },
    project: {
      ...{ id, folder, isFound, services, roots },
      files: [...new Set([...layers.map(({ file }) => file), ...found.filter((file) => file !== undefined)])],
      ...(name !== undefined && { name }),
      claims: services.flatMap((service) => service.claims),
      steadyClaims: claimList(services.filter(alwaysRuns).flatMap((service) => service.claims)),
      given: givenPaths(services),
      onHost: services.filter(({ network }) => network.kind === 'host'),
    },
  };
}

function includedIn(layers: readonly Layer[]): ReadonlyMap<SourceFile, boolean> {
  const included = layers.filter(({ include }) => include !== undefined);
  return new Map(
    included.map(({ file, base }) => [file, folderOf(canonicalUri(base.uri)) !== file.folder] as const),
  );
}

/**
 * The project's name: what the `.env` or else the files say last, else that of the first file's folder, as Compose writes
 * names (compose-go loader.go, NormalizeProjectName; cli/options.go, GetWorkingDir).
 */
function nameOf({ roots, naming }: Roots): string | undefined {
  const named = roots.findLast(({ reading }) => reading.project?.name !== undefined)?.reading.project?.name;
  const said = naming?.reading.project?.name ?? named;
  const folder = folderOf(roots[0]?.address ?? '');
  const name = said ?? folder.replace(/\/$/, '').replace(/^.*\//, '');
  const normalized = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  return normalized === '' ? undefined : normalized;
}
