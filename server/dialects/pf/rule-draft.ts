import { type Address, ipAddress } from '../../model/address';
import type { Transport } from '../../model/port';
import type { Span } from '../../model/span';
import type { PfPortSpec } from '../../syntax/pf/pf-port-spec';
import type { PfToken } from '../../syntax/pf/pf-tokens';

/** What a rule of pf.conf says, while it is read. */
export interface RuleDraft {
  /** `pass`, `block`, `match`, `scrub`, `rdr`, `nat`, `binat`, or a kind of `anchor`. */
  readonly head: string;
  /** True for `no rdr` and its kin. */
  readonly isNo: boolean;
  /** The anchors that it stands in, from the outermost inwards. */
  readonly anchors: readonly string[];
  /** The same with those that have no name. */
  readonly path: readonly string[];
  /** What an anchor rule calls. */
  calls?: string;
  /** True for `rdr pass` and its kin. */
  isPass: boolean;
  direction?: 'in' | 'out';
  family?: 'ipv4' | 'ipv6';
  protocols?: Protocols;
  /** True when a part of the rule cannot be known. */
  hasUnknown: boolean;
  readonly conditions: Condition[];
  readonly clauses: PortClause[];
  readonly filter: FilterFacts;
}

/** What a rule says beside its ports, for the packet filter as a whole. */
export interface FilterFacts {
  source?: HostFact;
  destination?: HostFact;
  /** All that stands behind `on`, the word included. */
  interfaceText?: string;
  /** The one interface, or group of them, that is named there. */
  interfaceName?: string;
  protocolText?: string;
  /** `drop`, `return`, `return-rst` … of a `block`. */
  blockWord?: string;
  isQuick?: true;
  hasFlags?: true;
  isStateless?: true;
  /** True where it gives packets other addresses or ports. */
  isTranslating?: true;
  /** False once a condition may decide otherwise for the next packet: a table, a tag, a probability. */
  areSteady: boolean;
  readonly others: string[];
}

/** A host as it is written, with the word in front of it. */
export interface HostFact {
  readonly text: string;
  readonly tokens: readonly PfToken[];
}

/** What stands behind `proto`. */
export interface Protocols {
  readonly transports: readonly Transport[];
  /** Protocols that have no ports. */
  readonly others: readonly { readonly name: string; readonly span: Span }[];
  readonly isUnknown: boolean;
}

interface Condition {
  readonly text: string;
  /** The port clause that it tells of. */
  readonly clause?: PortClause;
}

/** `port …` in one place of a rule. */
export interface PortClause {
  readonly side: 'source' | 'destination' | 'forward' | 'translated';
  readonly spec: PfPortSpec;
  readonly address?: Address;
}

/** How many conditions of one rule are told. */
const mostConditions = 30;

/** Adds a condition, its blanks and line joins made one blank each. */
export function addCondition(rule: RuleDraft, text: string, clause?: PortClause): void {
  if (rule.conditions.length >= mostConditions) return;
  const plain = plainText(text);
  if (plain !== '') rule.conditions.push(clause === undefined ? { text: plain } : { text: plain, clause });
}

/** A text with its blanks and line joins made one blank each. */
export function plainText(text: string): string {
  return text.replace(/[\s\\]+/g, ' ').trim();
}

/** A port clause as it is told among the conditions. */
export function placeText({ conditions }: RuleDraft, clause: PortClause): string | undefined {
  return conditions.find((each) => each.clause === clause)?.text;
}

/** Adds a condition that no field of a rule tells. */
export function addOther({ filter }: RuleDraft, text: string, isSteady: boolean): void {
  filter.others.push(plainText(text));
  filter.areSteady &&= isSteady;
}

/** The address of a host that is written as one. */
export function hostAddress(text: string | undefined): Address | undefined {
  return text === undefined ? undefined : ipAddress(text);
}

/** What becomes of a packet that the rule matches, in pf's own words; undefined where nothing does. */
export function verdictOf({ head, isNo, isPass, calls }: RuleDraft): string | undefined {
  if (isNo) return `no ${head}`;
  if (isPass) return 'pass';
  if (head === 'match' || head === 'scrub') return undefined;
  return head.endsWith('anchor') ? `${head}${calls === undefined ? '' : ` "${calls}"`}` : head;
}
