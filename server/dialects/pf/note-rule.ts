import type { FilterRule } from '../../model/filter-rule';
import type { PortRange, PortReference, Role, Transport } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Span } from '../../model/span';
import type { PfPortItem } from '../../syntax/pf/pf-port-item';
import type { PfPortValue } from '../../syntax/pf/pf-port-value';
import { pfRefusal } from '../../syntax/pf/pf-refusal';
import type { PfNotes } from './notes';
import { type PortClause, type RuleDraft, verdictOf } from './rule-draft';

/** Notes the ports of a rule that was read to its end. */
export function noteRule(rule: RuleDraft, notes: PfNotes): void {
  const refused = tellProtocolFaults(rule, notes);
  for (const clause of rule.clauses) noteClause(rule, clause, refused, notes);
}

/**
 * `filter_consistent` (OpenBSD: `rule_consistent`) and `rdr_consistent` of parse.y: ports need tcp or udp (FreeBSD 14
 * takes sctp, too), except those that `nat` matches, which nobody checks.
 */
function tellProtocolFaults(rule: RuleDraft, notes: PfNotes): boolean {
  const clause = rule.clauses.find(({ side }) => side === 'source' || side === 'destination');
  const isRdr = rule.head === 'rdr' || rule.head === 'rdr-anchor';
  const target = isRdr ? rule.clauses.find(({ side }) => side === 'forward') : undefined;
  const found = clause ?? target;
  if (found === undefined || ['nat', 'nat-anchor', 'binat', 'binat-anchor'].includes(rule.head)) return false;
  const pfctl = isRdr
    ? `${found.side === 'source' ? 'src' : found.side === 'destination' ? 'dst' : 'rpool'} port only applies to tcp/udp`
    : 'port only applies to tcp/udp';
  if (rule.protocols === undefined) {
    if (rule.hasUnknown) return false;
    const message = pfRefusal('The rule names a port and no protocol that has ports', pfctl);
    notes.fault({ rule: 'missing-transport', span: found.spec.span, message });
    return true;
  }
  for (const { name, span } of rule.protocols.others) {
    const message = pfRefusal(`The rule names a port, and ${name} has none`, pfctl);
    notes.fault({ rule: 'invalid-transport', span, message });
  }
  return rule.protocols.others.length > 0;
}

function noteClause(rule: RuleDraft, clause: PortClause, isRefused: boolean, notes: PfNotes): void {
  const { spec, address } = clause;
  for (const fault of spec.faults) notes.fault(fault);
  const conditions = rule.conditions.filter((each) => each.clause !== clause).map(({ text }) => text);
  const transport = transportOf(rule);
  const owner = ownerOf(rule);
  const place: ClausePlace = {
    ...{ rule, clause, notes, owner },
    ...(transport && { transport }),
    common: {
      owner,
      ...(transport && { transport }),
      ...(address && { address }),
      ...((isRefused || spec.faults.length > 0) && { isRefused: true }),
    },
    matching: filterRule(rule, false, conditions),
    sparing: filterRule(rule, true, conditions),
  };
  if (spec.opening !== undefined) notes.useAsPorts(spec.opening);
  for (const item of spec.items) noteItem(place, item);
  for (const { offset, isCompared, ...around } of spec.gaps) {
    const gap = { start: offset, end: offset };
    notes.slots.push({ ...(isCompared ? slot(place, gap) : single(place, gap)), ...around });
  }
}

/** A port clause with what all of its ports have in common. */
interface ClausePlace {
  readonly rule: RuleDraft;
  readonly clause: PortClause;
  readonly notes: PfNotes;
  readonly owner: string;
  readonly transport?: Transport;
  readonly common: Pick<PortReference, 'owner' | 'transport' | 'address' | 'isRefused'>;
  readonly matching: FilterRule;
  /** For every port but those that are named. */
  readonly sparing: FilterRule;
}

function noteItem(place: ClausePlace, item: PfPortItem): void {
  const { rule, clause, notes } = place;
  for (const fault of item.faults) notes.fault(fault);
  for (const value of item.values) {
    notes.declare(value);
    if (value.token.variable === undefined) noteSlots(place, value, item);
  }
  if (isRdrMatch(rule, clause)) tellRdrOperator(item, notes);
  tellZero(rule, clause, item, notes);
  if (item.faults.some(({ rule: id }) => id === 'invalid-port')) return;
  const isListed = item.variables.some(({ from }) => from !== 'unknown');
  if (isListed && !notes.mayList()) return;
  const ports = targetPorts(rule, clause, item);
  const reference: PortReference = {
    span: item.span,
    portSpan: portSpan(item),
    role: roleOf(rule, clause, item.isNegated),
    ...place.common,
    rule: item.isNegated ? place.sparing : place.matching,
    ...(ports && { ports }),
  };
  notes.references.push(
    item.variables.length === 0 ? reference : { ...reference, variables: item.variables },
  );
}

/** `port 80:*` sends a range on to as many ports as it matched. */
function targetPorts(rule: RuleDraft, { side }: PortClause, item: PfPortItem): PortRange | undefined {
  const [value] = item.values;
  if (side !== 'forward' || !value?.isOpen || value.ports === undefined) return item.ports;
  const matched = rule.clauses.find((each) => each.side === 'destination')?.spec.items ?? [];
  const range = matched.length === 1 ? matched[0] : undefined;
  if (range?.ports === undefined || range.operator !== undefined) return undefined;
  const { first } = value.ports;
  const last = first + range.ports.last - range.ports.first;
  return last <= 65535 ? { first, last } : undefined;
}

function portSpan({ values, span }: PfPortItem): Span {
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return span;
  return { start: first.shown.start, end: Math.max(first.shown.end, last.shown.end) };
}

/** `rdr` moves ports and cannot move those that it does not match one by one (`rdr_consistent` of parse.y). */
function tellRdrOperator({ operator, span }: PfPortItem, notes: PfNotes): void {
  if (operator === undefined || operator === '=') return;
  const message = pfRefusal(
    `"rdr" takes a port or a range, and no "${operator}"`,
    'invalid port operator for rdr destination port',
  );
  notes.fault({ rule: 'invalid-port', span, message });
}

function isRdrMatch({ head }: RuleDraft, { side }: PortClause): boolean {
  return (head === 'rdr' || head === 'rdr-anchor') && side === 'destination';
}

/** No program uses port 0; to block it makes sense all the same. */
function tellZero(rule: RuleDraft, { side }: PortClause, item: PfPortItem, notes: PfNotes): void {
  const [value] = item.values;
  const isZero = item.ports?.first === 0 && item.ports.last === 0 && !item.isNegated;
  if (value === undefined || !isZero || (item.operator !== undefined && item.operator !== '=')) return;
  if (rule.head !== 'pass' || (side !== 'source' && side !== 'destination')) return;
  const message = 'Port 0 is loaded and is no port that a program uses: the rule lets nothing through.';
  notes.fault({ rule: 'zero-port', span: value.place, message });
}

function roleOf(rule: RuleDraft, { side }: PortClause, isNegated: boolean): Role {
  if (side === 'forward') return 'forward';
  if (side === 'source' || side === 'translated') return 'source';
  if (isNegated || rule.isNo) return 'match';
  if (rule.head === 'pass' || rule.isPass) return 'allow';
  return rule.head === 'block' ? 'deny' : 'match';
}

function slot({ rule, clause, owner, transport }: ClausePlace, span: Span): PortSlot {
  const made: PortSlot = {
    span,
    role: roleOf(rule, clause, false),
    owner,
    accepts: 'port',
    names: true,
  };
  return transport === undefined ? made : { ...made, transport };
}

/** A port that stands alone, in whose place a range can stand; where packets are sent on to, one port is what is meant. */
function single(place: ClausePlace, span: Span): PortSlot {
  const made = slot(place, span);
  return place.clause.side === 'forward' ? made : { ...made, range: { sign: ':' } };
}

/** A port as it is typed, or both ends of a range. */
function noteSlots(place: ClausePlace, value: PfPortValue, item: PfPortItem): void {
  const { notes } = place;
  const { place: span, token } = value;
  if (token.kind === 'unknown') return;
  const colon = token.value.indexOf(':');
  const isShown = span.end - span.start === token.value.length;
  const [first] = item.values;
  const below = first !== value ? first?.ports?.first : undefined;
  if (colon < 0 || !isShown) {
    // Beside an operator no range can stand (`port_item` of parse.y, where it looks for a colon).
    const whole = item.operator === undefined ? single(place, span) : slot(place, span);
    notes.slots.push(below === undefined ? whole : { ...whole, above: below });
    return;
  }
  const head = { start: span.start, end: span.start + colon };
  const above = Number(token.value.slice(0, colon));
  notes.slots.push(slot(place, head));
  if (value.isOpen) return;
  const tail = slot(place, { start: head.end + 1, end: span.end });
  notes.slots.push(above > 0 ? { ...tail, above } : tail);
}

function transportOf({ protocols }: RuleDraft): Transport | undefined {
  if (protocols === undefined || protocols.isUnknown || protocols.others.length > 0) return undefined;
  const [only, ...more] = new Set(protocols.transports);
  return more.length === 0 ? only : undefined;
}

function ownerOf({ head, isNo, isPass, direction, anchors }: RuleDraft): string {
  const words = [isNo && 'no', head, isPass && 'pass', direction].filter((word) => typeof word === 'string');
  const anchor = anchors.at(-1);
  return `rule "${words.join(' ')}"${anchor === undefined ? '' : ` of anchor "${anchor}"`}`;
}

function filterRule(rule: RuleDraft, isNegated: boolean, conditions: readonly string[]): FilterRule {
  const verdict = verdictOf(rule);
  const place = ['pf', ...rule.anchors].join('/');
  const kind = ['rdr', 'nat', 'binat', 'scrub'].includes(rule.head) ? rule.head : rule.direction;
  return {
    chain: kind === undefined ? place : `${place} ${kind}`,
    ...(rule.family && { family: rule.family }),
    isNegated,
    conditions,
    ...(verdict !== undefined && { verdict }),
  };
}
