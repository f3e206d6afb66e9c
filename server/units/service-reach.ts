import { canonicalUri, pathUri } from '../model/file-name';
import type { Service } from '../model/service';
import type { SourceFile } from '../model/snapshot';

/** Tells whether other containers reach a service by the name. */
export function isCalled({ name, aliases }: Pick<Service, 'name' | 'aliases'>, host: string): boolean {
  const wanted = host.toLowerCase();
  return [name, ...aliases].some((each) => each.toLowerCase() === wanted);
}

/** Tells whether the container of a service sees a file: it mounts the file, or a folder that holds it. */
export function isMounted(
  definedIn: SourceFile,
  service: Pick<Service, 'mounts'>,
  file: SourceFile,
): boolean {
  return mountedAt(definedIn, service, file).length > 0;
}

/** The paths by which the container of a service sees a file. */
export function mountedAt(
  definedIn: SourceFile,
  { mounts }: Pick<Service, 'mounts'>,
  file: SourceFile,
): readonly string[] {
  return mounts.flatMap(({ source, target }) => {
    const uri = pathUri(definedIn.uri, source);
    const mounted = uri === undefined ? undefined : canonicalUri(uri);
    if (mounted === undefined) return [];
    if (file.address === mounted) return [target];
    return file.address.startsWith(`${mounted}/`)
      ? [target.replace(/\/$/, '') + file.address.slice(mounted.length)]
      : [];
  });
}
