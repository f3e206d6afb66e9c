import type { Network, PacketRule } from '../model/packet-filter';
import { covers } from './packet-cover';

/** A rule that can cover others, and its place in the order of evaluation. */
export interface Ranked<T> {
  readonly item: T;
  readonly rule: PacketRule;
  readonly rank: number;
}

/** How many rules are looked through for one: chains of address lists and of port lists are sorted, so few are as long. */
const mostCompared = 300;

/** How many ports or addresses a rule is noted under; one with more is looked at for every rule. */
const mostKeys = 64;

/**
 * Rules that can cover others, noted under what they need a covered rule to have: so a long chain is looked through in
 * time in proportion to its length.
 */
export class CoverIndex<T> {
  private readonly general: Ranked<T>[] = [];
  private readonly byKey = new Map<string, Ranked<T>[]>();
  /** The sizes of networks that rules are noted under, by family. */
  private readonly sizes = new Map<string, { readonly family: string; readonly size: bigint }>();

  add(ranked: Ranked<T>): void {
    const keys = this.keysOf(ranked.rule);
    if (keys === undefined) {
      if (this.general.length < mostCompared) this.general.push(ranked);
      return;
    }
    for (const key of new Set(keys)) {
      const list = this.byKey.get(key);
      if (list === undefined) this.byKey.set(key, [ranked]);
      else if (list.length < mostCompared) list.push(ranked);
    }
  }

  /** The first of the rules, in the order in which they were added, that covers this one. */
  first(rule: PacketRule): Ranked<T> | undefined {
    let found: Ranked<T> | undefined;
    const look = (list: readonly Ranked<T>[] | undefined): void => {
      const hit = list?.find((each) => covers(each.rule, rule));
      if (hit !== undefined && (found === undefined || hit.rank < found.rank)) found = hit;
    };
    look(this.general);
    for (const key of this.askedKeys(rule)) look(this.byKey.get(key));
    return found;
  }

  private keysOf({ source, destination, ports }: PacketRule): readonly string[] | undefined {
    for (const [side, match] of [['from', source] as const, ['to', destination] as const]) {
      if (match === undefined || match.isNegated || match.networks.length > mostKeys) continue;
      const keys = match.networks.map((network) => this.networkKey(side, network));
      const known = keys.filter((key) => key !== undefined);
      if (known.length === keys.length) return known;
    }
    if (ports === undefined || ports.isNegated) return undefined;
    const count = ports.ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    if (count > mostKeys) return undefined;
    return ports.ranges.flatMap(({ first, last }) =>
      Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => `port ${first + index}`),
    );
  }

  /** A network whose addresses have the same first bits; no other range is looked for by its bits. */
  private networkKey(side: string, { family, first, last }: Network): string | undefined {
    const size = last - first + 1n;
    if ((size & (size - 1n)) !== 0n || first % size !== 0n) return undefined;
    this.sizes.set(`${family} ${size}`, { family, size });
    return `${side} ${family} ${first} ${size}`;
  }

  /** The keys under which a rule can be noted that covers this one. */
  private *askedKeys({ source, destination, ports }: PacketRule): Iterable<string> {
    for (const [side, match] of [['from', source] as const, ['to', destination] as const]) {
      const [network] = match?.networks ?? [];
      if (network === undefined || match?.isNegated) continue;
      for (const { family, size } of this.sizes.values()) {
        if (family === network.family)
          yield `${side} ${family} ${network.first - (network.first % size)} ${size}`;
      }
    }
    const port = ports?.isNegated ? undefined : ports?.ranges[0]?.first;
    if (port !== undefined) yield `port ${port}`;
  }
}
