import type { Uri } from './snapshot';
import type { Span } from './span';

/** `error` only where the real program refuses for certain; see RULES.md for each rule's own. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** One thing that a rule found, with all a reader needs to see, follow and mend it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly uri: Uri;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** The other party of a finding. */
export interface Related {
  readonly uri: Uri;
  readonly span: Span;
  readonly message: string;
}

/** A mend: all its edits are applied together, and the finding is gone. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Put `text` in place of the span. */
export interface Edit {
  readonly uri: Uri;
  readonly span: Span;
  readonly text: string;
}
