import { network } from '../../model/network';
import type { NetworkMatch, PacketRule, PortMatch, Verdict } from '../../model/packet-filter';
import type { Span } from '../../model/span';
import type { SourcedText } from '../sourced-text';
import { type PortValues, transportOf } from './port-entry';
import { isOpaque, readPortText } from './port-text';
import { pythonInt } from './python-int';
import { filterRule, type RichPart, type RichRule } from './rich-rule';

/** A rule of a zone or policy with its place in the order in which firewalld has them evaluated. */
export interface RankedRule {
  readonly rule: PacketRule;
  /** Rules of a lower number come first; of those with the same number, the first in the text. */
  readonly rank: number;
}

/**
 * Reads a rich rule as a whole. Those of a priority below 0 come first, lowest first; at 0 those that refuse come in
 * front of those that let through; above 0 they come last (firewalld.richlanguage(5), Priority;
 * src/firewall/core/nftables.py, `_rich_rule_chain_suffix`). Addresses and ports are translated before any of it.
 *
 * @param span All of the rule.
 */
export function richPacketRule(rule: RichRule, chain: string, span: Span): RankedRule {
  const { source, destination, element, action } = rule;
  const others: string[] = [];
  const { family } = filterRule(rule, chain);
  const conditions = elementConditions(element, others);
  const [from, to] = [source, destination].map((part) => peer(part, others));
  const areSteady = action?.limit === undefined && !rule.isOpen;
  if (action?.limit !== undefined)
    others.push(`limit value="${action.limit.values.get('value')?.value ?? ''}"`);
  if (rule.isOpen && others.length === 0) others.push('…');
  const { verdict, text } = verdictOf(rule);
  const read: PacketRule = {
    span,
    chain,
    ...(family && { family }),
    ...conditions,
    ...(from && { source: from }),
    ...(to && { destination: to }),
    others,
    ...(areSteady && { othersAreSteady: true }),
    verdict,
    ...(text !== undefined && { verdictText: text }),
  };
  return { rule: read, rank: rankOf(rule, verdict) };
}

/** What a zone or policy lets through, refuses or sends on with an element of its own. */
export function elementPacketRule(
  part: Pick<RichPart, 'name' | 'values'>,
  chain: string,
  span: Span,
): RankedRule | undefined {
  const outcome = own.get(part.name);
  if (outcome === undefined) return undefined;
  const others: string[] = [];
  const conditions = elementConditions(part, others);
  const { verdict, text, rank } = outcome;
  const rule: PacketRule = {
    span,
    chain,
    ...conditions,
    others,
    othersAreSteady: true,
    verdict,
    verdictText: text,
  };
  return { rule, rank };
}

const translated = -100_000;
const refusing = 0;
const allowing = 0.5;

interface Outcome {
  readonly verdict: Verdict;
  readonly text: string;
  readonly rank: number;
}

/** The elements of a zone or policy that are rules by themselves. */
const own: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ...['port', 'source-port', 'protocol', 'service'].map(
    (name) => [name, { verdict: 'accept', text: 'accept', rank: allowing }] as const,
  ),
  ['icmp-block', { verdict: 'reject', text: 'reject', rank: refusing }],
  ['forward-port', { verdict: 'unknown', text: 'forward-port', rank: translated }],
]);

const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ...(['accept', 'reject', 'drop'] as const).map((name) => [name, name] as const),
  ['mark', 'continue'],
]);

/** Without an action a rule logs, or its element acts by itself. */
function verdictOf({ element, action }: RichRule): { readonly verdict: Verdict; readonly text?: string } {
  const itself = element === undefined ? undefined : own.get(element.name);
  if (element?.name === 'forward-port' && itself) return itself;
  if (element?.name === 'masquerade') return { verdict: 'unknown', text: element.name };
  if (element?.name === 'icmp-block' && itself) return itself;
  if (action === undefined) return { verdict: 'continue' };
  return { verdict: verdicts.get(action.name) ?? 'unknown', text: action.name };
}

function rankOf({ priority, element }: RichRule, verdict: Verdict): number {
  if (element?.name === 'forward-port') return translated;
  const number = pythonInt(priority?.value ?? '0') ?? 0;
  if (number !== 0) return number;
  return verdict === 'reject' || verdict === 'drop' ? refusing : verdict === 'continue' ? -0.5 : allowing;
}

type Conditions = Pick<PacketRule, 'transports' | 'protocol' | 'ports' | 'sourcePorts'>;

function elementConditions(
  part: Pick<RichPart, 'name' | 'values'> | undefined,
  others: string[],
): Conditions {
  if (part === undefined) return {};
  const { name, values } = part;
  switch (name) {
    case 'port':
    case 'source-port':
    case 'forward-port':
      return portConditions(name, values, others);
    case 'protocol':
      return protocolConditions(values.get('value'), others);
    case 'icmp-block':
    case 'icmp-type':
      others.push(`${name} name="${values.get('name')?.value ?? ''}"`);
      return { protocol: 'icmp,icmpv6' };
    case 'service':
      others.push(`service name="${values.get('name')?.value ?? ''}"`);
      return {};
    case 'masquerade':
      return {};
    default:
      others.push(name);
      return {};
  }
}

function portConditions(name: string, values: PortValues, others: string[]): Conditions {
  const transport = transportOf(values.get('protocol'));
  const { ports } = readPortText(values.get('port')?.value ?? '');
  const match: PortMatch | undefined = ports && { ranges: [ports], isNegated: false };
  if (match === undefined || transport === undefined) {
    const written = ['port', 'protocol'].map((key) => `${key}="${values.get(key)?.value ?? ''}"`);
    others.push([name, ...written].join(' '));
  }
  return {
    ...(transport && { transports: [transport] }),
    ...(match && (name === 'source-port' ? { sourcePorts: match } : { ports: match })),
  };
}

function protocolConditions(text: SourcedText | undefined, others: string[]): Conditions {
  const transport = transportOf(text) ?? numbered.get(text?.value ?? '');
  if (transport !== undefined) return { transports: [transport] };
  const protocol = portless.get(text?.value ?? '');
  if (protocol !== undefined) return { protocol };
  others.push(`protocol value="${text?.value ?? ''}"`);
  return {};
}

const numbered: ReadonlyMap<string, 'tcp' | 'udp' | 'sctp'> = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
  ['132', 'sctp'],
]);

/** Protocols without ports, by the names and numbers that /etc/protocols has for them. */
const portless: ReadonlyMap<string, string> = new Map([
  ...['icmp', 'igmp', 'esp', 'ah', 'gre', 'vrrp', 'ospf', 'pim'].map((name) => [name, name] as const),
  ['1', 'icmp'],
  ['2', 'igmp'],
  ['47', 'gre'],
  ['50', 'esp'],
  ['51', 'ah'],
  ['58', 'icmpv6'],
  ['112', 'vrrp'],
  ['ipv6-icmp', 'icmpv6'],
  ['icmpv6', 'icmpv6'],
]);

/** A source or destination that is a network; a MAC address or an ipset is told as it is written. */
function peer(part: RichPart | undefined, others: string[]): NetworkMatch | undefined {
  if (part === undefined) return undefined;
  const { name, values, isInverted = false } = part;
  const address = values.get('address')?.value;
  const only = values.has('mac') || values.has('ipset') || address === undefined;
  const found = only || isOpaque(address) ? undefined : network(address.replace(/^\[|\]$/g, ''));
  if (found !== undefined) return { networks: [found], isNegated: isInverted };
  const written = ['address', 'mac', 'ipset'].flatMap((key) => {
    const value = values.get(key)?.value;
    return value === undefined ? [] : [`${key}="${value}"`];
  });
  others.push([name, ...(isInverted ? ['NOT'] : []), ...written].join(' '));
  return undefined;
}
