import { oneAddress } from '../../model/address';
import type { Fault } from '../../model/fault';
import type { FilterRule } from '../../model/filter-rule';
import { lineEnd } from '../../model/lines';
import type { PacketRule } from '../../model/packet-filter';
import type { Span } from '../../model/span';
import type { PartReading } from '../../syntax/found';
import { hasPlaceholders } from '../../syntax/placeholders';
import { literalText, type SourcedText } from '../../syntax/sourced-text';
import { addressFamily } from '../../syntax/ufw/addresses';
import { type Argument, ufwArguments } from '../../syntax/ufw/arguments';
import type { UfwPart } from '../../syntax/ufw/command';
import { interfaceFault } from '../../syntax/ufw/interfaces';
import { portWordFault } from '../../syntax/ufw/judged-clauses';
import { ufwPacketRule } from '../../syntax/ufw/packet-rule';
import { type PortPlace, placedPorts, portSlots } from '../../syntax/ufw/port-references';
import { readPortText } from '../../syntax/ufw/port-text';
import { isPortless, isProtocol } from '../../syntax/ufw/protocols';
import { actionRole, chainOf, ruleOwner } from '../../syntax/ufw/rule-reading';
import { ufwRefusal } from '../../syntax/ufw/ufw-refusal';
import { tupleStep } from './tuple-step';

const mark = /^### tuple ###\s*/;

/**
 * Reads the tuples of a rules file: `### tuple ### [route:]ACTION[_LOG] PROTOCOL PORT TO SOURCE-PORT FROM
 * [PROFILE SOURCE-PROFILE] DIRECTION[_INTERFACE] [comment=HEX]` (ufw src/backend_iptables.py, _read_rules).
 *
 * @param name The file's name: the rules of user6.rules are for IPv6.
 */
export function* readTuples(text: string, name: string): Iterable<UfwPart> {
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    // A template's placeholder makes the line anything.
    const line = text.startsWith('### tuple ###', start) ? text.slice(start, end).trimEnd() : '';
    if (line !== '' && !hasPlaceholders(line, { angle: true, dollar: true })) {
      const { rule, ...reading } = readTuple(line, start, name);
      const span = { start, end: start + line.length };
      yield { ...reading, span, ...(rule && { steps: [tupleStep(rule, text, { start, end })] }) };
    }
    start = end + 1;
  }
}

/** What a tuple says, with its rule when ufw knows it. */
type TupleReading = PartReading & { readonly rule?: PacketRule };

/** The fields of a tuple by name; those of profiles are absent in most. */
interface Tuple {
  readonly action: Argument;
  readonly protocol: Argument;
  readonly port: Argument;
  readonly to: Argument;
  readonly sourcePort: Argument;
  readonly from: Argument;
  readonly profile?: Argument;
  readonly sourceProfile?: Argument;
  readonly direction?: Argument;
}

function readTuple(line: string, start: number, name: string): TupleReading {
  const [before = '', comment] = line.split(' comment=', 2);
  const from = mark.exec(before)?.[0].length ?? 0;
  const words = fieldsOf(before, from, start);
  const whole = { start: start + from, end: start + before.trimEnd().length };
  const tuple = tupleOf(words);
  if (tuple === undefined) {
    const reason = `a tuple has 6 to 9 fields, and this one has ${words.length}`;
    const fault = malformed(whole, reason, ` (bad length): ${before.slice(from)}`, 'syntax-error');
    return { references: [], slots: [], faults: [fault] };
  }
  const fault = tupleFault(tuple, before.slice(from));
  const owner = ownerOf(tuple, comment === undefined ? undefined : hexText(comment.trim()));
  return {
    ...portsOf(tuple, { owner, name, fault }),
    ...(!fault && { rule: packetRule(tuple, whole, name) }),
  };
}

function packetRule(tuple: Tuple, span: Span, name: string): PacketRule {
  const { protocol, port, sourcePort, from, to, direction } = tuple;
  const [action = '', isRoute] = actionWords(tuple);
  const interfaces = (direction && interfacesOf(direction)) ?? [];
  const [into, out] = (['in', 'out'] as const).map(
    (way) => interfaces.find((each) => each.direction === way)?.name,
  );
  const family = familyOf(tuple, name);
  return ufwPacketRule({
    ...{ span, chain: chainOf(isRoute, direction?.value.startsWith('out') ? 'out' : 'in'), others: [] },
    ...(family && { family }),
    ...{
      action: knownAction(action),
      protocol: protocol.value,
      port: port.value,
      sourcePort: sourcePort.value,
    },
    ...{ from: from.value, to: to.value },
    ...(into && { inInterface: into.value }),
    ...(out && { outInterface: out.value }),
  });
}

/** A rule is known by its comment, or else by the profile that it was made for. */
function ownerOf({ profile, sourceProfile }: Tuple, comment: string | undefined): string {
  const name = [profile, sourceProfile].find((field) => field !== undefined && field.value !== '-')?.value;
  if (comment !== undefined || name === undefined) return ruleOwner(comment);
  return `ufw rule for profile "${name.replaceAll('%20', ' ')}"`;
}

function fieldsOf(line: string, from: number, start: number): readonly Argument[] {
  const words: SourcedText[] = [];
  for (const { 0: word, index } of line.slice(from).matchAll(/\S+/g)) {
    words.push(literalText(word, start + from + index));
  }
  return ufwArguments(words);
}

function tupleOf(words: readonly Argument[]): Tuple | undefined {
  const [action, protocol, port, to, sourcePort, from, ...rest] = words;
  if (words.length > 9 || !action || !protocol || !port || !to || !sourcePort || !from) return undefined;
  const fields = { action, protocol, port, to, sourcePort, from };
  const [first, second, third] = rest;
  if (first === undefined) return fields;
  // Before there were directions, a tuple had 6 fields, or 8 with profiles.
  if (second === undefined) return { ...fields, direction: first };
  return { ...fields, profile: first, sourceProfile: second, ...(third && { direction: third }) };
}

/** What makes ufw skip a tuple, in its order: the interface's form, then the rule's parts. */
function tupleFault(tuple: Tuple, text: string): Fault | undefined {
  const { protocol, port, sourcePort, from, to, direction } = tuple;
  const skipped = (span: Span, rule: string, reason: string): Fault =>
    malformed(span, reason, `: ${text}`, rule);
  const [word = '', ...rest] = direction?.value.split('_') ?? ['in'];
  if (direction !== undefined && rest.length > 0 && interfacesOf(direction) === undefined) {
    return malformed(
      direction.span,
      `"${direction.value}" is no direction`,
      ` (iface): ${text}`,
      'syntax-error',
    );
  }
  const log = tuple.action.value.toLowerCase().split('_')[1] ?? '';
  if (log !== '' && log !== 'log' && log !== 'log-all') {
    return skipped(tuple.action.span, 'syntax-error', `"${log}" is no way of logging`);
  }
  if (!isProtocol(protocol.value)) {
    return skipped(protocol.span, 'invalid-transport', `"${protocol.value}" is no protocol of ufw's`);
  }
  for (const each of [port, sourcePort]) {
    const { fault } = readPortText(each.value);
    const found = fault && portWordFault(each)?.fault;
    if (fault !== undefined && found !== undefined) return skipped(found.span, fault.rule, fault.reason);
  }
  for (const each of [from, to]) {
    const address = each.value.toLowerCase();
    const isAddress = address === 'any' || addressFamily(address) !== undefined;
    if (!isAddress)
      return skipped(each.span, 'invalid-address', `"${each.value}" is no address of IPv4 or IPv6`);
  }
  if (direction === undefined) return undefined;
  if (word !== 'in' && word !== 'out') {
    return skipped(direction.span, 'syntax-error', `"${word}" is no direction: there are in and out`);
  }
  const strange = interfacesOf(direction)?.find(({ name }) => interfaceFault(name) !== undefined);
  return (
    strange &&
    skipped(direction.span, 'unknown-parameter', `"${strange.name.value}" is no name of an interface`)
  );
}

function malformed(span: Span, reason: string, words: string, rule: string): Fault {
  const message = ufwRefusal(`the rule is unknown to ufw: ${reason}`, `Skipping malformed tuple${words}`);
  return { rule, span, message };
}

interface NamedInterface {
  readonly direction: 'in' | 'out';
  readonly name: Argument;
}

/** `in_eth0`, `out_eth0`, `in_eth0!out_eth1`; undefined for what ufw takes for none of these. */
function interfacesOf(direction: Argument): readonly NamedInterface[] | undefined {
  const { value } = direction;
  if (!value.includes('_')) return [];
  const named = (part: string, side: 'in' | 'out'): NamedInterface[] => {
    const name = part.slice(part.indexOf('_') + 1);
    return part.includes('_') && name !== ''
      ? [{ direction: side, name: { ...direction, value: name } }]
      : [];
  };
  if (value.includes('!') && /in_\w+/.test(value) && /out_\w+/.test(value)) {
    const [first = '', second = ''] = value.split('!');
    return [...named(first, 'in'), ...named(second, 'out')];
  }
  if (value.startsWith('in_')) return named(value, 'in');
  return value.startsWith('out_') ? named(value, 'out') : undefined;
}

interface TupleContext {
  readonly owner: string;
  readonly name: string;
  readonly fault: Fault | undefined;
}

function portsOf(tuple: Tuple, { owner, name, fault }: TupleContext): PartReading {
  const { port, sourcePort, protocol } = tuple;
  const [action = ''] = actionWords(tuple);
  const isMulti = readPortText(port.value).isMulti || readPortText(sourcePort.value).isMulti;
  const isRefused = fault !== undefined;
  const places = [
    { word: port, role: actionRole(knownAction(action)), side: 'to' as const },
    { word: sourcePort, role: 'source' as const, side: 'from' as const },
  ].map(({ word, role, side }): PortPlace => {
    const { text, span, value } = word;
    const rule = ruleOf(tuple, side, name);
    const address = oneAddress(tuple[side].value);
    return {
      ...(address && { address }),
      text,
      from: 0,
      to: value.length,
      span,
      protocol: protocol.value,
      isMulti,
      role,
      owner,
      rule,
      isRefused,
    };
  });
  // A port of a protocol without ports, which only a person writes, is none.
  const placed = isPortless(protocol.value) ? [] : places.map(placedPorts);
  return {
    references: placed.flatMap(({ references }) => references),
    // The words `any` can be typed over, but the port of a whole rule is seldom meant.
    slots: places.flatMap((place) => (place.text.value === 'any' ? [] : portSlots(place, { names: false }))),
    faults: [...(fault === undefined ? [] : [fault]), ...placed.flatMap(({ faults }) => faults)],
  };
}

function ruleOf(tuple: Tuple, own: 'from' | 'to', name: string): FilterRule {
  const [action = '', isRoute] = actionWords(tuple);
  const { direction } = tuple;
  const interfaces = (direction && interfacesOf(direction)) ?? [];
  const family = familyOf(tuple, name);
  return {
    chain: chainOf(isRoute, direction?.value.startsWith('out') ? 'out' : 'in'),
    ...(family && { family }),
    isNegated: false,
    conditions: [
      ...interfaces.map((each) => `${isRoute ? `${each.direction} ` : ''}on ${each.name.value}`),
      ...sideCondition('from', tuple.from, own === 'from' ? undefined : tuple.sourcePort),
      ...sideCondition('to', tuple.to, own === 'to' ? undefined : tuple.port),
    ],
    verdict: knownAction(action),
  };
}

function sideCondition(
  side: 'from' | 'to',
  address: Argument,
  port: Argument | undefined,
): readonly string[] {
  const isAnywhere = ['any', '0.0.0.0/0', '::/0'].includes(address.value.toLowerCase());
  const tail = port === undefined || port.value === 'any' ? '' : ` port ${port.value}`;
  return isAnywhere && tail === '' ? [] : [`${side} ${isAnywhere ? 'any' : address.value}${tail}`];
}

/** The action without its way of logging, and whether the rule is for routed packets. */
function actionWords({ action }: Tuple): readonly [action: string, isRoute: boolean] {
  const isRoute = action.value.includes(':');
  const word = isRoute ? (action.value.split(':')[1] ?? '') : action.value;
  return [word.toLowerCase().split('_')[0] ?? '', isRoute];
}

/** An action that ufw does not know denies (set_action of src/common.py). */
function knownAction(action: string): string {
  return ['allow', 'reject', 'limit'].includes(action) ? action : 'deny';
}

/** A rules file is for one family, which its addresses tell, those for anywhere, too. */
function familyOf({ from, to }: Tuple, name: string): 'ipv4' | 'ipv6' | undefined {
  const family = addressFamily(to.value.toLowerCase()) ?? addressFamily(from.value.toLowerCase());
  return /^user6\.rules/.test(name) ? 'ipv6' : family;
}

/** A comment as ufw keeps it, in hexadecimal digits of UTF-8; a stray last digit is left out. */
function hexText(hex: string): string | undefined {
  const bytes = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  if (!/^[0-9a-fA-F]+$/.test(hex) || bytes.length > longestComment) return undefined;
  const text = new TextDecoder().decode(new Uint8Array(bytes));
  // Bytes that are no UTF-8 have no characters.
  return text.includes('\uFFFD') ? undefined : text;
}

/** A comment longer than this names nothing. */
const longestComment = 200;
