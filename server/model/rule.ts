import type { Finding, Severity } from './finding';
import type { Snapshot } from './snapshot';
import type { Unit } from './unit';

/** What a rule yields: a finding without the parts that the engine adds from the rule itself. */
export type RuleFinding = Omit<Finding, 'rule' | 'severity'>;

/** One check. Its id names the fault and reads after "allow". */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What is found, one sentence. */
  readonly summary: string;
  /** Why it matters, one or a few sentences; both are printed in RULES.md. */
  readonly rationale: string;
  check(unit: Unit, snapshot: Snapshot): Iterable<RuleFinding>;
}
