import type { Chart } from '../../model/chart';
import type { Role } from '../../model/port';
import type { SourceFile } from '../../model/snapshot';
import { listenedIn } from '../../units/host-claims';
import { portNamespace } from '../../units/port-namespace';
import { surelyContained } from '../../units/surely-contained';
import { type Giving, type Ground, remaining } from './ground';

/**
 * What is known of the ports of the container that sees a file: what the files that containers see listen on, and nothing
 * of the machine. Undefined for a port of the machine itself.
 */
export function containedGround(
  { snapshot, books, machine }: Chart,
  file: SourceFile,
  role: Role,
  giving: Giving,
): Ground | undefined {
  const files = [...snapshot.files.values()];
  const isContained = surelyContained(files);
  if (portNamespace(file, role, isContained) !== 'container') return undefined;
  const { left, given } = remaining(files.filter(isContained).map(listenedIn), giving);
  return {
    books,
    system: machine.system,
    ephemeral: [],
    claims: left,
    given,
    isWhole: snapshot.isPartial !== true,
    hasNeighbours: false,
  };
}
