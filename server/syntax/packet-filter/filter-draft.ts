import type { FilterChain, PacketFilter, PacketRule } from '../../model/packet-filter';

/** Where a rule is put: behind all others, before the one with that number, which counts from 1, or nobody knows. */
export type RulePlace = 'end' | 'unknown' | number;

/** A chain by its name and family. */
export type ChainKey = Pick<FilterChain, 'name' | 'family'>;

/** The chains that something is done to: one by its name, or all whose names begin alike (`filter/`). */
export interface ChainScope {
  readonly family?: FilterChain['family'];
  readonly name?: string;
  readonly prefix?: string;
}

type ChainFacts = Omit<FilterChain, 'name' | 'family'>;

/**
 * Puts a packet filter together from what lines and commands do to it one after the other. What they do under a
 * condition they do within a branch; where that leaves open which rules are there, or in which order, these are set
 * apart in branches of their own.
 */
export class FilterDraft {
  private readonly chains = new Map<string, ChainDraft>();
  private readonly emptied: ChainScope[] = [];
  private branches = 0;
  private wideLooks = 0;

  /** A number that no rule has yet. */
  newBranch(): number {
    this.branches += 1;
    return this.branches;
  }

  /** Notes a chain and what is said of it. */
  chain(key: ChainKey, facts: ChainFacts = {}): void {
    const chain = this.draftOf(key);
    chain.facts = { ...chain.facts, ...facts };
  }

  /** Sets a policy; done under a condition, or a second time, it leaves open which one holds. */
  policy(
    key: ChainKey,
    policy: Pick<FilterChain, 'policy' | 'policySpan'>,
    branch: number | undefined,
  ): void {
    const chain = this.draftOf(key);
    const { policy: before, policySpan: _, ...others } = chain.facts;
    if (branch === undefined) chain.facts = { ...others, ...policy };
    else if (before !== policy.policy) chain.facts = others;
  }

  /** Adds a rule; where its place cannot be told it stands in a branch of its own. */
  add(key: ChainKey, rule: PacketRule, place: RulePlace, branch: number | undefined): void {
    const chain = this.draftOf(key);
    const { rules } = chain;
    const own = chain.timesApart > mostTimesApart || this.isLost ? this.newBranch() : branch;
    const placed = own === undefined ? rule : { ...rule, branch: own };
    const isNumbered = chain.isWhole && chain.isNumbered && own === undefined;
    if (own !== undefined || !isOneAddress(rule)) chain.isNumbered = false;
    if (place === 'end') rules.push(placed);
    else if (place === 1) rules.unshift(placed);
    else if (isNumbered && place !== 'unknown' && place <= rules.length + 1)
      rules.splice(place - 1, 0, placed);
    else rules.push({ ...rule, branch: this.newBranch() });
  }

  /**
   * Adds a rule to a chain that has each rule once: one with the same conditions and another verdict takes the place of
   * the one before it.
   */
  addOrReplace(key: ChainKey, rule: PacketRule, place: RulePlace, branch: number | undefined): void {
    const chain = this.draftOf(key);
    const id = conditionsId(rule);
    const before = chain.starts.get(id);
    chain.starts.set(id, rule.span.start);
    const at = before === undefined ? -1 : chain.rules.findLastIndex(({ span }) => span.start === before);
    const replaced = chain.rules[at];
    if (replaced === undefined || replaced.verdictText === rule.verdictText) {
      this.add(key, rule, place, branch);
    } else if (replaced.branch === undefined && branch === undefined) {
      chain.rules[at] = rule;
    } else {
      chain.rules[at] = { ...replaced, branch: this.newBranch() };
      this.add(key, rule, 'end', this.newBranch());
    }
  }

  /** A chain that is empty when it is made. */
  create(key: ChainKey, branch: number | undefined): void {
    const isNew = !this.chains.has(idOf(key));
    const chain = this.draftOf(key);
    if (isNew && branch === undefined) chain.isWhole = true;
  }

  /** Empties chains: what was in them does not meet what comes. */
  empty(scope: ChainScope, branch: number | undefined): void {
    this.setApart(scope);
    if (branch !== undefined) return;
    for (const chain of this.chainsIn(scope)) chain.isWhole = true;
    if (this.emptied.length < mostEmptied) this.emptied.push(scope);
  }

  /** Rules may be gone, or in another order, from here on: all, or those that are meant. */
  setApart(scope: ChainScope, isMeant: (rule: PacketRule) => boolean = () => true): void {
    for (const chain of this.chainsIn(scope)) {
      if (chain.timesApart > mostTimesApart) continue;
      chain.timesApart += 1;
      if (!chain.rules.some(isMeant)) continue;
      chain.isNumbered = false;
      const moved = new Map<number | undefined, number>();
      for (const [index, rule] of chain.rules.entries()) {
        if (!isMeant(rule)) continue;
        const branch = moved.get(rule.branch) ?? this.newBranch();
        moved.set(rule.branch, branch);
        chain.rules[index] = { ...rule, branch };
      }
    }
  }

  /** Rules that cannot be told are added to chains. */
  markPartial(scope: ChainScope): void {
    for (const chain of this.chainsIn(scope)) chain.isWhole = false;
  }

  /** The filter as far as it is known; undefined when nothing was said of any. */
  filter(): PacketFilter | undefined {
    const chains = [...this.chains.values()];
    if (chains.length === 0) return undefined;
    return {
      chains: chains.map(({ key, facts, isWhole }) => ({
        ...key,
        ...facts,
        ...((!isWhole || this.isLost) && { isPartial: true as const }),
      })),
      rules: chains.flatMap(({ rules }) => rules),
    };
  }

  /** True when whole tables were changed so often that nobody could follow. */
  private get isLost(): boolean {
    return this.wideLooks > mostWideLooks;
  }

  private chainsIn(scope: ChainScope): readonly ChainDraft[] {
    const { name, family } = scope;
    if (name === undefined) {
      this.wideLooks += 1;
      return this.isLost ? [] : [...this.chains.values()].filter(({ key }) => isIn(key, scope));
    }
    const families = family === undefined ? (['ipv4', 'ipv6', undefined] as const) : [family, undefined];
    return families.flatMap(
      (each) => this.chains.get(idOf(each === undefined ? { name } : { name, family: each })) ?? [],
    );
  }

  private draftOf(key: ChainKey): ChainDraft {
    const id = idOf(key);
    const known = this.chains.get(id);
    if (known !== undefined) return known;
    const isWhole = this.emptied.some((scope) => isIn(key, scope));
    const chain: ChainDraft = {
      key,
      facts: {},
      rules: [],
      isWhole,
      isNumbered: true,
      timesApart: 0,
      starts: new Map(),
    };
    this.chains.set(id, chain);
    return chain;
  }
}

/** A script that takes rules back more often keeps no order that could be told; each time costs as much as there are rules. */
const mostTimesApart = 300;

/** The same for what is done to whole tables, or to a chain that nobody knows. */
const mostWideLooks = 1000;

/** So many tables and chains a script empties before it fills them. */
const mostEmptied = 50;

interface ChainDraft {
  readonly key: ChainKey;
  facts: ChainFacts;
  readonly rules: PacketRule[];
  /** True when it was empty once, and all that was added since is told. */
  isWhole: boolean;
  /** True while each rule's number is known as long as the chain is whole. */
  isNumbered: boolean;
  /** How often rules of it were set apart. */
  timesApart: number;
  /** Where the last rule with the same conditions begins in the text. */
  readonly starts: Map<string, number>;
}

/** A text that is the same for rules with the same conditions. */
function conditionsId(rule: PacketRule): string {
  const { family, transports, protocol, inInterface, outInterface, states, others } = rule;
  const ports = [rule.ports, rule.sourcePorts].map(
    (match) => `${match?.isNegated} ${match?.ranges.map(({ first, last }) => `${first}-${last}`)}`,
  );
  const networks = [rule.source, rule.destination].map(
    (match) => `${match?.isNegated} ${match?.networks.map(({ first, last }) => `${first}-${last}`)}`,
  );
  return [
    family,
    transports,
    protocol,
    inInterface,
    outInterface,
    states,
    ...ports,
    ...networks,
    ...others,
  ].join(' ');
}

function idOf({ name, family }: ChainKey): string {
  return `${family} ${name}`;
}

function isIn({ name, family }: ChainKey, scope: ChainScope): boolean {
  if (scope.family !== undefined && family !== undefined && scope.family !== family) return false;
  if (scope.name !== undefined) return scope.name === name;
  return scope.prefix === undefined || name.startsWith(scope.prefix);
}

/** Of several addresses the program makes several rules. */
function isOneAddress({ source, destination }: PacketRule): boolean {
  return (source?.networks.length ?? 1) === 1 && (destination?.networks.length ?? 1) === 1;
}
