import type { Fault } from '../../model/fault';
import type { PortReference } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Reading } from '../../model/reading';
import { type SourcedText, sourceSpan } from '../../syntax/sourced-text';
import { type PortPlace, placedPorts, portSlots, type SlotForm } from '../../syntax/ufw/port-references';
import { readPortText } from '../../syntax/ufw/port-text';

/** One item of a profile's ports; places in the value. */
export interface PortItem {
  readonly from: number;
  readonly to: number;
  /** Where the port text ends. */
  readonly portEnd: number;
  /** What stands behind the slash; absent where there is none. */
  readonly protocol?: string;
}

/** The items between the bars. */
export function portItems({ value }: SourcedText): readonly PortItem[] {
  const items: PortItem[] = [];
  for (let from = 0; ; ) {
    const bar = value.indexOf('|', from);
    const to = bar < 0 ? value.length : bar;
    const slash = value.slice(from, to).indexOf('/');
    const portEnd = slash < 0 ? to : from + slash;
    items.push({ from, to, portEnd, ...(slash >= 0 && { protocol: value.slice(portEnd + 1, to) }) });
    if (bar < 0) return items;
    from = bar + 1;
  }
}

/** The ports of a profile, the places where they can be typed, and the traps in them. */
export function readPorts(value: SourcedText, owner: string, isRefused: boolean): Reading {
  const references: PortReference[] = [];
  const slots: PortSlot[] = [];
  const faults: Fault[] = [];
  for (const item of portItems(value)) {
    const place = placeOf(value, item, owner, isRefused);
    const placed = placedPorts(place);
    for (const reference of placed.references) references.push(reference);
    for (const fault of placed.faults) faults.push(fault);
    const form: SlotForm = { names: true, ...(item.protocol === undefined && { transport: '/' }) };
    for (const slot of portSlots(place, form)) slots.push(slot);
  }
  return { references, slots, faults };
}

function placeOf(text: SourcedText, item: PortItem, owner: string, isRefused: boolean): PortPlace {
  const [from, to] = withoutBlanks(text.value, item.from, item.portEnd);
  const { isMulti } = readPortText(text.value.slice(from, to));
  const [start, end] = withoutBlanks(text.value, item.from, item.to);
  return {
    ...{ text, from, to, isMulti, owner, isRefused },
    span: sourceSpan(text, start, end),
    protocol: item.protocol?.trim().toLowerCase() ?? 'any',
    role: 'declare',
  };
}

/** Blanks that make ufw ignore the profile hide no port from the reader. */
function withoutBlanks(value: string, from: number, to: number): readonly [from: number, to: number] {
  const text = value.slice(from, to);
  const lead = text.length - text.trimStart().length;
  const core = text.trim().length;
  return core === 0 ? [to, to] : [from + lead, from + lead + core];
}
