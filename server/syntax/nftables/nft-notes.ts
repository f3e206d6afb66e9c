import type { Fault, FaultFix } from '../../model/fault';
import type { PortReference, VariableUse } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Span } from '../../model/span';
import { type SourcedText, sourceSpan, variablesWithin } from '../sourced-text';
import type { NftFault } from './nft-cursor';
import type { NftExpr, NftPlace } from './nft-tree';

/** What is found in a ruleset, and the way from the text that nft reads back to the source. */
export class NftNotes {
  readonly references: PortReference[] = [];
  readonly slots: PortSlot[] = [];
  readonly faults: Fault[] = [];
  /** What stands behind variables is told once, where it is written. */
  readonly told = new Set<NftExpr>();
  /** How many more ports variables and named sets may bring in: a long list is soon named very often. */
  left = mostNamed;

  constructor(private readonly source: SourcedText) {}

  get text(): string {
    return this.source.value;
  }

  span({ from, to }: NftPlace): Span {
    return sourceSpan(this.source, from, to);
  }

  /** What a shell puts into a stretch of the text. */
  variables({ from, to }: NftPlace): readonly VariableUse[] {
    return variablesWithin(this.source, from, to);
  }

  /** The text of a stretch with single blanks and without comments, as conditions and verdicts are told: its beginning, where it is long. */
  words({ from, to }: NftPlace, most = longestWords): string {
    let index = 0;
    const names = this.variables({ from, to });
    return this.text
      .slice(from, Math.min(to, from + most))
      .replace(/\uE000/g, () => `$${names[index++]?.name ?? ''}`)
      .replace(/("[^"\n]*")|#.*/g, '$1')
      .replace(/[\s\\]+/g, ' ')
      .trim();
  }

  fault({ rule, message, from, to, fixes }: NftFault): void {
    const mends = fixes?.map(
      ({ title, text, ...place }): FaultFix => ({ title, text, span: this.span(place) }),
    );
    this.faults.push({ rule, message, span: this.span({ from, to }), ...(mends && { fixes: mends }) });
  }
}

const mostNamed = 5000;
const longestWords = 200;
