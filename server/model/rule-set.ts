import type { FilterChain, PacketRule } from './packet-filter';
import type { PortRange } from './port';
import type { SourceFile } from './snapshot';

/** The rules of packet filters that are loaded together: one file with what it includes. */
export interface RuleSet {
  /** The address of the file that includes the others. */
  readonly id: string;
  readonly files: readonly SourceFile[];
  readonly chains: readonly PlacedChain[];
  /** What it does with connections, by transport and port, as far as somebody has asked. */
  readonly verdicts: Map<string, SetVerdict>;
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

/**
 * What a rule set does with a new connection from another machine to a port of this one.
 * - `accepts`: from everywhere; `restricts`: from some addresses alone, and no other rule lets it in;
 * - `denies`: a rule of that very port refuses it; `drops`: nothing lets it in, and what is left is refused.
 */
export interface InputVerdict {
  readonly kind: 'accepts' | 'restricts' | 'denies' | 'drops';
  /** The rule that decides; of `drops`, the one that refuses the rest, where it is a rule. */
  readonly rule?: PlacedRule;
  /** The chain, and where its policy is set when that decides. */
  readonly file: SourceFile;
  readonly chain: FilterChain;
}

/**
 * The same, or why there is none: `silent` is a set that says nothing of the port and cannot be known whole, `unknown` one
 * that is too clever to be understood.
 */
export type SetVerdict = InputVerdict | 'silent' | 'unknown';
