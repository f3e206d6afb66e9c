import type { Transport } from '../../model/port';
import type { Span } from '../../model/span';
import type { PfCursor } from '../../syntax/pf/pf-cursor';
import type { PfToken } from '../../syntax/pf/pf-tokens';
import type { PfNotes } from './notes';
import { plainText, type RuleDraft } from './rule-draft';
import { skipBraces } from './skip';

/** The protocols with ports; pf leaves `sctp` to FreeBSD, and `udplite` nowhere has any for it. */
const transports: ReadonlyMap<string, Transport> = new Map([
  ...(['tcp', 'TCP', '6'] as const).map((name) => [name, 'tcp'] as const),
  ...(['udp', 'UDP', '17'] as const).map((name) => [name, 'udp'] as const),
  ...(['sctp', 'SCTP', '132'] as const).map((name) => [name, 'sctp'] as const),
]);

/** Names of /etc/protocols that stand for protocols without ports everywhere. */
const withoutPorts: ReadonlySet<string> = new Set([
  ...[
    'icmp',
    'icmp6',
    'ipv6-icmp',
    'igmp',
    'esp',
    'ah',
    'gre',
    'ipencap',
    'ipip',
    'ipv6',
    'etherip',
    'encap',
  ],
  ...['ospf', 'eigrp', 'pim', 'vrrp', 'carp', 'pfsync', 'rsvp', 'ipcomp', 'l2tp'],
]);

/** Reads `proto tcp` and `proto { tcp, udp }`. */
export function readProtocols(cursor: PfCursor, rule: RuleDraft, notes: PfNotes): void {
  const { start } = cursor.advance().span;
  const found: Transport[] = [];
  const others: { name: string; span: Span }[] = [];
  let isUnknown = false;
  const note = (token: PfToken): void => {
    const transport = transports.get(token.value);
    const isNumber = token.kind === 'number' && Number(token.value) > 0 && Number(token.value) < 256;
    if (transport !== undefined) found.push(transport);
    else if (withoutPorts.has(token.value) || isNumber)
      others.push({ name: `protocol ${token.value}`, span: token.written ?? token.span });
    else if (token.kind !== 'mark' && token.kind !== 'newline') isUnknown = true;
  };
  if (cursor.isMark('{')) {
    for (const token of skipBraces(cursor, notes)) note(token);
  } else if (!cursor.isLineEnd()) {
    note(cursor.advance());
  }
  rule.filter.protocolText = plainText(cursor.text.slice(start, cursor.previousEnd));
  rule.protocols = { transports: found, others, isUnknown };
}
