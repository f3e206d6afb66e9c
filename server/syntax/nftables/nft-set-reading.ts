import { type ElementUse, readElements } from './nft-elements';
import { NftIntervals } from './nft-intervals';
import type { NftNotes } from './nft-notes';
import { placeOf } from './nft-port-faults';
import type { PortUse } from './nft-port-values';
import { nftRefusal } from './nft-refusal';
import type { MapForm } from './nft-set-faults';
import type { NftExpr, NftNamedSet, NftPlace } from './nft-tree';

/** Reads the elements that a text gives a named set or map; nobody knows which it has when it runs. */
export class NftSetReader {
  private readonly intervals: NftIntervals;

  constructor(
    private readonly declaration: NftNamedSet,
    private readonly notes: NftNotes,
  ) {
    this.intervals = new NftIntervals(declaration.isInterval);
  }

  /** Elements that are added; `isDeclared` when they stand in the declaration itself. */
  add(elements: NftExpr): void {
    const { keys, isMerging, isInterval } = this.declaration;
    this.read(elements, 'declare');
    if (keys.length === 1 && keys[0] === 'port' && !isMerging) this.intervals.add(elements, this.notes);
    if (!isInterval && keys.includes('port')) this.refuseRanges(elements);
  }

  /** Elements that are taken out or looked for. */
  match(elements: NftExpr): void {
    this.read(elements, 'match');
  }

  /** Judges the elements so far: the text ends, or the set was emptied, or may have been. */
  finish(): void {
    this.intervals.judge(this.notes);
  }

  private read(elements: NftExpr, role: 'declare' | 'match'): void {
    const { keys, data, isMap, name, isInterval, isDataInterval, layer4 } = this.declaration;
    if (!keys.includes('port') && !data.includes('port')) return;
    const owner = `${isMap ? 'map' : 'set'} ${name}`;
    const transport = layer4 && { transport: layer4 };
    const use: PortUse = { owner, role, operator: '==', find: () => undefined, ...transport };
    const keyUse: PortUse = isInterval ? use : { ...use, isSingle: true };
    const columns = keys.map((type) => ({ type }));
    const dataColumns = data.map((type) => ({ type }));
    const kind = !isMap ? 'set' : data[0] === 'verdict' ? 'verdict map' : 'map';
    // Counters and marks can be what they like.
    const isRanging = isDataInterval || !data.includes('port');
    const isJudged = role === 'declare' && (kind === 'set' || data.length > 0);
    const form: MapForm = { kind: isJudged ? kind : 'any', isRanging };
    const whole: ElementUse = { ...keyUse, columns, form, data: { columns: dataColumns, use } };
    readElements(elements, whole, this.notes);
  }

  /** A set takes ranges only when its declaration says so (nftables src/evaluate.c, set_evaluate). */
  private refuseRanges(elements: NftExpr, place?: NftPlace, depth = 0): void {
    if (depth > 10) return;
    if (elements.kind === 'variable' && elements.definition !== undefined)
      this.refuseRanges(elements.definition.value, place ?? elements, depth + 1);
    if (elements.kind !== 'set') return;
    const { isMap, name } = this.declaration;
    const kind = isMap ? 'map' : 'set';
    for (const { key } of elements.elements) {
      if (key.kind === 'set' || key.kind === 'variable') this.refuseRanges(key, place, depth + 1);
      const parts = key.kind === 'concat' ? key.parts : [key];
      const range = parts.find((part) => part.kind === 'range' || part.kind === 'prefix');
      if (range === undefined || isBackwards(range)) continue;
      const nft = `You must add 'flags interval' to your ${kind} declaration if you want to add range elements`;
      const message = nftRefusal(`The ${kind} ${name} takes no ranges without "flags interval"`, nft);
      this.notes.fault({ rule: 'invalid-port', message, ...placeOf(place ?? range) });
      if (place !== undefined) return;
    }
  }
}

/** Another fault is told of it. */
function isBackwards(range: NftExpr): boolean {
  if (range.kind !== 'range' || range.low.kind !== 'value' || range.high.kind !== 'value') return false;
  return (
    range.low.form === 'number' &&
    range.high.form === 'number' &&
    Number(range.low.text) > Number(range.high.text)
  );
}
