import type { PacketRule, Verdict } from '../../model/packet-filter';
import type { Span } from '../../model/span';
import { isFinal, isTerminal } from './nft-conditions';
import { isTransport, NftContext } from './nft-context';
import type { NftFilterValues } from './nft-filter-values';
import { natWords } from './nft-nat-reading';
import type { NftNotes } from './nft-notes';
import type {
  NftExpr,
  NftField,
  NftMatch,
  NftPlace,
  NftRule,
  NftStatement,
  NftTableName,
  NftVerdictMap,
} from './nft-tree';

/** What the reading of a rule as a whole has to know. */
export interface PacketRulePlace {
  readonly table: NftTableName;
  /** As `FilterRule.chain` has it. */
  readonly chain: string;
  readonly span: Span;
  readonly values: NftFilterValues;
  readonly notes: NftNotes;
}

/** A `PacketRule` while its conditions come in. */
type Draft = {
  -readonly [Key in
    | 'transports'
    | 'protocol'
    | 'ports'
    | 'sourcePorts'
    | 'source'
    | 'destination']?: PacketRule[Key];
} & {
  -readonly [Key in 'inInterface' | 'outInterface' | 'states']?: PacketRule[Key];
} & { readonly others: string[]; areSteady: boolean; isUncertain: boolean };

/**
 * Reads a rule as a whole: the packets that it matches, and what becomes of them. nft goes through the statements from
 * the first to the last and leaves the rule at one that does not match, so what stands behind the verdict counts for
 * nothing (nftables doc/nft.txt, rules; kernel net/netfilter/nf_tables_core.c, nft_do_chain).
 */
export function nftPacketRule(rule: NftRule, place: PacketRulePlace): PacketRule {
  const { table, chain, span, notes } = place;
  if (rule.isBroken) return { span, chain, others: [wholeWords(rule, notes)], verdict: 'unknown' };
  const context = new NftContext(table.family);
  const draft: Draft = { others: [], areSteady: !rule.isPartial, isUncertain: false };
  const end = endOf(rule);
  for (const statement of rule.statements) {
    takeStatement(statement, draft, context, place);
    if (statement === end) break;
  }
  const { others, areSteady, isUncertain, ...known } = draft;
  const { verdict, text } = verdictOf(end, notes);
  // A shell may put anything in.
  if (rule.isPartial && others.length === 0) others.push(wholeWords(rule, notes));
  return {
    span,
    chain,
    ...(context.family && { family: context.family }),
    ...protocols(known, context),
    ...known,
    others,
    ...(areSteady && { othersAreSteady: true }),
    verdict: isUncertain ? 'unknown' : verdict,
    ...(text !== undefined && { verdictText: text }),
  };
}

/** The statement behind which the rule is over for every packet that came so far. */
function endOf({ statements }: NftRule): NftStatement | undefined {
  return statements.find((each) => isTerminal(each) || each.kind === 'vmap') ?? statements.find(isFinal);
}

/** A field of a header asks for the header's protocol, which the context knows when all is read. */
function protocols(known: Partial<Draft>, { layer4 }: NftContext): Pick<Draft, 'transports' | 'protocol'> {
  if (known.transports !== undefined || known.protocol !== undefined || layer4 === undefined) return {};
  if (isTransport(layer4)) return { transports: [layer4] };
  return layer4 === 'several' || layer4 === 'unknown' ? {} : { protocol: layer4 };
}

function takeStatement(
  statement: NftStatement,
  draft: Draft,
  context: NftContext,
  place: PacketRulePlace,
): void {
  switch (statement.kind) {
    case 'match':
      context.meet(statement.left);
      if (!takeMatch(statement, draft, context, place)) addOther(statement, draft, place);
      context.learn(statement);
      return;
    case 'vmap':
      context.meet(statement.key);
      takeVerdictMap(statement, draft, context, place);
      return;
    case 'rewrite':
      context.meet(statement.field);
      if (changesPacket(statement.field)) draft.isUncertain = true;
      return;
    case 'nat':
    case 'subchain':
      draft.isUncertain = true;
      return;
    case 'other':
      if (/^(?:synproxy|fwd)$/.test(statement.verb)) draft.isUncertain = true;
      if (statement.verb === 'reject') narrow(place.notes.words(statement), context);
      // A set that is full ends the rule, and so does a limit within.
      if (statement.isCondition || /^(?:add|update|delete|set)$/.test(statement.verb))
        addOther(statement, draft, place);
      return;
  }
}

/** An answer is of one protocol, and nft asks for it first (src/evaluate.c, stmt_reject_gen_dependency). */
function narrow(reject: string, context: NftContext): void {
  const [, answer] = /^reject with (tcp|icmp|icmpv6)\b/.exec(reject) ?? [];
  if (answer === 'tcp') context.layer4 ??= 'tcp';
  else if (answer !== undefined) context.family ??= answer === 'icmp' ? 'ipv4' : 'ipv6';
}

/** Tells whether rules behind the one that writes to the field can match other packets than they would have. */
function changesPacket(field: NftExpr): boolean {
  if (field.kind !== 'field') return true;
  return /^(?:port|ipv4|ipv6|l4proto|nfproto)$/.test(field.type) || /^(?:@|ether )/.test(field.name);
}

function addOther(statement: NftStatement, draft: Draft, { notes, values }: PacketRulePlace): void {
  draft.others.push(wholeWords(statement, notes));
  const isSteady =
    statement.kind === 'match'
      ? values.isSteady(statement.left) && values.isSteady(statement.right)
      : statement.kind === 'vmap' && values.isSteady(statement.key) && values.isSteady(statement.map);
  draft.areSteady &&= isSteady;
}

/** Two long conditions may begin alike. */
function wholeWords(place: NftPlace, notes: NftNotes): string {
  return notes.words(place, Number.POSITIVE_INFINITY);
}

/** Takes a condition into the field of the rule that tells it; false where there is none, or one that is taken. */
function takeMatch(
  { left, operator, right }: Pick<NftMatch, 'left' | 'operator' | 'right'>,
  draft: Draft,
  context: NftContext,
  { values }: PacketRulePlace,
): boolean {
  if (left.kind !== 'field' || left.isInner) return false;
  const key = keyOf(left);
  if (key === undefined) return tellsFamily(left, operator, right, context);
  if (draft[key] !== undefined) return false;
  const found = ((): Draft[typeof key] => {
    switch (key) {
      case 'ports':
      case 'sourcePorts':
        return values.ports(right, operator);
      case 'source':
      case 'destination':
        return values.networks(right, operator, left.name.startsWith('ip6') ? 'ipv6' : 'ipv4');
      case 'inInterface':
      case 'outInterface':
        return operator === '==' ? values.interface(right) : undefined;
      case 'states':
        return operator === '==' ? values.states(right) : undefined;
    }
  })();
  if (key === 'transports')
    return operator === '==' && takeProtocols(values.protocols(right), draft, context);
  if (found === undefined) return false;
  Object.assign(draft, { [key]: found });
  return true;
}

/** The field of a rule that tells what is asked of a field of the packet. */
function keyOf({
  name,
  type,
  side,
}: NftField): Exclude<keyof Draft, 'others' | 'areSteady' | 'isUncertain' | 'protocol'> | undefined {
  if (type === 'port' && side !== undefined && !name.startsWith('ct '))
    return side === 'source' ? 'sourcePorts' : 'ports';
  return fields.get(name);
}

const fields: ReadonlyMap<
  string,
  Exclude<keyof Draft, 'others' | 'areSteady' | 'isUncertain' | 'protocol'>
> = new Map([
  ...['ip saddr', 'ip6 saddr'].map((name) => [name, 'source'] as const),
  ...['ip daddr', 'ip6 daddr'].map((name) => [name, 'destination'] as const),
  ...['meta iif', 'meta iifname'].map((name) => [name, 'inInterface'] as const),
  ...['meta oif', 'meta oifname'].map((name) => [name, 'outInterface'] as const),
  // `ip6 nexthdr` sees the first of several headers alone, and is therefore none of these.
  ...['meta l4proto', 'ip protocol'].map((name) => [name, 'transports'] as const),
  ['ct state', 'states'],
]);

/** Several protocols are told where all of them have ports, or none has. */
function takeProtocols(names: readonly string[] | undefined, draft: Draft, { layer4 }: NftContext): boolean {
  if (names === undefined || draft.protocol !== undefined || layer4 !== undefined) return false;
  const transports = names.filter(isTransport);
  if (transports.length === names.length) draft.transports = transports;
  else if (transports.length === 0) draft.protocol = [...new Set(names)].sort().join();
  else return false;
  return true;
}

/** `meta nfproto ipv4`: the context has it, and it is the rule's family. */
function tellsFamily(
  left: NftField,
  operator: NftMatch['operator'],
  right: NftExpr,
  context: NftContext,
): boolean {
  if (left.type !== 'nfproto' || operator !== '==' || right.kind !== 'value') return false;
  const family = /^(?:ip|ipv4)$/.test(right.text)
    ? 'ipv4'
    : /^(?:ip6|ipv6)$/.test(right.text)
      ? 'ipv6'
      : undefined;
  return family !== undefined && (context.family === undefined || context.family === family);
}

/**
 * A packet whose key is not in the map goes past the rule (kernel net/netfilter/nft_lookup.c, nft_lookup_eval): so the
 * keys are its condition. A star takes every packet.
 */
function takeVerdictMap(
  statement: NftVerdictMap,
  draft: Draft,
  context: NftContext,
  place: PacketRulePlace,
): void {
  const { key, map } = statement;
  if (map.kind === 'set') {
    if (map.elements.some((each) => each.key.kind === 'value' && each.key.text === '*')) return;
    const keys = { ...map, elements: map.elements.map(({ data: _, ...rest }) => rest) };
    if (takeMatch({ left: key, operator: '==', right: keys }, draft, context, place)) return;
  }
  addOther(statement, draft, place);
}

interface Outcome {
  readonly verdict: Verdict;
  readonly text?: string;
}

const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ...(['accept', 'drop', 'reject', 'return', 'continue'] as const).map((verb) => [verb, verb] as const),
]);

function verdictOf(end: NftStatement | undefined, notes: NftNotes): Outcome {
  if (end === undefined) return { verdict: 'continue' };
  if (end.kind === 'vmap')
    return { verdict: mappedVerdict(end.map), text: `vmap ${wholeWords(end.map, notes)}` };
  if (end.kind === 'nat') return { verdict: 'unknown', text: natWords(end, notes) };
  const verb = end.kind === 'verdict' || end.kind === 'other' ? end.verb : '';
  return { verdict: verdicts.get(verb) ?? 'unknown', text: notes.words(end) };
}

/** The verdict of a map whose keys all have the same. */
function mappedVerdict(map: NftExpr): Verdict {
  if (map.kind !== 'set') return 'unknown';
  const verbs = new Set(map.elements.map(({ data }) => (data?.kind === 'verdict' ? data.verb : '')));
  const [verb = ''] = verbs;
  return verbs.size === 1 ? (verdicts.get(verb) ?? 'unknown') : 'unknown';
}
