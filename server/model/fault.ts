import type { Span } from './span';

/** Something the reader found that the program which loads the file refuses. */
export interface Fault {
  /** The id of the rule that documents it. */
  readonly rule: string;
  readonly span: Span;
  /** One sentence: what is wrong, with the values, and the program's own reason. */
  readonly message: string;
  /** Replacements in this file that mend it, best first. */
  readonly fixes?: readonly FaultFix[];
}

/** A mend within the faulty file: put `text` in place of `span`. */
export interface FaultFix {
  readonly title: string;
  readonly span: Span;
  readonly text: string;
  /** See `Fix`. */
  readonly isSafe?: true;
}
