import type { Span } from '../../../model/span';
import type { SourcedText } from '../../../syntax/sourced-text';

/** A word after expansion: as one text, and as the words that blanks outside quotes make of it. */
export interface Expansion {
  readonly text: SourcedText;
  readonly words: readonly SourcedText[];
  /**
   * Text that got lost: BuildKit forgets what stands in a word before an unquoted `${V<operator>…}`, because it
   * reads the operand into the buffer that holds the word.
   */
  readonly lost?: Span;
}

/** Why Docker refuses the expansion. */
export interface ExpansionFault {
  readonly span: Span;
  /** What is wrong, in our words. */
  readonly reason: string;
  /** Docker's own words. */
  readonly docker: string;
}

/** Tells a fault from an expansion. */
export function isExpansionFault(read: Expansion | ExpansionFault): read is ExpansionFault {
  return 'docker' in read;
}
