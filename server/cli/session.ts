import type { Registry } from '../model/registry';

/** Where a command's output goes. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
}

/** What every command gets. */
export interface Session extends Output {
  readonly registry: Registry;
}

/** 0: nothing to complain of; 1: findings, or nothing found; 2: bad usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;
