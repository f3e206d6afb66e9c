/** What a packet filter's rule says beside the port, in the words that a hover tells; rules judge by `PacketRule`. */
export interface FilterRule {
  /** Where the rule is evaluated, in the program's own words: `filter/INPUT`, `inet filter input`, `zone public`. */
  readonly chain: string;
  /** The one IP family it is about; absent for both. */
  readonly family?: 'ipv4' | 'ipv6';
  /** True when it is about every port but these. */
  readonly isNegated: boolean;
  /** Its other conditions as written, in the order of the text; empty when port and transport alone decide. */
  readonly conditions: readonly string[];
  /** What happens to the packet, in the program's own words: `ACCEPT`, `drop`, `jump web`; absent when nothing does. */
  readonly verdict?: string;
}
