import type { Variables } from '../model/dialect';
import { environmentUri, pathUri } from '../model/file-name';
import type { ProjectInclude } from '../model/service';
import type { SourceFile, Uri } from '../model/snapshot';
import { readVariables } from '../syntax/docker/dotenv';
import type { Place } from './paths';

/** Finds the file that a path leads to; undefined where the workspace has none there. */
export type FindFile = (from: Place, path: string) => SourceFile | undefined;

/** A compose file as its project reads it. */
export interface Layer {
  readonly file: SourceFile;
  /** What its variables are in this project. */
  readonly variables: Variables;
  /** Those of them that an include gives for want of others: the environment of whoever calls Compose goes before. */
  readonly proposed: ReadonlySet<string>;
  /** The environment files that give them, whether they are there or not: the first has the last word. Absent where one of them is not known. */
  readonly environments?: readonly Uri[];
  readonly base: Place;
  /** The file of the project's own that brings it in, be it itself. */
  readonly root: SourceFile;
  /** The include that brings it in; absent for the project's own files. */
  readonly include?: ProjectInclude;
}

/**
 * The compose files of a project in the order in which each goes over those before it, with all that they include. Each is
 * followed once, so that a loop ends.
 *
 * All paths count from the folder of the first file, and all variables are those of its environment: the `.env` of the
 * folder that Compose is called in, then the one beside the first file (compose-go cli/options.go).
 *
 * @param naming The `.env` that names the files, where they are found by it.
 */
export function composeLayers(
  roots: readonly SourceFile[],
  naming: SourceFile | undefined,
  find: FindFile,
): readonly Layer[] {
  const [base] = roots;
  if (base === undefined) return [];
  const variables = over(naming === undefined ? undefined : readVariables(naming.text), base.variables);
  const environments = distinct([...(naming === undefined ? [] : [naming.uri]), environmentUri(base.uri)]);
  const seen = new Set<SourceFile>();
  return roots.flatMap((root) => {
    const isNew = !seen.has(root);
    seen.add(root);
    const layer = { file: root, variables, proposed: new Set<string>(), environments, base, root };
    const included = includedBy(layer, find, seen);
    return isNew ? [...included, layer] : included;
  });
}

/** What Compose reads in a layer's file. */
export function readingOf({ file, variables }: Pick<Layer, 'file' | 'variables'>): SourceFile['reading'] {
  return file.readingWith(variables);
}

/** What a layer includes, the innermost first: what includes goes over what is included. */
function includedBy(layer: Layer, find: FindFile, seen: Set<SourceFile>): readonly Layer[] {
  return (readingOf(layer).project?.includes ?? []).flatMap((include) => {
    const base = placeOf(layer.base, include);
    if (base === undefined) return [];
    const environment = environmentOf(layer, include, base, find);
    const environments =
      environment && layer.environments && distinct([...layer.environments, ...environment.files]);
    return include.paths.flatMap((path) => {
      const file = find(layer.base, path);
      if (file === undefined || seen.has(file)) return [];
      seen.add(file);
      const variables = over(layer.variables, environment?.variables ?? unknownVariables(file.text));
      const proposed = new Set([
        ...layer.proposed,
        ...[...variables.keys()].filter((name) => !layer.variables.has(name)),
      ]);
      const included = {
        ...{ file, base, variables, proposed, include, root: layer.root },
        ...(environments && { environments }),
      };
      return [...includedBy(included, find, seen), included];
    });
  });
}

/** The folder that the paths of what is included count from; undefined where it lies in no workspace. */
function placeOf(from: Place, { paths: [first = ''], projectDirectory }: ProjectInclude): Place | undefined {
  const uri = pathUri(from.uri, projectDirectory === undefined ? first : `${projectDirectory}/compose.yaml`);
  return uri === undefined ? undefined : { uri };
}

/** The files that give variables, the first with the last word, and what they give together. */
interface Environment {
  readonly files: readonly Uri[];
  readonly variables: Variables;
}

/**
 * What an include says of variables that the project leaves open (compose-go loader/include.go): the files that it names,
 * the later over the earlier, else the `.env` of its folder. Undefined where one of those files is not known: Compose refuses
 * to go on without it, so it is there when it matters.
 */
function environmentOf(
  layer: Layer,
  { paths: [first = ''], projectDirectory, envFiles }: ProjectInclude,
  base: Place,
  find: FindFile,
): Environment | undefined {
  if (envFiles === undefined) {
    const beside = projectDirectory === undefined ? find(layer.base, first) : undefined;
    const files = [environmentUri((beside ?? base).uri)];
    return { files, variables: beside?.variables ?? readVariables(find(base, '.env')?.text ?? '') };
  }
  const files: Uri[] = [];
  const variables = new Map<string, string | undefined>();
  for (const path of envFiles) {
    if (path === '/dev/null') continue;
    const file = path === undefined ? undefined : find(layer.base, path);
    if (file === undefined) return undefined;
    files.unshift(file.uri);
    for (const [name, value] of readVariables(file.text)) variables.set(name, value);
  }
  return { files, variables };
}

/** All variables that a text can name, without a value. */
function unknownVariables(text: string): Variables {
  const names = text.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g);
  return new Map([...names].map(([, name = '']) => [name, undefined]));
}

/** What is set first stays. */
function over(first: Variables | undefined, second: Variables): Variables {
  return first === undefined || first.size === 0 ? second : new Map([...second, ...first]);
}

function distinct(files: readonly Uri[]): readonly Uri[] {
  return [...new Set(files)];
}
