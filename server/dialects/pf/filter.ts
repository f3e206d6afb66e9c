import type {
  FilterChain,
  NetworkMatch,
  PacketFilter,
  PacketRule,
  PortMatch,
  Verdict,
} from '../../model/packet-filter';
import type { Span } from '../../model/span';
import type { PfPortItem } from '../../syntax/pf/pf-port-item';
import { hostNetworks } from './networks';
import { type PortClause, placeText, type RuleDraft, verdictOf } from './rule-draft';

/**
 * The rules of a pf.conf in the order in which pf goes through them. It goes to the end, and the last one that matches
 * decides, but for `quick`; those that translate addresses in the old syntax are lists of their own, which come first
 * and of which the first that matches counts (pf.conf(5) of OpenBSD and FreeBSD). A packet belongs to a connection that
 * is known already, or it meets the rules.
 */
export class PfFilter {
  private readonly chains = new Map<string, { readonly rules: PacketRule[]; isPartial: boolean }>();
  /** What `block` alone does from here on (`set block-policy`). */
  blockPolicy: 'drop' | 'reject' = 'drop';
  /** False once a macro has another value than it had above. */
  areMacrosSteady = true;
  private unnamed = 0;
  /** How many more ports and addresses of long lists are told: a macro with one is soon named very often. */
  private left = mostListed;

  /** pfctl numbers anchors that have no name (OpenBSD's parse.y, `anchorrule`). */
  nameAnchor(): string {
    this.unnamed += 1;
    return `_${this.unnamed}`;
  }

  add(rule: RuleDraft, span: Span): void {
    const { head } = rule;
    // They mend packets and decide nothing.
    if (/^(?:scrub|dummynet)/.test(head)) return;
    const name = chainName(rule);
    const { blockPolicy, areMacrosSteady } = this;
    const mayList = (count: number): boolean => {
      if (count > longList) this.left -= count;
      return this.left >= 0;
    };
    this.chain(name).rules.push(packetRule(rule, { name, span, blockPolicy, areMacrosSteady, mayList }));
    // What is sent elsewhere meets the rules with another port, or does not meet them at all.
    if (/^(?:rdr|binat)/.test(head) && rule.path.length === 0) this.chain('pf').isPartial = true;
  }

  /** `antispoof for em0` stands for rules about the addresses of an interface, which only the machine knows. */
  addAntispoof(words: string, isQuick: boolean, anchors: readonly string[], span: Span): void {
    const chain = ['pf', ...anchors].join('/');
    this.chain(chain).rules.push({
      span,
      chain,
      others: [words],
      verdict: 'drop',
      verdictText: 'antispoof',
      ...(isQuick && { isQuick }),
    });
  }

  /** Another file has rules of the chain, too. */
  open(anchors: readonly string[]): void {
    this.chain(['pf', ...anchors].join('/')).isPartial = true;
  }

  /** @param isMain True where it is the file that pf starts with, and not what an anchor takes in. */
  filter(isMain: boolean): PacketFilter | undefined {
    if (![...this.chains.values()].some(({ rules }) => rules.length > 0)) return undefined;
    return {
      chains: [...this.chains].map(
        ([name, { isPartial }]): FilterChain => ({
          name,
          ...(isMain && name === 'pf' && { hook: 'input' }),
          ...(!/ (?:rdr|nat|binat)$/.test(name) && { lastMatchWins: true }),
          ...(isPartial && { isPartial }),
        }),
      ),
      rules: [...this.chains.values()].flatMap(({ rules }) => rules),
    };
  }

  private chain(name: string): { readonly rules: PacketRule[]; isPartial: boolean } {
    const known = this.chains.get(name) ?? { rules: [], isPartial: false };
    this.chains.set(name, known);
    return known;
  }
}

const mostListed = 20_000;
const longList = 20;

/** Rules for both directions are in one list, so that the chain is told without one. */
function chainName({ head, path }: RuleDraft): string {
  const place = ['pf', ...path].join('/');
  const [, kind] = /^(rdr|nat|binat)/.exec(head) ?? [];
  return kind === undefined ? place : `${place} ${kind}`;
}

interface Place {
  readonly name: string;
  readonly span: Span;
  readonly blockPolicy: 'drop' | 'reject';
  readonly areMacrosSteady: boolean;
  /** Tells whether a list of so many is told. */
  readonly mayList: (count: number) => boolean;
}

function packetRule(
  rule: RuleDraft,
  { name, span, blockPolicy, areMacrosSteady, mayList }: Place,
): PacketRule {
  const { filter } = rule;
  const others = [...filter.others];
  const ports = portsOf(rule, 'destination', others, mayList);
  const sourcePorts = portsOf(rule, 'source', others, mayList);
  const source = hostOf(rule, 'source', others, mayList);
  const destination = hostOf(rule, 'destination', others, mayList);
  const family = rule.family ?? familyOf(source, destination);
  const protocols = protocolsOf(rule, others);
  const interfaces = interfacesOf(rule, others);
  const verdict = verdictIn(rule, blockPolicy);
  const areSteady = filter.areSteady && areMacrosSteady && !rule.hasUnknown;
  // A part that is not known may be any condition.
  if (rule.hasUnknown && others.length === 0) others.push('…');
  const text = verdictOf(rule);
  return {
    span,
    chain: name,
    ...(family && { family }),
    ...protocols,
    ...(ports && { ports }),
    ...(sourcePorts && { sourcePorts }),
    ...(source && { source }),
    ...(destination && { destination }),
    ...interfaces,
    ...(makesState(rule) && { states: ['NEW'] }),
    others,
    ...(areSteady && { othersAreSteady: true }),
    ...(filter.isQuick && { isQuick: true }),
    verdict,
    ...(text !== undefined && {
      verdictText: filter.blockWord === undefined ? text : `${text} ${filter.blockWord}`,
    }),
  };
}

/**
 * A rule that lets a packet of TCP through and keeps its state takes only packets that begin a connection: its flags
 * are `S/SA` unless it says others (`flags` of pf.conf(5)). What it says itself is a condition of its own.
 */
function makesState({ head, filter, protocols }: RuleDraft): boolean {
  const isTcp = protocols === undefined || protocols.isUnknown || protocols.transports.includes('tcp');
  return head === 'pass' && isTcp && !filter.hasFlags && !filter.isStateless;
}

function verdictIn({ head, isNo, filter }: RuleDraft, blockPolicy: 'drop' | 'reject'): Verdict {
  if (isNo || filter.isTranslating) return 'unknown';
  if (head === 'match') return 'continue';
  if (head === 'pass') return 'accept';
  if (head !== 'block') return 'unknown';
  if (filter.blockWord === undefined) return blockPolicy;
  return filter.blockWord === 'drop' ? 'drop' : 'reject';
}

/** The ports of one side; a list stands for a rule for each of its items. */
function portsOf(
  rule: RuleDraft,
  side: 'source' | 'destination',
  others: string[],
  mayList: Place['mayList'],
): PortMatch | undefined {
  const clauses = rule.clauses.filter((clause) => clause.side === side);
  const [clause, ...more] = clauses;
  if (clause === undefined) return undefined;
  const found = more.length === 0 && mayList(clause.spec.items.length) ? portMatch(clause) : undefined;
  // Without words of its own, a clause is like no other.
  const words = (each: PortClause): string => placeText(rule, each) ?? `port at ${each.spec.span.start}`;
  if (found === undefined) others.push(...clauses.map(words));
  return found;
}

function portMatch({ spec }: PortClause): PortMatch | undefined {
  const isKnown = (item: PfPortItem): boolean =>
    item.ports !== undefined && !item.faults.some(({ rule }) => rule === 'invalid-port');
  if (spec.items.length === 0 || spec.faults.length > 0 || !spec.items.every(isKnown)) return undefined;
  const isNegated = spec.items[0]?.isNegated ?? false;
  if (isNegated ? spec.items.length > 1 : spec.items.some((item) => item.isNegated)) return undefined;
  return { ranges: spec.items.flatMap(({ ports }) => ports ?? []), isNegated };
}

function hostOf(
  rule: RuleDraft,
  side: 'source' | 'destination',
  others: string[],
  mayList: Place['mayList'],
): NetworkMatch | undefined {
  const host = rule.filter[side];
  if (host === undefined) return undefined;
  const found = mayList(host.tokens.length) ? hostNetworks(host.tokens) : undefined;
  if (found === undefined) others.push(host.text);
  return found;
}

/** pf makes a rule for each address and family, so one with addresses of one family is about that one alone. */
function familyOf(...matches: readonly (NetworkMatch | undefined)[]): PacketRule['family'] {
  const [family, ...more] = new Set(
    matches.flatMap((match) => match?.networks.map((each) => each.family) ?? []),
  );
  return more.length === 0 ? family : undefined;
}

/** Protocols with ports, or those without; of both kinds in one list no field tells. */
function protocolsOf(
  { protocols, filter }: RuleDraft,
  others: string[],
): Pick<PacketRule, 'transports' | 'protocol'> {
  if (protocols === undefined) return {};
  const { transports, others: portless, isUnknown } = protocols;
  if (!isUnknown && portless.length === 0 && transports.length > 0)
    return { transports: [...new Set(transports)] };
  if (!isUnknown && transports.length === 0 && portless.length > 0) {
    const names = portless.map(({ name }) => name.replace(/^protocol /, ''));
    return { protocol: [...new Set(names.map((name) => protocolNames.get(name) ?? name))].sort().join() };
  }
  others.push(filter.protocolText ?? 'proto');
  return {};
}

const protocolNames: ReadonlyMap<string, string> = new Map([
  ['1', 'icmp'],
  ['icmp6', 'icmpv6'],
  ['ipv6-icmp', 'icmpv6'],
  ['58', 'icmpv6'],
]);

/** A direction without an interface is that of any; an interface without a direction is either. */
function interfacesOf(
  { direction, filter }: RuleDraft,
  others: string[],
): Pick<PacketRule, 'inInterface' | 'outInterface'> {
  const { interfaceName, interfaceText } = filter;
  if (interfaceText !== undefined && (interfaceName === undefined || direction === undefined))
    others.push(interfaceText);
  if (direction === undefined) return {};
  const name = interfaceName ?? '+';
  return direction === 'in' ? { inInterface: name } : { outInterface: name };
}
