import type { Chart } from '../../model/chart';
import type { SourceFile } from '../../model/snapshot';
import { listenedIn } from '../../units/host-claims';
import { surelyContained } from '../../units/surely-contained';
import { type Giving, type Ground, remaining } from './ground';

/**
 * What is known of the ports of the container that sees a file: what the files that containers see listen on, and nothing
 * of the machine. Undefined for a file of the machine itself.
 */
export function containedGround(
  { snapshot, books, machine }: Chart,
  file: SourceFile,
  giving: Giving,
): Ground | undefined {
  const { services, stages } = file.reading;
  if (services !== undefined || stages !== undefined) return undefined;
  const files = [...snapshot.files.values()];
  const isContained = surelyContained(files);
  if (!isContained(file)) return undefined;
  return {
    books,
    system: machine.system,
    ephemeral: [],
    claims: remaining(files.filter(isContained).map(listenedIn), giving),
    isWhole: snapshot.isPartial !== true,
    hasNeighbours: false,
  };
}
