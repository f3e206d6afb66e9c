import { type Address, oneAddress } from '../../model/address';
import type { FilterRule } from '../../model/filter-rule';
import type { Role } from '../../model/port';
import type { Span } from '../../model/span';
import type { Found } from '../found';
import { type SourcedText, spanOf } from '../sourced-text';
import { type EntryWords, readPortEntry } from './port-entry';
import { checkRule } from './rich-rule-check';

/** A rich rule, written as XML or in the rich language: an element, what it is limited to, and what happens then. */
export interface RichRule {
  readonly span: Span;
  /** Where it is told that the rule as a whole is wrong: its name, or the word `rule`. */
  readonly nameSpan: Span;
  readonly family?: SourcedText;
  readonly priority?: SourcedText;
  readonly source?: RichPart;
  readonly destination?: RichPart;
  readonly element?: RichPart;
  readonly log?: RichPart;
  readonly audit?: RichPart;
  readonly action?: RichPart;
  /** True where the rule may have parts that cannot be seen: variables, a template. */
  readonly isOpen: boolean;
}

/** One part of a rich rule with its values. */
export interface RichPart {
  readonly name: string;
  /** The name as it is written. */
  readonly span: Span;
  /** All of it: the start tag, or the name and its attributes. */
  readonly whole: Span;
  readonly values: ReadonlyMap<string, SourcedText>;
  readonly isInverted?: boolean;
  readonly limit?: RichPart;
}

/** Whose rule it is: `zone public`, `policy web`. */
export interface RulePlace {
  readonly chain: string;
  readonly owner: string;
}

/** Reads a rich rule: its ports with what happens to their packets, the places to type ports, and what is refused. */
export function readRichRule(rule: RichRule, place: RulePlace, words: EntryWords, found: Found): void {
  const { element } = rule;
  const kind = element?.name ?? '';
  const filter = filterRule(rule, place.chain);
  const faults = checkRule(rule, words.program);
  const entry = { ...found, references: [], faults: [] } as Found;
  if (element !== undefined && portElements.includes(kind)) {
    readPortEntry(
      {
        span: element.whole,
        nameSpan: element.span,
        values: element.values,
        isForward: kind === 'forward-port',
        role: roleOf(kind, filter.verdict),
        owner: place.owner,
        rule: filter,
        isOpen: rule.isOpen,
        ...(filter.family && { family: filter.family }),
      },
      words,
      entry,
    );
  }
  found.faults.push(...entry.faults, ...faults);
  const isRefused = faults.length > 0;
  const address = addressOf(rule, kind);
  for (const reference of entry.references) {
    found.references.push({ ...reference, ...(address && { address }), ...(isRefused && { isRefused }) });
  }
}

/** The one address that packets with the port go to, or with a source port come from. */
function addressOf({ source, destination }: RichRule, kind: string): Address | undefined {
  const part = kind === 'port' ? destination : kind === 'source-port' ? source : undefined;
  return part === undefined || part.isInverted
    ? undefined
    : oneAddress(part.values.get('address')?.value ?? '');
}

/** The elements of a rule that have ports. */
export const portElements: readonly string[] = ['port', 'source-port', 'forward-port'];

function roleOf(kind: string, verdict: string | undefined): Role {
  if (kind === 'source-port') return 'source';
  if (kind === 'forward-port') return 'forward';
  if (verdict === 'accept') return 'allow';
  return verdict === 'reject' || verdict === 'drop' ? 'deny' : 'match';
}

/** What a rule says beside the port of its element. */
export function filterRule(
  { family, source, destination, element, action }: RichRule,
  chain: string,
): FilterRule {
  const limited = [source, destination, action?.limit].filter((part) => part !== undefined);
  const verdict = element?.name === 'forward-port' ? element.name : action?.name;
  return {
    chain,
    ...((family?.value === 'ipv4' || family?.value === 'ipv6') && { family: family.value }),
    isNegated: false,
    conditions: limited.map(conditionText),
    ...(verdict !== undefined && { verdict }),
  };
}

/** A part as the rich language writes it (src/firewall/core/rich.py, `__str__` of the parts). */
function conditionText({ name, values, isInverted }: RichPart): string {
  const attributes = [...values]
    .filter(([key]) => key !== 'invert' && key !== 'family')
    .map(([key, { value }]) => `${key}="${value}"`);
  return [name, ...(isInverted ? ['NOT'] : []), ...attributes].join(' ');
}

/** The characters of a value, or of the part that lacks it. */
export function placeOf(part: RichPart, key: string): Span {
  const value = part.values.get(key);
  return value === undefined || value.value === '' ? part.span : spanOf(value);
}
