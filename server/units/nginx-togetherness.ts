import { grouped } from '../model/grouped';
import type { SourceFile } from '../model/snapshot';
import { mountedAddresses } from './service-reach';

/** Tells whether files of one folder are surely loaded side by side. */
export type Togetherness = (files: readonly SourceFile[]) => boolean;

/**
 * A folder of a repository can hold configurations of which only one is meant to be loaded. That is so where a compose
 * file mounts one of them into a container, where a Dockerfile copies one into an image, and where their names say that
 * they are for different occasions: `dev.conf` and `prod.conf`.
 *
 * @param all Gives all files of the workspace; it is asked where what others do with files matters.
 */
export function togetherness(all: () => readonly SourceFile[]): Togetherness {
  let choices: readonly Choice[] | undefined;
  let picked: readonly string[] | undefined;
  let byPlace: ReadonlyMap<string, readonly Choice[]> = new Map();
  return (together) => {
    if (together.length < 2) return true;
    if (together.some(({ address }) => isForAnOccasion(nameOf(address)))) return false;
    picked ??= all().flatMap(pickedFolders);
    if (together.some((file) => picked?.some((folder) => file.folder.endsWith(folder)))) return false;
    if (choices === undefined) {
      const files = all();
      choices = [...files.flatMap(mounts), ...files.flatMap(copies)];
      byPlace = grouped(choices, ({ name }) => name);
    }
    const chosen = new Map<string, number>();
    for (const { address } of together) {
      const by = (byPlace.get(nameOf(address)) ?? [])
        .filter(({ isOf }) => isOf(address))
        .map((each) => each.by);
      for (const each of new Set(by)) chosen.set(each, (chosen.get(each) ?? 0) + 1);
    }
    return [...chosen.values()].every((count) => count === together.length);
  };
}

/** One file that somebody picks out. */
interface Choice {
  /** Its base name. */
  readonly name: string;
  readonly isOf: (path: string) => boolean;
  /** Who does: a service, a stage of a Dockerfile. */
  readonly by: string;
}

function mounts(file: SourceFile): readonly Choice[] {
  return (file.reading.services ?? []).flatMap((service) =>
    mountedAddresses(file, service).map(
      (mounted): Choice => ({
        name: nameOf(mounted),
        isOf: (path) => path === mounted,
        by: `${file.address} ${service.name}`,
      }),
    ),
  );
}

/** The folders out of which a Dockerfile copies the file that a variable names: `conf.d/${SITE}.conf`. */
function pickedFolders(file: SourceFile): readonly string[] {
  return (file.reading.copied ?? []).flat().flatMap(({ source }) => {
    const folder = /^(?:\.?\/)?([^$]*\/)[^/]*\$[^/]*$/.exec(source)?.[1];
    return folder === undefined ? [] : [`/${folder}`];
  });
}

/** The folder that a path of a Dockerfile counts from is not known; it lies above the Dockerfile or below its folder. */
function copies(file: SourceFile): readonly Choice[] {
  const own = file.folder;
  return (file.reading.copied ?? []).flatMap((paths, stage) =>
    paths.map(({ source: copied }): Choice => {
      const isOf = (path: string): boolean => {
        const context = path.endsWith(`/${copied}`) ? path.slice(0, path.length - copied.length) : undefined;
        return context !== undefined && (own.startsWith(context) || context.startsWith(own));
      };
      return { name: nameOf(copied), isOf, by: `${file.address} ${stage}` };
    }),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The words that name an occasion for which a file is taken in another one's place. */
const occasions: ReadonlySet<string> = new Set([
  ...['dev', 'devel', 'develop', 'development', 'prod', 'production', 'stage', 'staging', 'stg', 'uat', 'qa'],
  ...['example', 'sample', 'template', 'maintenance', 'init', 'initial', 'bootstrap', 'http', 'https', 'ssl'],
  ...['nossl', 'tls', 'docker'],
]);

/** Words that say so only where they are the whole name: `example.test.conf` is the file of a domain. */
const wholeOccasions: ReadonlySet<string> = new Set(['test', 'testing', 'local', 'localhost']);

function isForAnOccasion(name: string): boolean {
  const stem = name.toLowerCase().replace(/(?:\.(?:conf|nginx|template|tmpl|j2|erb))+$/, '');
  const last = stem.slice(Math.max(...['-', '_', '.'].map((mark) => stem.lastIndexOf(mark))) + 1);
  return occasions.has(last) || wholeOccasions.has(stem);
}
