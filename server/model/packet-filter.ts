import type { PortRange, Transport } from './port';
import type { Span } from './span';

/**
 * What a text says of a packet filter as a whole: its rules in the order in which they are evaluated, with and without
 * ports, so that it can be told which packets a rule still sees.
 */
export interface PacketFilter {
  readonly chains: readonly FilterChain[];
  readonly rules: readonly PacketRule[];
}

/** A list of rules that packets go through from the first to the last. */
export interface FilterChain {
  /** The program's own words for it, the same as in `FilterRule.chain`: `filter/INPUT`, `inet filter input`, `zone public`. */
  readonly name: string;
  /** The one IP family whose packets come here; absent for both, and where the text does not say. */
  readonly family?: 'ipv4' | 'ipv6';
  /** Which packets come here by themselves; absent for a chain that another one jumps to, and for another table's. */
  readonly hook?: 'input' | 'forward' | 'output';
  /** What becomes of packets that no rule decides on; absent where the text does not say. */
  readonly policy?: 'accept' | 'drop';
  /** The policy's own word: `DROP`, `drop`. */
  readonly policySpan?: Span;
  /** pf: the last rule that matches decides, unless one that matched is `quick`. */
  readonly lastMatchWins?: true;
  /** True where it can hold more rules than those that are told: a script adds to what is there, or to `$CHAIN`. */
  readonly isPartial?: true;
}

/** One rule of a packet filter. A field that is absent sets no condition. */
export interface PacketRule {
  /** The whole rule as it is written: what a finding about it underlines, and what its removal takes out. */
  readonly span: Span;
  /** What its removal takes out, where that is more than the lines it stands on. */
  readonly removal?: Span;
  readonly chain: string;
  /**
   * The number of the condition, loop or function of a script that adds it, or of the time before rules were removed
   * again: rules with the same number, or without one, are there together and in this order. Of others nobody knows.
   */
  readonly branch?: number;
  readonly family?: 'ipv4' | 'ipv6';
  /** The transports that it is about. */
  readonly transports?: readonly Transport[];
  /** A protocol without ports that it is about instead: `icmp`; of several, all, in the order of the alphabet: `icmp,icmpv6`. */
  readonly protocol?: string;
  readonly ports?: PortMatch;
  readonly sourcePorts?: PortMatch;
  readonly source?: NetworkMatch;
  readonly destination?: NetworkMatch;
  /** The interface a packet comes in or goes out by, as written; `eth+` stands for all that begin so. */
  readonly inInterface?: string;
  readonly outInterface?: string;
  /** The states of the connection, in upper case as iptables writes them: `NEW`, `ESTABLISHED`. */
  readonly states?: readonly string[];
  /** Its further conditions as written: what is not understood, so that nothing is judged by it. */
  readonly others: readonly string[];
  /**
   * True where `others` that are written alike decide alike about one packet: no limit, chance, time or list that fills
   * up is among them, no mark that rules set, and no variable that changes.
   */
  readonly othersAreSteady?: true;
  /** pf: it ends the evaluation although the last rule that matches decides. */
  readonly isQuick?: true;
  readonly verdict: Verdict;
  /** The verdict in the program's own words: `ACCEPT`, `drop`, `jump web`; absent when nothing happens to the packet. */
  readonly verdictText?: string;
}

/**
 * What a rule does with a packet that it matches: `accept`, `drop` and `reject` end the chain (nft's accept ends this
 * chain alone), `return` goes back to the caller, `continue` lets the next rule see it (LOG, a counter, a rule without
 * a verdict), `translate` gives it another address or port and ends the chain, too, `unknown` is anything else: a jump,
 * a target that is not understood.
 */
export type Verdict = 'accept' | 'drop' | 'reject' | 'return' | 'translate' | 'continue' | 'unknown';

/** Ports that a rule matches, or all but these. */
export interface PortMatch {
  readonly ranges: readonly PortRange[];
  readonly isNegated: boolean;
}

/** Addresses that a rule matches, or all but these. */
export interface NetworkMatch {
  readonly networks: readonly Network[];
  readonly isNegated: boolean;
}

/** All addresses of a family from `first` to `last`, both included, as numbers. */
export interface Network {
  readonly family: 'ipv4' | 'ipv6';
  readonly first: bigint;
  readonly last: bigint;
}
