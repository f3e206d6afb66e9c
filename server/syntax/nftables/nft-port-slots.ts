import type { PortSlot } from '../../model/port-slot';
import type { NftNotes } from './nft-notes';
import { readPortText } from './nft-port-text';
import type { NftExpr, NftPlace } from './nft-tree';

type SlotUse = Pick<PortSlot, 'owner' | 'role' | 'transport'>;

/** The places of an expression where a port is typed: both ends of a range. */
export function addSlots(expr: NftExpr, use: SlotUse, notes: NftNotes): void {
  if (expr.kind === 'range') {
    addSlots(expr.low, use, notes);
    const low = expr.low.kind === 'value' ? readPortText(expr.low).port : undefined;
    if (expr.high.kind === 'value' || expr.high.kind === 'missing') addSlot(expr.high, use, notes, low);
    else addSlots(expr.high, use, notes);
    return;
  }
  if (expr.kind === 'prefix') addSlots(expr.base, use, notes);
  else if (expr.kind === 'missing' || (expr.kind === 'value' && expr.form !== 'unknown'))
    addSlot(expr, use, notes);
}

/** One place where a port is typed; quotes around it stay. */
export function addSlot(place: NftPlace, use: SlotUse, notes: NftNotes, above?: number): void {
  const { owner, role, transport } = use;
  const isEmpty = place.from === place.to;
  const before = isEmpty && /[^\s{(:]/.test(notes.text[place.from - 1] ?? '') ? ' ' : undefined;
  const after = isEmpty && /[^\s;,})]/.test(notes.text[place.to] ?? '') ? ' ' : undefined;
  const slot: PortSlot = {
    span: notes.span(bare(place, notes)),
    role,
    owner,
    accepts: 'port',
    names: true,
    ...(transport && { transport }),
    ...(above && { above }),
    ...(before && { before }),
    ...(after && { after }),
  };
  notes.slots.push(slot);
}

/** A quoted text without its quotes. */
export function bare(place: NftPlace, notes: NftNotes): NftPlace {
  const isQuoted =
    place.to - place.from >= 2 && notes.text[place.from] === '"' && notes.text[place.to - 1] === '"';
  return isQuoted ? { from: place.from + 1, to: place.to - 1 } : place;
}
