import type { PacketRule } from './packet-filter';
import type { PortRange } from './port';
import type { SourceFile } from './snapshot';

/** The rules of packet filters that are loaded together: one file with what it includes. */
export interface RuleSet {
  /** The address of the file that includes the others. */
  readonly id: string;
  readonly files: readonly SourceFile[];
  readonly chains: readonly PlacedChain[];
  /** What rules of a chain make of each other; found when somebody first asks. */
  conflicts(): readonly RuleConflict[];
}

/** A chain with its rules in the order of evaluation. */
export interface PlacedChain {
  readonly name: string;
  /** pf: the last rule that matches decides. */
  readonly lastMatchWins: boolean;
  readonly rules: readonly PlacedRule[];
}

/** A rule in the file that it is written in. */
export interface PlacedRule {
  readonly file: SourceFile;
  readonly rule: PacketRule;
}

/**
 * What another rule of its chain makes of a rule, the gravest thing alone.
 * - `contradiction`: the other one decides on the same packets, and decides the other way.
 * - `duplicate`: the same rule once more.
 * - `shadow`: the other one decides on all its packets, and on more.
 * - `overlap`: both decide alike on some ports.
 */
export interface RuleConflict {
  readonly kind: 'contradiction' | 'duplicate' | 'shadow' | 'overlap';
  readonly rule: PlacedRule;
  readonly by: PlacedRule;
  /** True when both do the same to a packet. */
  readonly isSameVerdict: boolean;
  /** True where the other one is evaluated later and has the last word (pf). */
  readonly isLater: boolean;
  /** The ports that both are about, of an overlap. */
  readonly ports: readonly PortRange[];
}
