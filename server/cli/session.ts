import type { Books } from '../model/knowledge';
import type { ListenerCensus } from '../model/listener';

/** Where a command's output goes. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
}

/** What every command gets. */
export interface Session extends Output {
  readonly books: Books;
  /** The compiled registry that came with the program, and the folder that keeps a downloaded one. */
  readonly bundled: string;
  readonly storage: string;
  /** As `process.platform` has it. */
  readonly platform: string;
  /** What listens on this machine now; undefined where that cannot be told. */
  lookAtMachine(): Promise<ListenerCensus | undefined>;
}

/** 0: nothing to complain of; 1: findings, or nothing found; 2: bad usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;
