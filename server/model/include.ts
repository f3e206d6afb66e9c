import type { Span } from './span';

/** A place that takes in other files. */
export interface Include {
  readonly span: Span;
  /** The path or glob, seen from the folder of the main file; absolute where it lies outside of any workspace. */
  readonly pattern: string;
  /**
   * The blocks around it in its own file, from the outermost inwards: `http`, `server`. What is included counts as
   * standing in there.
   */
  readonly within: readonly string[];
}
