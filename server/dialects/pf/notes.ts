import type { Fault } from '../../model/fault';
import type { Include } from '../../model/include';
import type { PortReference } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Span } from '../../model/span';
import type { PfMacro } from '../../syntax/pf/pf-macros';
import type { PfPortValue } from '../../syntax/pf/pf-port-value';

import { PfFilter } from './filter';

/** How many references of one file come from lists in macros, the first one of each use not counted. */
const mostListed = 2000;

/** What the reader has found so far. */
export class PfNotes {
  readonly references: PortReference[] = [];
  readonly slots: PortSlot[] = [];
  readonly includes: Include[] = [];
  readonly filter = new PfFilter();
  /** Every definition, in the order of the text. */
  readonly macros: PfMacro[] = [];
  private readonly told = new Map<string, Fault>();
  private readonly declared = new Set<number>();
  private readonly lists = new Set<PfMacro>();
  private budget = mostListed;

  get faults(): Fault[] {
    return [...this.told.values()];
  }

  /** Tells a fault once: what stands in a macro is read wherever the macro is used. */
  fault(fault: Fault): void {
    const key = `${fault.rule} ${fault.span.start} ${fault.span.end}`;
    if (!this.told.has(key)) this.told.set(key, fault);
  }

  /** Tells whether one more port of a macro's list may become a reference. */
  mayList(): boolean {
    this.budget -= 1;
    return this.budget >= 0;
  }

  /** Notes that characters of a macro's definition are a port. */
  declare({ token: { written }, ports, isRange, isOpen }: PfPortValue): void {
    if (written === undefined || this.declared.has(written.start)) return;
    const macro = this.macroAt(written);
    if (macro === undefined) return;
    this.declared.add(written.start);
    const owner = `macro "${macro.name}"`;
    const isKnown = ports !== undefined && !isOpen && ports.first <= ports.last;
    const reference: PortReference = { span: written, portSpan: written, role: 'declare', owner };
    this.references.push(isKnown ? { ...reference, ports } : reference);
    if (!isRange) this.slots.push(macroSlot(macro, written));
  }

  /** Notes that a rule takes what begins with these characters of a macro's definition for a list of ports. */
  useAsPorts(opening: Span): void {
    const macro = this.macroAt(opening);
    if (macro !== undefined) this.lists.add(macro);
  }

  /** Tells whether a rule takes the macro for a list of ports. */
  isPortList(macro: PfMacro): boolean {
    return this.lists.has(macro);
  }

  /** The macro in whose definition the characters stand. */
  private macroAt(span: Span): PfMacro | undefined {
    let low = 0;
    let high = this.macros.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.macros[middle]?.definition.end ?? 0) < span.end) low = middle + 1;
      else high = middle;
    }
    const macro = this.macros[low];
    return macro !== undefined && macro.definition.start <= span.start ? macro : undefined;
  }
}

/** A place for a port, or for several side by side, in the definition of a macro. */
export function macroSlot({ name }: PfMacro, span: Span): PortSlot {
  const owner = `macro "${name}"`;
  return { span, role: 'declare', owner, accepts: 'port', names: true, range: { sign: ':' } };
}
