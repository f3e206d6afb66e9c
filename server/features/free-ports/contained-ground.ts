import type { Chart } from '../../model/chart';
import { joined } from '../../model/claim-list';
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
  const isContained = surelyContained(snapshot);
  if (portNamespace(file, role, isContained) !== 'container') return undefined;
  const contained = [...snapshot.files.values()].filter(isContained).map(listenedIn);
  const { left, given } = remaining(joined(contained), giving);
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
