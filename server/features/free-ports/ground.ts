import type { Chart, OperatingSystem } from '../../model/chart';
import type { Claim } from '../../model/claim';
import { type ClaimList, claimList, cut, type JoinedList } from '../../model/claim-list';
import type { Books } from '../../model/knowledge';
import type { Listener } from '../../model/listener';
import type { PortRange } from '../../model/port';
import type { Snapshot, SourceFile, Uri } from '../../model/snapshot';
import { type FileClaimList, hostClaims } from '../../units/host-claims';

/** All that can be in the way of a port of the machine, as it is known at one moment. */
export interface Ground {
  readonly books: Books;
  readonly system: OperatingSystem;
  /** From where the machine takes ports by itself. */
  readonly ephemeral: readonly PortRange[];
  readonly claims: readonly GroundClaims[];
  /** The claims that make room for the one that looks. */
  readonly given: readonly Claim[];
  /** What listens now; absent where it was not asked. */
  readonly listeners?: readonly Listener[];
  /** False where files of the workspace may not have been read. */
  readonly isWhole: boolean;
  /** The folders that messages name files from. */
  readonly folders?: readonly Uri[];
  /** What was read, in words; absent for the whole workspace. */
  readonly scope?: string;
  /** True where other worktrees of the workspace's repository were read as well. */
  readonly hasNeighbours: boolean;
}

/** Claims, and the worktree that makes them when that is another one. */
export interface GroundClaims extends ClaimList {
  readonly worktree?: string;
  /** The folders that its files are named from. */
  readonly folders?: readonly Uri[];
}

/** Who makes room for the one that looks for a port. */
export interface Giving {
  /** The one file whose claims can; absent where those of any file can. */
  readonly holder?: SourceFile;
  readonly gives: (claim: Claim) => boolean;
}

/**
 * What is known now of the machine's ports.
 *
 * @param giving The claims that make room: those of the place that looks for a port, for itself.
 */
export function groundOf({ snapshot, books, machine, neighbours = [] }: Chart, giving?: Giving): Ground {
  const usual = books.knowledge
    .all()
    .meanings.filter(({ kind, platform }) => kind === 'ephemeral' && platform === machine.system);
  const { left, given } = remaining(hostClaims(snapshot, books.knowledge), giving);
  return {
    books,
    system: machine.system,
    ephemeral: machine.ephemeral ? [machine.ephemeral] : usual.map(({ ports }) => ports),
    claims: [
      ...left,
      ...neighbours.map(({ name, snapshot: beside }) => {
        const { claims, rows } = hostClaims(beside, books.knowledge);
        return { claims, rows, worktree: name, ...foldersIn(beside) };
      }),
    ],
    given,
    ...(machine.census && { listeners: machine.census.listeners }),
    ...foldersIn(snapshot),
    isWhole: snapshot.isPartial !== true,
    hasNeighbours: neighbours.length > 0,
  };
}

function foldersIn({ policy }: Snapshot): { readonly folders?: readonly Uri[] } {
  return policy === undefined ? {} : { folders: policy.folders };
}

/** What is left of claims when some make room, and those that do. */
export function remaining(
  all: JoinedList<FileClaimList>,
  giving: Giving | undefined,
): { readonly left: readonly ClaimList[]; readonly given: readonly Claim[] } {
  if (giving === undefined) return { left: [all], given: [] };
  const { holder, gives } = giving;
  const given: Claim[] = [];
  const left: ClaimList[] = [];
  let done = 0;
  for (const [index, part] of all.parts.entries()) {
    if (holder !== undefined && part.file !== holder) continue;
    const [those, others] = parted(part.claims, gives);
    if (those.length === 0) continue;
    given.push(...those);
    const start = all.starts[index] ?? 0;
    left.push(cut(all, done, start), claimList(others));
    done = start + part.claims.length;
  }
  return { left: [...left, cut(all, done, all.claims.length)], given };
}

function parted(
  claims: readonly Claim[],
  gives: Giving['gives'],
): readonly [given: readonly Claim[], left: readonly Claim[]] {
  const given: Claim[] = [];
  const left: Claim[] = [];
  for (const claim of claims) (gives(claim) ? given : left).push(claim);
  return [given, left];
}
