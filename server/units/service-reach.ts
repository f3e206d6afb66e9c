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
  { mounts }: Pick<Service, 'mounts'>,
  file: SourceFile,
): boolean {
  return mounts.some(({ source }) => {
    const uri = pathUri(definedIn.uri, source);
    const mounted = uri === undefined ? undefined : canonicalUri(uri);
    return mounted !== undefined && (file.address === mounted || file.address.startsWith(`${mounted}/`));
  });
}
