import assert from 'node:assert/strict';
import { folder, portolan } from './program';

/** What `portolan free --format json` prints of one port, or of several side by side. */
export interface FreeRow {
  readonly first: number;
  readonly last: number;
  readonly transport: string;
  readonly registered: string | null;
  readonly reason: string;
  readonly probed: boolean;
}

/** The rows of a call of `portolan free` that finds something. */
export function freeRows(argv: readonly string[], cwd = folder({})): readonly FreeRow[] {
  const { stdout, stderr, status } = portolan(['free', '--format', 'json', ...argv], { cwd });
  assert.deepEqual([stderr, status], ['', 0]);
  return JSON.parse(stdout);
}
