import { folderOf } from '../model/file-name';
import type { SourceFile } from '../model/snapshot';
import { mountedAddresses } from './service-reach';

/**
 * Tells of a file whether a container of the workspace may see it: a service with a network of its own mounts it, or a
 * Dockerfile around or beside it copies something of its name. Who wants to be sure that a file is the machine's own asks
 * here; who wants to be sure that it is not asks `surelyContained`.
 */
export function containedFiles(files: readonly SourceFile[]): (file: SourceFile) => boolean {
  let known: Containers | undefined;
  return (file) => {
    known ??= containersOf(files);
    const { mounted, copied } = known;
    return file.once(pathsAround).some(({ address, inside }) => {
      if (mounted.has(address)) return true;
      const names = copied.get(address);
      return names !== undefined && (names.has('') || inside.some((part) => names.has(part)));
    });
  };
}

/** The addresses of a file and of the folders around it, without a slash at the end, and the names from there to the file. */
function pathsAround({
  address,
}: SourceFile): readonly { readonly address: string; readonly inside: readonly string[] }[] {
  const parts = address.split('/');
  return parts.map((_, index) => ({
    address: parts.slice(0, index + 1).join('/'),
    inside: parts.slice(index + 1),
  }));
}

/** What containers are given of the workspace. */
interface Containers {
  /** The addresses of files and folders. */
  readonly mounted: ReadonlySet<string>;
  /** The names that are copied from somewhere below a folder; the empty one for all. */
  readonly copied: ReadonlyMap<string, ReadonlySet<string>>;
}

function containersOf(files: readonly SourceFile[]): Containers {
  const copied = new Map<string, Set<string>>();
  for (const file of files) {
    const names = file.once(copiedNames);
    if (names.size === 0) continue;
    // What its paths count from is its own folder, or the one above.
    const folder = folderOf(file.folder.slice(0, -1)).slice(0, -1);
    const known = copied.get(folder) ?? new Set();
    copied.set(folder, known);
    for (const name of names) known.add(name);
  }
  const mounted = new Set<string>();
  for (const file of files) for (const address of file.once(mountedBy)) mounted.add(address);
  return { mounted, copied };
}

/** The addresses of what the services of a compose file mount; those in the host's network listen on the machine. */
function mountedBy(file: SourceFile): readonly string[] {
  return (file.reading.services ?? [])
    .filter(({ network }) => network.kind !== 'host')
    .flatMap((service) => mountedAddresses(file, service));
}

/**
 * The last names of what a Dockerfile copies, and of the folder that it copies by a pattern or a variable; the empty one
 * where that can be any file, and goes where nginx has its own. Elsewhere all there is holds files of all sorts.
 */
function copiedNames({ reading: { copied = [] } }: SourceFile): ReadonlySet<string> {
  return new Set(
    copied.flat().flatMap(({ source, target }) => {
      const plain = source.replace(/(?:^|\/)[^/]*[$*?[].*$/, '');
      const last = plain.slice(plain.lastIndexOf('/') + 1);
      return last !== '' || isOfNginx(target) ? [last] : [];
    }),
  );
}

function isOfNginx(target: string): boolean {
  return /^\/etc\/nginx(?:\/|$)|^\/usr\/local\/(?:openresty\/)?nginx(?:\/|$)/.test(target);
}
