import type { SourceFile } from './snapshot';

/** Files that act together: one alone, or a compose project, an nginx tree, a rule set. */
export interface Unit {
  readonly files: readonly SourceFile[];
}
