import { oneAddress } from '../../model/address';
import type { Fault } from '../../model/fault';
import type { FilterRule } from '../../model/filter-rule';
import type { PortReference, Role } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { PartReading } from '../found';
import { gapBehind } from '../gap-behind';
import { trap } from '../refusal';
import { unknownText } from '../sourced-text';
import { addressFamily } from './addresses';
import { type Argument, isUnknown, shown } from './arguments';
import { type PortPlace, placedPorts, portSlots, rangeForm, type SlotForm } from './port-references';
import { isNumericPortText, readPortText } from './port-text';
import { transportOf } from './protocols';
import { lastPorts, type PortWord, type RuleSketch, type SideName } from './rule-sketch';
import { ufwRefusal } from './ufw-refusal';
import { isPythonInteger, serviceProtocol } from './ufw-services';

/**
 * Tells the ports of a rule, the places where one can be typed, and the traps in what ufw takes.
 *
 * @param text The text that it stands in.
 * @param isRefused True when ufw refuses the command: its traps are not told then.
 */
export function readRule(sketch: RuleSketch, text: string, isRefused: boolean): PartReading {
  const references: PortReference[] = [];
  const faults: Fault[] = [];
  for (const place of portPlaces(sketch, isRefused)) {
    const placed = placedPorts(place);
    for (const each of placed.references) references.push(each);
    for (const each of placed.faults) faults.push(each);
  }
  if (!isRefused) for (const each of repeatedPorts(sketch)) faults.push(each);
  return { references, slots: slotsOf(sketch, text), faults: sketch.isDelete ? [] : faults };
}

/** Words for messages: a rule is known by its comment. */
export function ruleOwner(comment: string | undefined, isDelete = false): string {
  const owner = isDelete ? 'deleted ufw rule' : 'ufw rule';
  return comment === undefined || comment === '' || comment.includes(unknownText)
    ? owner
    : `${owner} "${comment}"`;
}

/** What a rule with this action does with the ports of packets that come to them. */
export function actionRole(action: string | undefined): Role {
  if (action === 'allow' || action === 'limit') return 'allow';
  return action === undefined ? 'match' : 'deny';
}

/** Where the chain of a rule is, in ufw's own words for its policies. */
export function chainOf(isRoute: boolean, direction: 'in' | 'out'): string {
  return `ufw ${isRoute ? 'routed' : direction === 'in' ? 'incoming' : 'outgoing'}`;
}

function portPlaces(sketch: RuleSketch, isRefused: boolean): readonly PortPlace[] {
  const { simple } = sketch;
  if (simple !== undefined) {
    const part = simplePart(simple, sketch);
    if (part === undefined) return [];
    const { isMulti } = readPortText(simple.value.slice(0, part.to));
    const rule = ruleOf(sketch, undefined);
    return [
      { ...place(sketch, simple, part.to, undefined), protocol: part.protocol, isMulti, isRefused, ...rule },
    ];
  }
  const protocol = clauseProtocol(sketch);
  const isMulti = sketch.ports.some(
    ({ keyword, word }) => keyword === 'port' && word !== undefined && readPortText(word.value).isMulti,
  );
  return lastPorts(sketch).last.flatMap(({ keyword, side, word }) =>
    word === undefined || keyword === 'app'
      ? []
      : [
          {
            ...place(sketch, word, word.value.length, side),
            protocol,
            isMulti,
            isRefused,
            ...ruleOf(sketch, side),
          },
        ],
  );
}

function place(
  sketch: RuleSketch,
  word: Argument,
  to: number,
  side: SideName | undefined,
): Pick<PortPlace, 'text' | 'from' | 'to' | 'span' | 'role' | 'owner' | 'address'> {
  const { text, span } = word;
  const address = oneAddress((side && sketch.addresses[side]?.value) ?? '');
  const about = { role: roleOf(sketch, side), owner: ownerOf(sketch), ...(address && { address }) };
  return { text, from: 0, to, span, ...about };
}

function roleOf(sketch: RuleSketch, side: SideName | undefined): Role {
  if (side === 'from') return 'source';
  const isUnsure =
    sketch.isDelete || sketch.isPrefixUnknown || (side === undefined && sketch.ports.length > 0);
  return isUnsure ? 'match' : actionRole(sketch.action);
}

function ownerOf({ comment, isDelete }: RuleSketch): string {
  return ruleOwner(comment?.value, isDelete);
}

/** The port of a rule in the simple syntax, and what it is for; undefined where the word is no port, or need not be. */
export function simplePart(
  { value }: Argument,
  { action, isPrefixUnknown }: RuleSketch,
): { readonly to: number; readonly protocol: string | undefined } | undefined {
  const slash = value.indexOf('/');
  const to = slash < 0 ? value.length : slash;
  const port = value.slice(0, to);
  const written = slash < 0 ? 'any' : value.slice(slash + 1);
  if (written.includes(unknownText)) return { to, protocol: undefined };
  if (written !== 'any') return { to, protocol: written };
  const service = serviceProtocol(port);
  if (service !== undefined) return { to, protocol: service };
  if (slash >= 0 || isNumericPortText(port)) {
    // `ufw $ACTION 3` can delete the third rule.
    const isRuleNumber = action === undefined && !isPrefixUnknown && isPythonInteger(value);
    return isRuleNumber ? undefined : { to, protocol: 'any' };
  }
  // A profile's name says no port, and a word that a variable gives can be one, or a whole rule, or nothing.
  return undefined;
}

/** The protocol of a rule in the full syntax: what `proto` says, else what the names of services say. */
export function clauseProtocol(sketch: RuleSketch): string | undefined {
  if (sketch.isBodyUnknown) return undefined;
  const written = sketch.protocol?.value ?? 'any';
  if (written !== 'any') return written.includes(unknownText) ? undefined : written;
  const names = (['to', 'from'] as const).flatMap((side) => {
    const words = sketch.ports.filter((each) => each.keyword === 'port' && each.side === side);
    return words.findLast(({ word }) => word !== undefined && !isNumericPortText(word.value))?.word ?? [];
  });
  const found = names.map(({ value }) => serviceProtocol(value));
  const certain = found.find((protocol) => protocol !== 'any' && protocol !== undefined);
  return certain ?? (found.includes(undefined) ? undefined : 'any');
}

/** The rule as a packet meets it; absent where a variable decides of it. */
function ruleOf(sketch: RuleSketch, side: SideName | undefined): { readonly rule?: FilterRule } {
  const { isRoute, direction, action, isDelete, addresses } = sketch;
  if (sketch.isBodyUnknown || sketch.isPrefixUnknown || action === undefined) return {};
  const families = [addresses.from, addresses.to].flatMap(
    (word) => addressFamily(word?.value.toLowerCase() ?? '') ?? [],
  );
  const [family] = families;
  return {
    rule: {
      chain: chainOf(isRoute, direction),
      ...(family && { family }),
      isNegated: false,
      conditions: conditionsOf(sketch, side),
      ...(!isDelete && { verdict: action }),
    },
  };
}

function conditionsOf(sketch: RuleSketch, own: SideName | undefined): readonly string[] {
  const { last } = lastPorts(sketch);
  return sketch.conditions.flatMap((condition) => {
    if (typeof condition !== 'string') {
      const { direction, name } = condition;
      return `${sketch.isRoute ? `${direction} ` : ''}on ${shown(name)}`;
    }
    const address = sketch.addresses[condition];
    const port = condition === own ? undefined : last.find(({ side }) => side === condition);
    const isAnywhere = address === undefined || address.value.toLowerCase() === 'any';
    if (isAnywhere && port === undefined) return [];
    const tail = port?.word === undefined ? '' : ` ${port.keyword} ${shown(port.word)}`;
    return `${condition} ${address === undefined ? 'any' : shown(address)}${tail}`;
  });
}

/**
 * Ports of one side that later ones put aside, in silence. A port behind a profile is refused once ufw looks for the
 * profile's rules with that port (src/backend.py, get_app_rules_from_template); to delete such a rule does no harm.
 */
function repeatedPorts(sketch: RuleSketch): readonly Fault[] {
  return lastPorts(sketch).lost.flatMap(({ lost, by }): Fault[] => {
    if (lost.word === undefined || by.word === undefined || lost.side === undefined) return [];
    if (lost.keyword === 'app' && by.keyword === 'port') {
      const reason = `a side of a rule is for a profile or for a port, and not for both ${words(lost)} and ${words(by)}`;
      const message = ufwRefusal(reason, 'No rules found for application profile');
      return sketch.isDelete ? [] : [{ rule: 'unknown-parameter', span: by.word.span, message }];
    }
    const reason = `${words(lost)} is lost: a side of a rule has one port text, and ufw takes the last one, ${words(by)}`;
    return [{ rule: 'repeated-port', span: lost.word.span, message: trap(reason) }];
  });
}

function words({ keyword, word }: PortWord): string {
  return `${keyword === 'app' ? 'profile' : 'port'} ${word === undefined ? '' : shown(word)}`;
}

function slotsOf(sketch: RuleSketch, text: string): readonly PortSlot[] {
  const protocol = clauseProtocol(sketch);
  const transport = transportOf(protocol);
  // Without a side, ufw takes no protocol: a port comes with its side there.
  const isSideMissing = sketch.protocol !== undefined && sketch.conditions.length === 0;
  const before = isSideMissing ? { before: 'to any port ' } : {};
  const clause: SlotForm = { names: true, ...(sketch.protocol === undefined && { transport: ' proto ' }) };
  const empty = (side: SideName | undefined, end: number, form: SlotForm): PortSlot[] => {
    const gap = gapBehind(text, end);
    const about = {
      role: roleOf(sketch, side),
      owner: ownerOf(sketch),
      accepts: 'port',
      names: true,
    } as const;
    return gap === undefined
      ? []
      : [{ ...gap, ...about, ...(transport && { transport }), ...rangeForm(transport, form), ...before }];
  };
  const { simple, isBare, bareEnd, ports } = sketch;
  if (
    sketch.conditions.length === 0 &&
    (isBare || (isSideMissing && simple === undefined && ports.length === 0))
  )
    return empty(
      undefined,
      bareEnd,
      sketch.protocol === undefined ? { names: true, transport: '/' } : clause,
    );
  if (simple !== undefined) {
    const slash = simple.value.indexOf('/');
    const to = slash < 0 ? simple.value.length : slash;
    if (isUnknown(simple)) return [];
    const written = slash < 0 ? undefined : simple.value.slice(slash + 1);
    const form: SlotForm = {
      names: true,
      ...(slash < 0 && sketch.protocol === undefined && { transport: '/' }),
    };
    const slots = portSlots({ ...place(sketch, simple, to, undefined), protocol: written ?? protocol }, form);
    return written === undefined
      ? slots.map((slot, index) => (index === 0 ? { ...slot, ...before } : slot))
      : slots;
  }
  return ports.flatMap(({ keyword, side, word, end }) => {
    if (keyword === 'app') return [];
    if (word === undefined) return empty(side, end, clause);
    const slots = portSlots({ ...place(sketch, word, word.value.length, side), protocol }, clause);
    return slots.map((slot) => withoutClause(slot, text));
  });
}

/** A clause is words of its own, and cannot go between quotation marks. */
function withoutClause(slot: PortSlot, text: string): PortSlot {
  const isQuoted = /["']/.test(text[slot.span.end] ?? '');
  if (!isQuoted || slot.range?.transport !== ' proto ') return slot;
  const { range: _, ...single } = slot;
  return single;
}
