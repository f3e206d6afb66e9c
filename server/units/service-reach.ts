import type { ProjectService } from '../model/compose-project';
import type { Service } from '../model/service';
import type { SourceFile } from '../model/snapshot';
import { addressFrom, type Place } from './paths';

/** Tells whether other containers reach a service by the name. */
export function isCalled({ name, aliases }: Pick<Service, 'name' | 'aliases'>, host: string): boolean {
  const wanted = host.toLowerCase();
  return [name, ...aliases].some((each) => each.toLowerCase() === wanted);
}

/** Tells whether the container of a service sees a file by a mount: each path counts from where its definition is brought in. */
export function sees({ definitions }: Pick<ProjectService, 'definitions'>, file: SourceFile): boolean {
  return definitions.some(({ base, service }) => isMounted(base, service, file));
}

/** Tells whether two services of a project with networks of its own meet in one of these. */
export function sharesNetwork(
  one: Pick<ProjectService, 'networks'>,
  other: Pick<ProjectService, 'networks'>,
): boolean {
  if (one.networks === 'unknown' || other.networks === 'unknown') return true;
  const names = other.networks;
  return one.networks.some((name) => names.includes(name));
}

/** What the Dockerfile of a service copies of its context, whole or in part: where that lies in the workspace, and where it goes. */
export function copiedPaths({
  built,
  build,
}: Pick<ProjectService, 'built' | 'build'>): readonly CopiedPath[] {
  const context =
    typeof build === 'object' ? addressFrom(build.base, `${build.context}/`)?.replace(/\/$/, '') : undefined;
  if (context === undefined) return [];
  return (built?.file.reading.copied ?? []).flat().map(({ source, target }) => ({
    ...{ address: source === '' ? context : `${context}/${source}`, target },
    isContext: source === '',
  }));
}

/** A file or folder that is copied. */
export interface CopiedPath {
  /** Without a slash at the end. */
  readonly address: string;
  readonly target: string;
  /** Whether it is all of the context. */
  readonly isContext: boolean;
}

/** Tells whether the container of a definition sees a file: it mounts the file, or a folder that holds it. */
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
