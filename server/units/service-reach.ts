import type { Service } from '../model/service';
import type { SourceFile } from '../model/snapshot';
import { addressFrom, type Place } from './paths';

/** Tells whether other containers reach a service by the name. */
export function isCalled({ name, aliases }: Pick<Service, 'name' | 'aliases'>, host: string): boolean {
  const wanted = host.toLowerCase();
  return [name, ...aliases].some((each) => each.toLowerCase() === wanted);
}

/** Tells whether the container of a service sees a file: it mounts the file, or a folder that holds it. */
export function isMounted(definedIn: Place, service: Pick<Service, 'mounts'>, file: SourceFile): boolean {
  return mountedAt(definedIn, service, file).length > 0;
}

/** The addresses of the files and folders of the workspace that a service mounts. */
export function mountedAddresses(definedIn: Place, { mounts }: Pick<Service, 'mounts'>): readonly string[] {
  return mounts.flatMap(({ source }) => addressFrom(definedIn, source) ?? []);
}

/** The paths by which the container of a service sees a file. */
export function mountedAt(
  definedIn: Place,
  { mounts }: Pick<Service, 'mounts'>,
  file: SourceFile,
): readonly string[] {
  return mounts.flatMap(({ source, target }) => {
    const mounted = addressFrom(definedIn, source);
    if (mounted === undefined) return [];
    if (file.address === mounted) return [target];
    return file.address.startsWith(`${mounted}/`)
      ? [target.replace(/\/$/, '') + file.address.slice(mounted.length)]
      : [];
  });
}
