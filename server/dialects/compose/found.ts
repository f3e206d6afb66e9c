import type { ReadInputs, Variables } from '../../model/dialect';
import type { Fault } from '../../model/fault';
import type { PortReference } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Reading } from '../../model/reading';
import type { Service } from '../../model/service';
import { type Span, shifted } from '../../model/span';
import type { CommandPort } from '../../syntax/commands/command-ports';
import type { SourcedText } from '../../syntax/sourced-text';
import type { Gap } from '../../syntax/yaml/yaml-gap';
import type { Anchors } from './anchors';
import { shiftedService } from './shifted-service';

/** What a reading is gathered in. */
export interface Found {
  readonly references: PortReference[];
  readonly slots: PortSlot[];
  readonly faults: Fault[];
  readonly services: Service[];
  /** The names of services that are taken away. */
  readonly removedServices: string[];
  /** True where the services take the place of all before them. */
  replacesServices: boolean;
  /** The faults by their words and place. */
  readonly told: Set<string>;
}

/** All that the readers of a service's keys need to know of it. */
export interface ServiceContext {
  /** The whole file: what YAML leaves out says how something is written. */
  readonly text: string;
  readonly service: string;
  /** `service "web"`. */
  readonly owner: string;
  readonly image?: string;
  readonly variables: Variables;
  readonly anchors: Anchors;
  readonly readAs?: ReadInputs['readAs'];
  /** True for a file that Compose loads first: only there must every list be a list. */
  readonly isBaseFile: boolean;
  /** How many more entries may come from what aliases name. */
  readonly budget: { left: number };
  readonly found: Found;
}

/** The items of a list as far as the budget goes, when the list is used by its alias; else all of them. */
export function affordable<T>(
  items: readonly T[],
  isShared: boolean,
  { budget }: ServiceContext,
): readonly T[] {
  if (!isShared) return items;
  const taken = items.slice(0, Math.max(0, budget.left));
  budget.left -= items.length;
  return taken;
}

/** An empty gathering. */
export function nothingFound(): Found {
  return {
    ...{ references: [], slots: [], faults: [], services: [], told: new Set() },
    ...{ removedServices: [], replacesServices: false },
  };
}

/** Adds the slot of a place where nothing is typed yet. */
export function addGap(
  gap: Gap | undefined,
  slot: Pick<PortSlot, 'role' | 'accepts'> & Partial<PortSlot>,
  { found, owner, image }: ServiceContext,
): void {
  if (gap === undefined) return;
  const quote = gap.quote ?? '"';
  const isMapping = slot.accepts === 'mapping';
  const mark = isMapping && gap.quote === undefined ? quote : '';
  const after = isMapping || gap.quote !== undefined ? quote : '';
  const add = (start: number, end: number, before: string): void => {
    found.slots.push({
      ...{ span: { start, end }, owner, names: false },
      ...(image && { image }),
      ...(before !== '' && { before }),
      ...(after !== '' && { after }),
      ...slot,
    });
  };
  add(gap.from, gap.at, (gap.wantsBlank ? ' ' : '') + mark);
  if (gap.below !== undefined) add(gap.below, gap.below, mark);
}

/** Adds a fault; one in a text that several services use by its alias is told once. */
export function addFault(found: Found, fault: Fault): void {
  const key = `${fault.rule} ${fault.span.start} ${fault.span.end} ${fault.message}`;
  if (found.told.has(key)) return;
  found.told.add(key);
  found.faults.push(fault);
}

/** A setting of a service by its name, after substitution of variables. */
export interface Entry {
  readonly name: string;
  readonly value: SourcedText;
  /** Where the value would be typed, when there is none. */
  readonly gap?: Gap;
  /** True where no value stands there at all: it is passed on from where Compose runs. */
  readonly isPassedOn?: true;
}

/** Adds ports that were found in a text of the service. */
export function addPorts(ports: readonly CommandPort[], { owner, image, found }: ServiceContext): void {
  for (const port of ports) found.references.push({ ...port, owner, ...(image && { image }) });
}

/** The same reading after the text before it grew by `by` code units. */
export function shiftedReading(reading: Reading, by: number): Reading {
  const move = (span: Span): Span => shifted(span, by);
  const moved = new Map(
    reading.references.map((reference) => [reference, shiftedReference(reference, by)] as const),
  );
  return {
    references: [...moved.values()],
    slots: reading.slots.map((slot) => ({ ...slot, span: move(slot.span) })),
    faults: reading.faults.map((fault) => ({
      ...fault,
      span: move(fault.span),
      ...(fault.fixes && { fixes: fault.fixes.map((fix) => ({ ...fix, span: move(fix.span) })) }),
    })),
    ...(reading.removedServices && { removedServices: reading.removedServices }),
    ...(reading.replacesServices && { replacesServices: reading.replacesServices }),
    ...(reading.services && {
      services: reading.services.map((service) =>
        shiftedService(service, by, (reference) => moved.get(reference) ?? reference),
      ),
    }),
  };
}

function shiftedReference(reference: PortReference, by: number): PortReference {
  const move = (span: Span): Span => shifted(span, by);
  return {
    ...reference,
    span: move(reference.span),
    portSpan: move(reference.portSpan),
    ...(reference.usedAt && { usedAt: move(reference.usedAt) }),
    ...(reference.variables && {
      variables: reference.variables.map((use) => ({
        ...use,
        span: move(use.span),
        ...(use.definition && { definition: move(use.definition) }),
      })),
    }),
  };
}
