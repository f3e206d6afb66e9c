import { isOpaque } from '../../syntax/firewalld/port-text';
import { type SourcedText, spanOf } from '../../syntax/sourced-text';
import { type FileContext, refuse } from './context';
import type { ForwardElement } from './zone';

/** The zones that a policy stands between. */
export interface PolicyZones {
  readonly ingress: readonly SourcedText[];
  readonly egress: readonly SourcedText[];
}

/**
 * What firewalld checks of a policy when all of it is read (src/firewall/core/io/policy.py, `_check_config`): which
 * zones go together, and that a port which leaves for another zone is forwarded to an address.
 */
export function refusePolicy(
  context: FileContext,
  zones: PolicyZones,
  forwards: readonly ForwardElement[],
): void {
  const all = [...zones.ingress, ...zones.egress];
  if (context.isTemplate || all.some(({ value }) => isOpaque(value))) return;
  for (const side of ['ingress', 'egress'] as const) refuseMixture(context, zones[side], side);
  const isHost = (text: SourcedText): boolean => text.value === 'HOST';
  const both = zones.ingress.some(isHost) ? zones.egress.find(isHost) : undefined;
  if (both !== undefined) {
    const words = "INVALID_ZONE: 'HOST' can only appear in either ingress or egress zones, but not both";
    refuse(
      context,
      'ignored-profile',
      spanOf(both),
      'HOST is both where packets come from and where they go',
      words,
    );
  }
  if (zones.egress.length === 0 || zones.egress.some(isHost)) return;
  for (const { nameSpan, hasAddress } of forwards) {
    if (hasAddress) continue;
    const words = "INVALID_FORWARD: 'forward-port' requires 'to-addr' if egress zone is 'ANY' or a zone";
    refuse(
      context,
      'invalid-address',
      nameSpan,
      'a port that leaves for a zone needs an address to go to',
      words,
    );
  }
}

/** ANY and HOST stand alone. */
function refuseMixture(context: FileContext, zones: readonly SourcedText[], side: string): void {
  const alone = zones.find(({ value }) => value === 'ANY' || value === 'HOST');
  if (alone === undefined || zones.every(({ value }) => value === alone.value)) return;
  const words = `INVALID_ZONE: '${side}_zones' may only contain one of: many regular zones, ANY, or HOST`;
  refuse(context, 'ignored-profile', spanOf(alone), `${alone.value} stands beside other zones`, words);
}
