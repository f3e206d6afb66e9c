import type { Books, Platform } from './knowledge';
import type { ListenerCensus } from './listener';
import type { PortRange } from './port';
import type { Snapshot } from './snapshot';

/** The operating systems whose own commands are known. */
export type OperatingSystem = Exclude<Platform, 'kubernetes'>;

/** What is known of the machine that the server runs on. */
export interface Machine {
  readonly system: OperatingSystem;
  /** What listens there; absent where nobody may look or has looked yet. */
  readonly census?: ListenerCensus;
  /** From where it takes ports for outgoing connections by itself; absent where its system's default is all that is known. */
  readonly ephemeral?: PortRange;
  /** The time of the question, in milliseconds since the epoch. */
  readonly now: number;
}

/** All that an answer may draw on at one moment: the workspace's texts, what is known of ports, and the machine. */
export interface Chart {
  readonly snapshot: Snapshot;
  readonly books: Books;
  readonly machine: Machine;
  /** Other worktrees of the workspace's repository: their files want ports of the same machine. */
  readonly neighbours?: readonly Neighbour[];
}

/** A worktree beside the workspace. */
export interface Neighbour {
  /** Its folder's name. */
  readonly name: string;
  readonly snapshot: Snapshot;
}
