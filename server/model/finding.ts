import type { Address } from './address';
import type { PortRange, Transport } from './port';
import type { Span } from './span';
import type { Uri } from './uri';

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
  /**
   * The ports that could go elsewhere on the machine, best first: each is a further mend. Empty where a port would have to
   * go and no edit can move it.
   */
  readonly moves?: readonly PortMove[];
  /** How an editor may draw it beside the severity: faded out, or struck through. */
  readonly tags?: readonly FindingTag[];
}

/** `unnecessary`: what has no effect and can go; `deprecated`: what still works and should not be used any more. */
export type FindingTag = 'unnecessary' | 'deprecated';

/** The other party of a finding. */
export interface Related {
  readonly uri: Uri;
  readonly span: Span;
  readonly message: string;
}

/** A mend: all its edits are applied together, and the finding is gone. */
export interface Fix {
  readonly title: string;
  /** What it is called beside a mend of another place that has the same title. */
  readonly longTitle?: string;
  readonly edits: readonly Edit[];
  /** True where nobody could want another mend, whatever else is mended at the same time: it may be applied unseen. */
  readonly isSafe?: true;
}

/** Put `text` in place of the span. */
export interface Edit {
  readonly uri: Uri;
  readonly span: Span;
  readonly text: string;
}

/** A port that can go elsewhere: which one is free is looked for when somebody asks. */
export interface PortMove {
  readonly uri: Uri;
  /** The digits that are written anew, or the variable that stands for them. */
  readonly span: Span;
  /** The variable of an environment file that gives the port. */
  readonly variable?: string;
  /** Whose port it is, where that is not the one that the finding is told of: `service "web"`. */
  readonly holder?: string;
  readonly ports: PortRange;
  /**
   * How many ports side by side are wanted there, where these are more than now: the range may then begin where the port
   * is. Absent for as many as now, elsewhere.
   */
  readonly needed?: number;
  readonly transport: Transport;
  readonly address?: Address;
  /** True where browsers need not get there. */
  readonly isNotForWeb?: boolean;
  /** Where the port is written as a part of another text, and not in place of its digits: in an entry of its own. */
  readonly entry?: NewEntry;
  /** True where nobody wants it as long as one of the moves before it can be made. */
  readonly isLastResort?: true;
}

/** A text that a port is a part of: the port stands between `before` and `after`. */
export interface NewEntry {
  readonly uri: Uri;
  readonly span: Span;
  readonly before: string;
  readonly after: string;
}
