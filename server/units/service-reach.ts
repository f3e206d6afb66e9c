import type { Service } from '../model/service';
import type { SourceFile } from '../model/snapshot';
import { addressFrom } from './paths';

/** Tells whether other containers reach a service by the name. */
export function isCalled({ name, aliases }: Pick<Service, 'name' | 'aliases'>, host: string): boolean {
  const wanted = host.toLowerCase();
  return [name, ...aliases].some((each) => each.toLowerCase() === wanted);
}

/** Tells whether the container of a service sees a file: it mounts the file, or a folder that holds it. */
export function isMounted(
  definedIn: SourceFile,
  service: Pick<Service, 'mounts'>,
  { address }: SourceFile,
): boolean {
  return mountedAddresses(definedIn, service).some(
    (mounted) => address === mounted || address.startsWith(`${mounted}/`),
  );
}

/** The addresses of the files and folders of the workspace that a service mounts. */
export function mountedAddresses(
  definedIn: SourceFile,
  { mounts }: Pick<Service, 'mounts'>,
): readonly string[] {
  return mounts.flatMap(({ source }) => addressFrom(definedIn, source) ?? []);
}
