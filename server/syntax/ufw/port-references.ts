import type { Address } from '../../model/address';
import type { Fault } from '../../model/fault';
import type { FilterRule } from '../../model/filter-rule';
import type { PortReference, Role, Transport, VariableUse } from '../../model/port';
import type { PortSlot, RangeForm } from '../../model/port-slot';
import type { Span } from '../../model/span';
import { trap } from '../refusal';
import { type SourcedText, sourceSpan, unknownText, variablesWithin } from '../sourced-text';
import { type HeardPort, heardPorts, type RuleProtocol } from './heard-ports';
import { readPortText, type UfwPort } from './port-text';
import { transportOf } from './protocols';
import { ufwRefusal } from './ufw-refusal';

/** A port text where it stands, and what is known of the rule or profile around it. */
export interface PortPlace {
  readonly text: SourcedText;
  /** The port text within the word. */
  readonly from: number;
  readonly to: number;
  /** The characters of the whole expression: the port text and its protocol. */
  readonly span: Span;
  readonly protocol: RuleProtocol;
  /** True when ufw writes the rule with a multiport match. */
  readonly isMulti: boolean;
  readonly role: Role;
  readonly owner: string;
  /** The one address of the port's side. */
  readonly address?: Address;
  readonly rule?: FilterRule;
  /** True when ufw refuses what it stands in. */
  readonly isRefused?: boolean;
}

/** The ports of a port text and the traps in them: what ufw takes and iptables reads in another way, or refuses. */
export interface PlacedPorts {
  readonly references: readonly PortReference[];
  readonly faults: readonly Fault[];
}

/** Tells the references of a port text, one for each port and range that is written. */
export function placedPorts(place: PortPlace): PlacedPorts {
  const references: PortReference[] = [];
  const faults: Fault[] = [];
  const value = place.text.value.slice(place.from, place.to);
  for (const port of readPortText(value).ports) {
    const heard = heardPorts(port, place.protocol, place.isMulti);
    const written = value.slice(port.from, port.to);
    const portSpan = wholeSpan(place.text, place.from + port.from, place.from + port.to);
    const fault = octalTrap(written, port, heard, portSpan);
    if (fault !== undefined && place.isRefused !== true) faults.push(fault);
    for (const each of heard) references.push(reference(place, port, each, portSpan));
  }
  return { references, faults };
}

/** How the syntax around a port text says the transport, and whether it takes service names. */
export interface SlotForm {
  readonly names: boolean;
  /** How the transport is written behind the port text, where it can be and is not yet. */
  readonly transport?: RangeForm['transport'];
}

/**
 * Where a port can be typed: each port of a list, each end of a range. A range needs a transport
 * (src/frontend.py, "Must specify 'tcp' or 'udp' with multiple ports"): it goes behind the last port.
 */
export function portSlots(place: Omit<PortPlace, 'span' | 'isMulti'>, form: SlotForm): readonly PortSlot[] {
  const { text, role, owner } = place;
  const value = text.value.slice(place.from, place.to);
  const transport = transportOf(place.protocol);
  const isList = /[,:]/.test(value);
  const list = value.includes(',') ? { list: sourceSpan(text, place.from, place.to) } : {};
  const slots: PortSlot[] = [];
  let from = 0;
  for (let at = 0; at <= value.length; at += 1) {
    if (at < value.length && value[at] !== ',' && value[at] !== ':') continue;
    const span = sourceSpan(text, place.from + from, place.from + at);
    const first = from > 0 && value[from - 1] === ':' ? firstOfRange(value, from) : undefined;
    // Characters that do not stand in the text one by one cannot be typed over.
    if (span.end - span.start === at - from) {
      slots.push({
        ...{ span, role, owner, accepts: 'port', names: form.names && !isList },
        ...(transport && { transport }),
        ...(first && { above: first }),
        ...list,
        ...(value[at] !== ':' && rangeForm(transport, form, at < value.length)),
      });
    }
    from = at + 1;
  }
  return slots;
}

/** A list that goes on says the transport later. */
export function rangeForm(
  transport: Transport | undefined,
  form: SlotForm,
  goesOn = false,
): Pick<PortSlot, 'range'> {
  if (transport !== undefined) return { range: { sign: ':' } };
  if (form.transport === undefined) return {};
  return { range: goesOn ? { sign: ':' } : { sign: ':', transport: form.transport } };
}

function firstOfRange(value: string, colon: number): number | undefined {
  const [digits] = /[0-9]{1,5}(?=:$)/.exec(value.slice(Math.max(0, colon - 6), colon)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function reference(place: PortPlace, port: UfwPort, heard: HeardPort, portSpan: Span): PortReference {
  const { role, owner, span, rule, address } = place;
  const transport = heard.transport ?? transportOf(place.protocol);
  const variables = variablesOf(place, port);
  const isRefused = place.isRefused === true || heard.refusal !== undefined;
  return {
    ...{ span, portSpan, role, owner },
    ...(heard.ports && { ports: heard.ports }),
    ...(transport && { transport }),
    ...(address && { address }),
    ...(variables.length > 0 && { variables }),
    ...(isRefused && { isRefused }),
    ...(rule && { rule }),
  };
}

function variablesOf({ text, from }: PortPlace, port: UfwPort): readonly VariableUse[] {
  // A default over several lines is several pieces of one variable.
  return [...new Set(variablesWithin(text, from + port.from, from + port.to))];
}

/** A default's digits stand within an expression, and all of it belongs to the port. */
function wholeSpan(text: SourcedText, from: number, to: number): Span {
  const span = sourceSpan(text, from, to);
  return text.value.slice(from, to).includes(unknownText)
    ? variablesWithin(text, from, to).reduce(around, span)
    : span;
}

function around(span: Span, variable: VariableUse): Span {
  return { start: Math.min(span.start, variable.span.start), end: Math.max(span.end, variable.span.end) };
}

/** Zeros in front of a port are kept by ufw and are octal in iptables. */
function octalTrap(
  written: string,
  { digits }: UfwPort,
  heard: readonly HeardPort[],
  span: Span,
): Fault | undefined {
  if (digits === undefined) return undefined;
  const plain = [...new Set(digits)].map((end) => end.replace(/^0+/, '')).join(':');
  const fixes =
    span.end - span.start === written.length ? [{ title: `Write ${plain}`, span, text: plain }] : [];
  const refused = heard.find(({ refusal }) => refusal !== undefined);
  const mend = fixes.length > 0 && plain !== written ? { fixes } : {};
  if (refused?.refusal !== undefined) {
    const reason = `to iptables a leading zero means octal, and ufw hands ${written} on as it stands: the rules do not load`;
    return { rule: 'invalid-port', span, message: ufwRefusal(reason, refused.refusal, 'iptables'), ...mend };
  }
  const told = heard.flatMap(({ ports, transport }) => {
    if (
      ports === undefined ||
      `${ports.first}:${ports.last}` === [Number(digits[0]), Number(digits[1])].join(':')
    )
      return [];
    const text = ports.first === ports.last ? `port ${ports.first}` : `ports ${ports.first} to ${ports.last}`;
    return [transport === undefined ? text : `${text} over ${transport}`];
  });
  if (told.length === 0) return undefined;
  const reason = `${written} means ${told.join(' and ')}: ufw hands the digits on as they stand, and to iptables a leading zero means octal`;
  return { rule: 'octal-port', span, message: trap(reason), ...mend };
}
