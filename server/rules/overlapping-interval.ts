import { type PortReference, portsText } from '../model/port';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { PlacedRule } from '../model/rule-set';
import type { SourceFile } from '../model/snapshot';
import { type Span, sameSpan } from '../model/span';
import { quotedRule, relatedRule } from './shared/rule-words';

export const overlappingInterval: RuleOf<'filter'> = {
  id: 'overlapping-interval',
  over: 'filter',
  severity: 'information',
  summary: 'A port that two ranges of one list, or of two rules that do the same, hold both.',
  rationale:
    'It is read without a word and does no harm, but to close the port both places have to be changed. Named sets of nftables, which refuse it, have `interval-overlap`.',
  *check(set) {
    const told = new Set(set.conflicts().map(({ rule }) => rule));
    for (const { kind, rule, by, ports } of set.conflicts()) {
      if (kind !== 'overlap') continue;
      const words = ports.map(portsText).join(', ');
      yield {
        uri: rule.file.uri,
        span: rule.rule.span,
        message: `Another rule does the same for ${portWord(ports)} ${words} already: ${quotedRule(by)}.`,
        related: [relatedRule(by, `This one is for ${words}, too.`)],
        fixes: [],
      };
    }
    const sorted = new Map<SourceFile, readonly PortReference[]>();
    for (const each of set.chains.flatMap(({ rules }) => rules)) {
      if (told.has(each) || !hasList(each)) continue;
      const { file } = each;
      const references = sorted.get(file) ?? file.reading.references.toSorted(byPlace);
      sorted.set(file, references);
      yield* inOneRule(each, within(references, each.rule.span));
    }
  },
};

function hasList({ rule }: PlacedRule): boolean {
  return [rule.ports, rule.sourcePorts].some((match) => (match?.ranges.length ?? 0) > 1);
}

/** The references of a part of the text. */
function within(references: readonly PortReference[], { start, end }: Span): readonly PortReference[] {
  let low = 0;
  let high = references.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((references[middle]?.portSpan.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const own: PortReference[] = [];
  for (let index = low; (references[index]?.portSpan.start ?? end) < end; index += 1) {
    const reference = references[index];
    if (reference !== undefined) own.push(reference);
  }
  return own;
}

function byPlace(a: PortReference, b: PortReference): number {
  return a.portSpan.start - b.portSpan.start;
}

/** What stands in a list that its program refuses for this has a finding already. */
function* inOneRule({ file }: PlacedRule, references: readonly PortReference[]): Iterable<RuleFinding> {
  const known = references.filter(({ ports, isRefused }) => ports !== undefined && !isRefused);
  for (const [index, reference] of known.entries()) {
    const other = known.slice(Math.max(0, index - mostCompared), index).find((each) => meet(each, reference));
    if (other?.ports === undefined || reference.ports === undefined) continue;
    const [first, last] = [
      Math.max(other.ports.first, reference.ports.first),
      Math.min(other.ports.last, reference.ports.last),
    ];
    const words = portsText({ first, last });
    const verb = first === last ? 'is' : 'are';
    yield {
      uri: file.uri,
      span: reference.portSpan,
      message: `${first === last ? 'Port' : 'Ports'} ${words} ${verb} in this list already, in ${portsText(other.ports)}.`,
      related: [{ uri: file.uri, span: other.portSpan, message: 'Here.' }],
      fixes: [],
    };
  }
}

const mostCompared = 100;

/** Ports of one side and transport, where a list holds both. */
function meet(one: PortReference, other: PortReference): boolean {
  if (one.role !== other.role || one.transport !== other.transport) return false;
  if (sameSpan(one.portSpan, other.portSpan)) return false;
  if (one.ports === undefined || other.ports === undefined) return false;
  return one.ports.first <= other.ports.last && other.ports.first <= one.ports.last;
}

function portWord(ports: readonly { readonly first: number; readonly last: number }[]): string {
  const [only, second] = ports;
  return second === undefined && only?.first === only?.last ? 'port' : 'ports';
}
