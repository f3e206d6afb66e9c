import type { Role } from '../model/port';
import type { SourceFile } from '../model/snapshot';

/** Where a port is bound: by a program of the machine, or of a container. */
export type Namespace = 'machine' | 'container';

/**
 * Whose port it is that a file names in a role: what is published, what an environment file gives to programs, and what a
 * program of the machine listens on is the machine's; all else that a service or an image is told of, and what a program
 * listens on whose configuration only containers see, is a container's. Undefined where nothing is bound: the other
 * end of a connection, a packet filter's rule.
 *
 * @param isContained Tells of a file whether only containers see it.
 * @param isInside Tells of an environment file whether what is asked about is for containers alone.
 */
export function portNamespace(
  file: SourceFile,
  role: Role,
  isContained: (file: SourceFile) => boolean,
  isInside: (file: SourceFile) => boolean = () => false,
): Namespace | undefined {
  const { services, stages, isEnvironment } = file.reading;
  if (role === 'publish') return 'machine';
  if (services !== undefined || stages !== undefined) return 'container';
  if (role === 'declare') {
    if (isEnvironment !== true) return undefined;
    return isInside(file) ? 'container' : 'machine';
  }
  if (role !== 'listen') return undefined;
  return isContained(file) ? 'container' : 'machine';
}
