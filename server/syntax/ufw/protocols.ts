import type { Fault, FaultFix } from '../../model/fault';
import type { Transport } from '../../model/port';
import type { Span } from '../../model/span';
import { ufwRefusal } from './ufw-refusal';

/** `supported_protocols`, `portless_protocols` and `ipv4_only_protocols` of ufw's src/util.py. */
const portless: readonly string[] = ['ipv6', 'esp', 'ah', 'igmp', 'gre', 'vrrp'];
const ofIpv4: readonly string[] = ['ipv6', 'igmp'];

/** Tells whether a rule can be for the protocol; `any` is tcp and udp. Capitals are refused. */
export function isProtocol(text: string): boolean {
  return text === 'any' || transportOf(text) !== undefined || isPortless(text);
}

/** Tells whether the protocol has no ports. */
export function isPortless(text: string): boolean {
  return portless.includes(text);
}

/** Tells whether the protocol can go with IPv4 addresses alone. */
export function isForIpv4(text: string): boolean {
  return ofIpv4.includes(text);
}

/** The transport of a rule for this protocol, where it is for one. */
export function transportOf(protocol: string | undefined): Transport | undefined {
  return protocol === 'tcp' || protocol === 'udp' ? protocol : undefined;
}

/** A list or a range in a rule for tcp and udp alike, which iptables' multiport match cannot do (set_rule). */
export function multipleWithoutProtocol(span: Span, fixes: readonly FaultFix[]): Fault {
  const words = "Must specify 'tcp' or 'udp' with multiple ports";
  const message = ufwRefusal('a list or a range of ports needs a protocol', words);
  return { rule: 'missing-transport', span, message, ...(fixes.length > 0 && { fixes }) };
}
