import type { Fault, FaultFix } from '../model/fault';
import type { PortReference } from '../model/port';
import type { PortSlot } from '../model/port-slot';
import type { Reading } from '../model/reading';
import type { Span } from '../model/span';
import type { FilterStep } from './packet-filter/script-filter';
import { type SourcedText, spanOf } from './sourced-text';

/** What was found in one text, or in one command, as it grows. */
export interface Found {
  readonly references: PortReference[];
  readonly slots: PortSlot[];
  readonly faults: Fault[];
}

/** What a part of a text says of ports: a command, a line. */
export type PartReading = Pick<Reading, 'references' | 'slots' | 'faults' | 'filter'> & {
  /** What it does to the packet filter that a part of it alone does not show; several where a loop repeats it. */
  readonly steps?: readonly FilterStep[];
};

export function nothingFound(): Found {
  return { references: [], slots: [], faults: [] };
}

/** Adds what a part says, one by one: an evil part holds more than a call takes arguments. */
export function addFound(found: Found, { references, slots, faults }: PartReading): void {
  for (const reference of references) found.references.push(reference);
  for (const slot of slots) found.slots.push(slot);
  for (const fault of faults) found.faults.push(fault);
}

/** A fix that puts `replacement` in the place of a value, where the value's characters are those of the source. */
export function replacing(text: SourcedText, title: string, replacement: string): readonly FaultFix[] {
  const span = spanOf(text);
  if (span.end - span.start !== text.value.length) return [];
  return [{ title, span, text: replacement }];
}

/** A fault with fixes, or without the property where there are none. */
export function faultAt(rule: string, span: Span, message: string, fixes: readonly FaultFix[] = []): Fault {
  return fixes.length === 0 ? { rule, span, message } : { rule, span, message, fixes };
}
