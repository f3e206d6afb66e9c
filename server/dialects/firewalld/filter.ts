import type { FilterChain, PacketFilter } from '../../model/packet-filter';
import type { Span } from '../../model/span';

import { elementPacketRule, type RankedRule, richPacketRule } from '../../syntax/firewalld/packet-rule';
import type { RichRule } from '../../syntax/firewalld/rich-rule';
import { type SourcedText, spanOf } from '../../syntax/sourced-text';
import type { XmlElement } from '../../syntax/xml/xml';
import { valuesOf } from './elements';

/**
 * The packet filter of a zone or policy. Which packets come to it, its interfaces and sources decide, and the default
 * zone, which another file names; so it has no hook.
 */
export class ZoneFilter {
  private readonly rules: RankedRule[] = [];
  private target: SourcedText | undefined;
  private isPartial = false;
  private isInverted = false;

  constructor(
    private readonly chain: string,
    private readonly isZone: boolean,
  ) {}

  /** An element that stands outside of rules; most of them are none. */
  addElement(element: XmlElement, span: Span): void {
    const { name } = element;
    if (name === 'icmp-block-inversion') this.isInverted = true;
    const rule = elementPacketRule({ name, values: valuesOf(element) }, this.chain, span);
    if (rule !== undefined) this.rules.push(rule);
  }

  addRule(rule: RichRule, span: Span): void {
    this.rules.push(richPacketRule(rule, this.chain, span));
  }

  /** A rule that firewalld refuses, or that is not written to its end. */
  leaveOut(): void {
    this.isPartial = true;
  }

  setTarget(target: SourcedText | undefined): void {
    this.target = target;
  }

  filter(): PacketFilter {
    const rules = this.rules.toSorted((a, b) => a.rank - b.rank).map(({ rule }) => rule);
    // Turned round, what is blocked is let through, and everything else of ICMP is not.
    const told = this.isInverted
      ? rules.filter(({ others }) => !others.some((other) => other.startsWith('icmp-block ')))
      : rules;
    return { chains: [this.chainOf(told.length < rules.length)], rules: told };
  }

  private chainOf(isShort: boolean): FilterChain {
    const { chain, target, isPartial } = this;
    const policy = policyOf(target?.value, this.isZone);
    return {
      name: chain,
      ...(policy && { policy }),
      ...(policy && target && { policySpan: spanOf(target) }),
      ...((isPartial || isShort) && { isPartial: true }),
    };
  }
}

/**
 * What becomes of packets at the end (src/firewall/core/base.py, `ZONE_TARGETS`, `POLICY_TARGETS`; firewalld.zone(5),
 * target): a zone without a target of its own rejects them, a policy hands them on.
 */
function policyOf(target: string | undefined, isZone: boolean): FilterChain['policy'] {
  if (target === 'ACCEPT') return 'accept';
  const isRefusing = target === 'DROP' || target === 'REJECT' || target === '%%REJECT%%';
  const isDefault = isZone && (target === undefined || target === 'default' || target === '{chain}_{zone}');
  return isRefusing || isDefault ? 'drop' : undefined;
}
