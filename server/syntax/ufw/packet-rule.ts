import { network } from '../../model/network';
import type { NetworkMatch, PacketRule, PortMatch, Verdict } from '../../model/packet-filter';
import type { Span } from '../../model/span';
import { unknownText } from '../sourced-text';
import { addressFamily } from './addresses';
import { heardPorts, type RuleProtocol } from './heard-ports';
import { readPortText } from './port-text';
import { isPortless, transportOf } from './protocols';

/** What a rule of ufw says, wherever it is written; a field that is absent, or `any`, sets no condition. */
export interface UfwRuleParts {
  readonly span: Span;
  readonly chain: string;
  /** The family of a rules file, when its addresses do not tell another one. */
  readonly family?: 'ipv4' | 'ipv6';
  readonly action: string;
  readonly protocol: RuleProtocol;
  readonly port?: string;
  readonly sourcePort?: string;
  readonly from?: string;
  readonly to?: string;
  readonly inInterface?: string;
  readonly outInterface?: string;
  /** What it says beside that, as written: profiles. */
  readonly others: readonly string[];
}

/** The rule as packets meet it; what is not known for sure is told as it is written, among the other conditions. */
export function ufwPacketRule(parts: UfwRuleParts): PacketRule {
  const { span, chain, action, protocol } = parts;
  const others = [...parts.others];
  const texts = [parts.port ?? 'any', parts.sourcePort ?? 'any'] as const;
  const isMulti = texts.some((text) => readPortText(text).isMulti);
  const [ports, sourcePorts] = texts.map((text, side) => {
    const match = portMatch(text, protocol, isMulti);
    if (match === 'unknown') others.push(`${side === 0 ? 'to' : 'from'} port ${text}`);
    return match === 'unknown' ? undefined : match;
  });
  const [source, destination] = [parts.from, parts.to].map((address, side) => {
    const match = networkMatch(address);
    if (match === 'unknown') others.push(`${side === 0 ? 'from' : 'to'} ${address}`);
    return match === 'unknown' ? undefined : match;
  });
  const hasPorts = texts.some((text) => text !== 'any');
  const transport = transportOf(protocol);
  const family =
    [parts.to, parts.from].map((text) => addressFamily(text ?? '')).find(Boolean) ?? parts.family;
  if (protocol === undefined || protocol.includes(unknownText)) others.push(`proto ${protocol}`);
  for (const name of [parts.inInterface, parts.outInterface]) {
    if (name?.includes(unknownText)) others.push(`on ${name}`);
  }
  return {
    ...{ span, chain },
    ...(family && { family }),
    ...(transport
      ? { transports: [transport] }
      : hasPorts && protocol === 'any' && { transports: ['tcp', 'udp'] }),
    ...(protocol !== undefined && isPortless(protocol) && { protocol }),
    ...(ports && { ports }),
    ...(sourcePorts && { sourcePorts }),
    ...(source && { source }),
    ...(destination && { destination }),
    ...(parts.inInterface !== undefined && { inInterface: parts.inInterface }),
    ...(parts.outInterface !== undefined && { outInterface: parts.outInterface }),
    others,
    othersAreSteady: true,
    verdict: verdicts.get(action) ?? 'unknown',
    verdictText: action,
  };
}

/** `limit` lets in or refuses, as often as the source came. */
const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ['allow', 'accept'],
  ['deny', 'drop'],
  ['reject', 'reject'],
]);

function portMatch(
  text: string,
  protocol: RuleProtocol,
  isMulti: boolean,
): PortMatch | 'unknown' | undefined {
  if (text === 'any') return undefined;
  const heard = readPortText(text).ports.map((port) => heardPorts(port, protocol, isMulti));
  const ranges = heard.flatMap((each) => (each.length === 1 && each[0]?.ports ? [each[0].ports] : []));
  return ranges.length > 0 && ranges.length === heard.length ? { ranges, isNegated: false } : 'unknown';
}

function networkMatch(text = 'any'): NetworkMatch | 'unknown' | undefined {
  const written = text.toLowerCase();
  if (written === 'any' || written === '0.0.0.0/0' || written === '::/0') return undefined;
  const read = network(written);
  return read === undefined ? 'unknown' : { networks: [read], isNegated: false };
}
