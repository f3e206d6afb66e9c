import type { ComposeProject } from '../model/compose-project';
import { baseName, canonicalUri } from '../model/file-name';
import { grouped } from '../model/grouped';
import type { SourceFile } from '../model/snapshot';
import { type FilesByAddress, fileAt, folderOf } from './paths';
import { mergedServices } from './project-services';

/** The names that Compose looks for, in its order; the first one that is there counts (compose-go cli/options.go). */
const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** How deep files include or extend each other before the search gives up: a loop ends here. */
const deepest = 10;

/**
 * The compose projects of a workspace: in each folder what Compose finds there by itself, and each other compose file as
 * a project of its own, for whoever names it.
 *
 * @param before The projects of the last time by their ids; one whose files are all the same objects is handed out again.
 */
export function composeProjects(
  files: readonly SourceFile[],
  before: ReadonlyMap<string, ComposeProject>,
): readonly ComposeProject[] {
  const known: FilesByAddress = new Map(
    files.filter(({ reading }) => reading.services).map((file) => [canonicalUri(file.uri), file]),
  );
  const folders = grouped(known.values(), ({ uri }) => folderOf(uri));
  return [...folders].flatMap(([folder, beside]) =>
    rootsIn(beside, known).map(({ roots, isFound }) => project(folder, roots, isFound, known, before)),
  );
}

interface Roots {
  readonly roots: readonly SourceFile[];
  readonly isFound: boolean;
}

/** Which files of a folder Compose reads together, and which it reads only when somebody names them. */
function rootsIn(beside: readonly SourceFile[], known: FilesByAddress): readonly Roots[] {
  const byName = new Map(beside.map((file) => [baseName(file.uri), file]));
  const first = (names: readonly string[]): SourceFile | undefined =>
    names.map((name) => byName.get(name)).find((file) => file !== undefined);
  const naming = beside.find(({ reading }) => reading.project?.composeFiles);
  const named = naming?.reading.project?.composeFiles;
  const base = first(baseNames);
  const override = first(overrideNames);
  const found =
    naming === undefined || named === undefined
      ? [base, base && override].filter((file) => file !== undefined)
      : named.flatMap((path) => fileAt(known, naming, path) ?? []);
  // A file of the list that is not known could say anything.
  const isWhole = named === undefined || found.length === named.length;
  const others = beside.filter((file) => !found.includes(file));
  return [
    ...(found.length > 0 ? [{ roots: found, isFound: isWhole }] : []),
    ...others.map((file) => ({ roots: [file], isFound: false })),
  ];
}

function project(
  folder: string,
  roots: readonly SourceFile[],
  isFound: boolean,
  known: FilesByAddress,
  before: ReadonlyMap<string, ComposeProject>,
): ComposeProject {
  const id = roots.map(({ uri }) => canonicalUri(uri)).join(' ');
  const layers = roots.flatMap((root) => [...includedBy(root, known, 0), root]);
  const files = [...new Set([...layers, ...layers.flatMap((file) => extendedBy(file, known, 0))])];
  const last = before.get(id);
  const isSame =
    last?.isFound === isFound &&
    last.files.length === files.length &&
    last.files.every((file, index) => file === files[index]);
  if (isSame) return last;
  const name = nameOf(folder, roots);
  return {
    ...{ id, files, folder, isFound },
    ...(name !== undefined && { name }),
    services: mergedServices([...new Set(layers)], known),
  };
}

/** The files that a file includes, the innermost first: what includes goes over what is included. */
function includedBy(file: SourceFile, known: FilesByAddress, depth: number): readonly SourceFile[] {
  if (depth > deepest) return [];
  const paths = file.reading.project?.includes.flatMap(({ paths: listed }) => listed) ?? [];
  return paths.flatMap((path) => {
    const included = fileAt(known, file, path);
    return included === undefined ? [] : [...includedBy(included, known, depth + 1), included];
  });
}

/** The files that services of a file extend services of. */
function extendedBy(file: SourceFile, known: FilesByAddress, depth: number): readonly SourceFile[] {
  if (depth > deepest) return [];
  return (file.reading.services ?? []).flatMap(({ extends: extended }) => {
    const other = extended?.file === undefined ? undefined : fileAt(known, file, extended.file);
    return other === undefined || other === file ? [] : [other, ...extendedBy(other, known, depth + 1)];
  });
}

/**
 * The project's name: what the files say last, else the folder's, as Compose writes names (compose-go loader.go,
 * NormalizeProjectName).
 */
function nameOf(folder: string, roots: readonly SourceFile[]): string | undefined {
  const said = roots.findLast(({ reading }) => reading.project?.name !== undefined)?.reading.project?.name;
  const name = said ?? folder.replace(/\/$/, '').replace(/^.*\//, '');
  const normalized = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  return normalized === '' ? undefined : normalized;
}
