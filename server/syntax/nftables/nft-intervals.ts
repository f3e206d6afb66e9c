import type { PortRange } from '../../model/port';
import { portsText } from '../../model/port';
import type { NftNotes } from './nft-notes';
import { placeOf } from './nft-port-faults';
import { leavesOf } from './nft-port-values';
import { nftRefusal } from './nft-refusal';
import type { NftElement, NftExpr, NftPlace } from './nft-tree';

/** One element of a set with intervals. */
interface Interval {
  readonly place: NftPlace;
  readonly ports: PortRange;
  /** What it is mapped to, in words; elements of plain sets are mapped to nothing. */
  readonly data: string;
  /** Which of the commands adds it. */
  readonly command: number;
}

/**
 * The elements of a set, as one command after the other adds them. Where a set has intervals, two that share a port
 * contradict each other, but one that stands twice (nftables src/intervals.c, setelem_overlap); where it has none, one
 * key cannot be mapped to two things (the kernel: File exists).
 */
export class NftIntervals {
  private intervals: Interval[] = [];
  private commands = 0;

  constructor(private readonly isInterval: boolean) {}

  /** Takes in elements as one command gives them. */
  add(elements: NftExpr, notes: NftNotes): void {
    this.commands += 1;
    for (const each of intervalsIn(elements, this.commands, notes)) this.intervals.push(each);
  }

  /** Tells what contradicts each other, and whether anything does; forgets it all. */
  judge(notes: NftNotes): boolean {
    const found = notes.faults.length;
    // nft sorts by the first port.
    const sorted = this.intervals.sort((a, b) => a.ports.first - b.ports.first);
    this.intervals = [];
    let before: Interval | undefined;
    for (const each of sorted) {
      if (before !== undefined && each.ports.first <= before.ports.last) this.compare(before, each, notes);
      if (before === undefined || each.ports.last > before.ports.last) before = each;
    }
    return notes.faults.length > found;
  }

  /** It reports the one that a later command adds, or else the later one in its order. */
  private compare(before: Interval, each: Interval, notes: NftNotes): void {
    const [told, other] = before.command > each.command ? [before, each] : [each, before];
    const [text, against] = [portsText(told.ports), portsText(other.ports)];
    if (text === against) {
      if (told.data === other.data) return;
      const message = nftRefusal(
        `${text} is mapped already, to ${other.data}`,
        'Could not process rule: File exists',
      );
      notes.fault({ rule: 'interval-overlap', message, ...placeOf(told.place) });
    } else if (this.isInterval) {
      const message = nftRefusal(`${text} overlaps ${against}`, 'conflicting intervals specified');
      notes.fault({ rule: 'interval-overlap', message, ...placeOf(told.place) });
    }
  }
}

/** Every element with known ports, through variables and sets within sets. */
function* intervalsIn(expr: NftExpr, command: number, notes: NftNotes): Iterable<Interval> {
  const elements: readonly NftElement[] =
    expr.kind === 'set' ? expr.elements : [{ key: expr, ...placeOf(expr) }];
  for (const { key, data } of elements) {
    if (key.kind === 'set') {
      yield* intervalsIn(key, command, notes);
      continue;
    }
    const words = data === undefined ? '' : notes.words(data);
    // What a variable brings in is told where it is used.
    for (const { place, ports } of leavesOf(key, { find: () => undefined }, notes)) {
      if (ports !== undefined)
        yield { place: key.kind === 'variable' ? key : place, ports, data: words, command };
    }
  }
}
