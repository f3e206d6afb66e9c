import { grouped } from '../model/grouped';
import type { PacketRule } from '../model/packet-filter';
import type { PlacedChain, PlacedRule, RuleConflict } from '../model/rule-set';
import { sameSpan, slice } from '../model/span';
import { CoverIndex, type Ranked } from './cover-index';
import { intersection, type PortSet, portSet } from './port-sets';

/** Finds the rules of a chain that other ones leave nothing to do for; those of different branches are not compared. */
export function ruleConflicts({ rules, lastMatchWins }: PlacedChain): readonly RuleConflict[] {
  const branches = grouped(rules, ({ rule }) => `${rule.branch}`);
  return [...branches.values()].flatMap((together) => {
    const found = new Map<PlacedRule, RuleConflict>();
    if (lastMatchWins) {
      noteDead(
        together.filter(({ rule }) => rule.isQuick),
        together,
        found,
      );
      noteOverridden(together, found);
    } else noteDead(together, together, found);
    noteOverlaps(together, found);
    return [...found.values()];
  });
}

/** Whether a rule with the verdict leaves nothing of a packet to later ones. */
function isFinal({ verdict }: PacketRule): boolean {
  return verdict !== 'continue' && verdict !== 'unknown';
}

type Found = Map<PlacedRule, RuleConflict>;

/** Notes the rules that one of the deciding rules before them covers. */
function noteDead(deciding: readonly PlacedRule[], rules: readonly PlacedRule[], found: Found): void {
  const deciders = new Set(deciding);
  const index = new CoverIndex<PlacedRule>();
  const alike = new Map<string, Ranked<PlacedRule>>();
  // The last rule that can have kept packets from those behind it.
  let barrier = -1;
  for (const [rank, placed] of rules.entries()) {
    const { rule } = placed;
    const key = conditionsKey(rule);
    const twin = key === undefined ? undefined : alike.get(key);
    const isSeenAgain = twin !== undefined && (isFinal(twin.rule) || barrier <= twin.rank);
    const conflict =
      (isSeenAgain && twin !== undefined ? twins(placed, twin.item, false) : undefined) ??
      shadow(placed, index.first(rule)?.item, false);
    if (conflict !== undefined) found.set(placed, conflict);
    if (rule.verdict !== 'continue') barrier = rank;
    if (!deciders.has(placed)) continue;
    const ranked = { item: placed, rule, rank };
    if (isFinal(rule)) index.add(ranked);
    if (key !== undefined && (twin === undefined || !isFinal(twin.rule))) alike.set(key, ranked);
  }
}

/** Notes the rules that a later one covers where the last match decides. */
function noteOverridden(rules: readonly PlacedRule[], found: Found): void {
  const index = new CoverIndex<PlacedRule>();
  const alike = new Map<string, PlacedRule>();
  for (const [rank, placed] of rules.toReversed().entries()) {
    const { rule } = placed;
    const key = conditionsKey(rule);
    const twin = key === undefined ? undefined : alike.get(key);
    const canLose = isFinal(rule) && !rule.isQuick && !found.has(placed);
    const conflict = canLose
      ? ((twin && twins(placed, twin, true)) ?? shadow(placed, index.first(rule)?.item, true))
      : undefined;
    // Of two that are the same the second one is told, whichever of them counts.
    const told =
      conflict?.kind === 'duplicate'
        ? { ...conflict, rule: conflict.by, by: placed, isLater: false }
        : conflict;
    if (told !== undefined && !found.has(told.rule)) found.set(told.rule, told);
    if (!isFinal(rule)) continue;
    index.add({ item: placed, rule, rank });
    if (key !== undefined) alike.set(key, placed);
  }
}

/** Two rules that match the same packets. */
function twins(rule: PlacedRule, by: PlacedRule, isLater: boolean): RuleConflict | undefined {
  if (isOneText(rule, by)) return undefined;
  const isSameVerdict =
    rule.rule.verdict === by.rule.verdict && rule.rule.verdictText === by.rule.verdictText;
  const base = { rule, by, isSameVerdict, isLater, ports: [] };
  // What goes on is told by more than its verdict: two rules that count or mark are the same when they read the same.
  if (isSameVerdict)
    return isFinal(by.rule) || readsSame(rule, by) ? { ...base, kind: 'duplicate' } : undefined;
  const verdicts = [rule.rule.verdict, by.rule.verdict];
  const isContrary =
    verdicts.includes('accept') && (verdicts.includes('drop') || verdicts.includes('reject'));
  if (isContrary) return { ...base, kind: 'contradiction' };
  return isFinal(by.rule) ? shadow(rule, by, isLater) : undefined;
}

function readsSame(one: PlacedRule, other: PlacedRule): boolean {
  const [first, second] = [one, other].map(({ file, rule }) =>
    slice(file.text, rule.span).split(/\s+/).join(' '),
  );
  return first === second;
}

function shadow(rule: PlacedRule, by: PlacedRule | undefined, isLater: boolean): RuleConflict | undefined {
  if (by === undefined || isOneText(rule, by)) return undefined;
  const isSameVerdict =
    rule.rule.verdict === by.rule.verdict
      ? isPlain(rule.rule) || rule.rule.verdictText === by.rule.verdictText
      : isRefusal(rule.rule) && isRefusal(by.rule);
  return { kind: 'shadow', rule, by, isSameVerdict, isLater, ports: [] };
}

function isPlain({ verdict }: PacketRule): boolean {
  return verdict === 'accept' || verdict === 'return' || isRefusal({ verdict });
}

/** Whether it is told or not, the packet does not get through. */
function isRefusal({ verdict }: Pick<PacketRule, 'verdict'>): boolean {
  return verdict === 'drop' || verdict === 'reject';
}

/** A list in a rule can be several rules of one text. */
function isOneText(one: PlacedRule, other: PlacedRule): boolean {
  return one.file === other.file && sameSpan(one.rule.span, other.rule.span);
}

/** How many rules that differ in their ports alone are compared with one. */
const mostPortsCompared = 50;

/** Notes rules that are alike but for ports, of which they have some in common. */
function noteOverlaps(rules: readonly PlacedRule[], found: Found): void {
  const alike = new Map<string, Ported[]>();
  for (const placed of rules) {
    const { ports, ...rest } = placed.rule;
    if (found.has(placed) || !isFinal(placed.rule) || ports === undefined || ports.isNegated) continue;
    const conditions = conditionsKey(rest);
    if (conditions === undefined) continue;
    const key = `${conditions} ${rest.verdictText}`;
    const before = alike.get(key) ?? [];
    alike.set(key, before);
    const own = { placed, ports: portSet(ports) };
    for (const { placed: by, ports: theirs } of before.slice(-mostPortsCompared)) {
      const common = intersection(own.ports, theirs);
      if (common.length === 0 || isOneText(placed, by)) continue;
      found.set(placed, {
        ...{ kind: 'overlap', rule: placed, by, isSameVerdict: true, isLater: false },
        ports: common,
      });
      break;
    }
    before.push(own);
  }
}

interface Ported {
  readonly placed: PlacedRule;
  readonly ports: PortSet;
}

/** A text that is the same for rules that surely match the same packets; undefined where that cannot be told. */
function conditionsKey(rule: PacketRule): string | undefined {
  const { family, transports, protocol, ports, sourcePorts, source, destination, states, others } = rule;
  if (others.length > 0 && !rule.othersAreSteady) return undefined;
  const portKey = (match: typeof ports): unknown =>
    match && portSet(match).map(({ first, last }) => [first, last]);
  const networkKey = (match: typeof source): unknown =>
    match && [
      match.isNegated,
      match.networks.map(({ family: each, first, last }) => `${each} ${first} ${last}`).sort(),
    ];
  return JSON.stringify([
    ...[family, transports?.toSorted(), protocol, portKey(ports), portKey(sourcePorts)],
    ...[networkKey(source), networkKey(destination), rule.inInterface, rule.outInterface],
    ...[states?.toSorted(), others.toSorted(), rule.isQuick],
  ]);
}
