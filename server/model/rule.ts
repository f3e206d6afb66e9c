import type { Finding, Severity } from './finding';
import type { Books } from './knowledge';
import type { RuleGroup } from './rule-group';
import type { RuleKinds } from './unit';
import type { Uri } from './uri';

/**
 * What a rule yields: a finding without the parts that the engine adds from the rule itself. Where one case is milder
 * than the rule's own severity, it says so.
 */
export type RuleFinding = Omit<Finding, 'rule' | 'severity'> & { readonly severity?: Severity };

/** What a rule may know beside its unit. */
export interface RuleContext {
  readonly books: Books;
  /** The version of nginx that loads the files, as settings name it: `1.25.3`; absent where none does. */
  readonly nginxVersion?: string;
  /** The folders that messages name files from; absent where none is known. */
  readonly folders?: readonly Uri[];
}

/** One check of one kind of unit. Its id names the fault and reads after "allow". */
export interface RuleOf<Kind extends keyof RuleKinds> {
  readonly id: string;
  /** The kind of unit that it looks at: what it can see is all that it judges by. */
  readonly over: Kind;
  /** Which rules it is switched with; where it says nothing, its kind of unit decides (`groupOf`). */
  readonly group?: RuleGroup;
  readonly severity: Severity;
  /** What is found, one sentence. */
  readonly summary: string;
  /** Why it matters, one or a few sentences; both are printed in RULES.md. */
  readonly rationale: string;
  check(unit: RuleKinds[Kind], context: RuleContext): Iterable<RuleFinding>;
}

/** A check of any kind of unit. */
export type Rule = { readonly [Kind in keyof RuleKinds]: RuleOf<Kind> }[keyof RuleKinds];
