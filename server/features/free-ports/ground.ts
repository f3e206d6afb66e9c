import type { Chart, OperatingSystem } from '../../model/chart';
import type { Claim } from '../../model/claim';
import type { Books } from '../../model/knowledge';
import type { Listener } from '../../model/listener';
import type { PortRange } from '../../model/port';
import { hostClaims } from '../../units/host-claims';

/** All that can be in the way of a port of the machine, as it is known at one moment. */
export interface Ground {
  readonly books: Books;
  readonly system: OperatingSystem;
  /** From where the machine takes ports by itself. */
  readonly ephemeral: readonly PortRange[];
  readonly claims: readonly GroundClaim[];
  /** What listens now; absent where it was not asked. */
  readonly listeners?: readonly Listener[];
  /** False where files of the workspace may not have been read. */
  readonly isWhole: boolean;
  /** True where other worktrees of the workspace's repository were read as well. */
  readonly hasNeighbours: boolean;
}

/** A claim, and the worktree that makes it when that is another one. */
export interface GroundClaim extends Claim {
  readonly worktree?: string;
}

/**
 * What is known now of the machine's ports.
 *
 * @param gives Tells of a claim that it makes room: the one that looks for a port, for itself.
 */
export function groundOf(
  { snapshot, books, machine, neighbours = [] }: Chart,
  gives: (claim: Claim) => boolean = () => false,
): Ground {
  const usual = books.knowledge
    .all()
    .meanings.filter(({ kind, platform }) => kind === 'ephemeral' && platform === machine.system);
  return {
    books,
    system: machine.system,
    ephemeral: machine.ephemeral ? [machine.ephemeral] : usual.map(({ ports }) => ports),
    claims: [
      ...hostClaims(snapshot).filter((claim) => !gives(claim)),
      ...neighbours.flatMap((each) =>
        hostClaims(each.snapshot).map((claim) => ({ ...claim, worktree: each.name })),
      ),
    ],
    ...(machine.census && { listeners: machine.census.listeners }),
    isWhole: snapshot.isPartial !== true,
    hasNeighbours: neighbours.length > 0,
  };
}
