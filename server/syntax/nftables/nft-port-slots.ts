import type { PortSlot } from '../../model/port-slot';
import type { NftNotes } from './nft-notes';
import { isOrder } from './nft-port-faults';
import { readPortText } from './nft-port-text';
import type { NftExpr, NftMatch, NftPlace } from './nft-tree';

export interface SlotUse extends Pick<PortSlot, 'owner' | 'role' | 'transport'> {
  readonly operator: NftMatch['operator'];
  /** True where an element is one port: in a set without `flags interval`. */
  readonly isSingle?: true;
  /** The braces around it. */
  readonly list?: NftPlace;
}

/** The places of an expression where a port is typed: both ends of a range. */
export function addSlots(expr: NftExpr, use: SlotUse, notes: NftNotes): void {
  if (expr.kind === 'range') {
    const end: SlotUse = { ...use, isSingle: true };
    addSlots(expr.low, end, notes);
    const low = expr.low.kind === 'value' ? readPortText(expr.low).port : undefined;
    if (expr.high.kind === 'value' || expr.high.kind === 'missing') addSlot(expr.high, end, notes, low);
    else addSlots(expr.high, end, notes);
    return;
  }
  if (expr.kind === 'prefix') addSlots(expr.base, { ...use, isSingle: true }, notes);
  else if (expr.kind === 'missing' || (expr.kind === 'value' && expr.form !== 'unknown'))
    addSlot(expr, use, notes);
}

/** One place where a port is typed; quotes around it stay. */
export function addSlot(place: NftPlace, use: SlotUse, notes: NftNotes, above?: number): void {
  const { owner, role, transport, list } = use;
  const isEmpty = place.from === place.to;
  const last = notes.text[place.from - 1] ?? '';
  const isBehindDash = above !== undefined && last === '-';
  const before = isEmpty && /[^\s{(:]/.test(last) && !isBehindDash ? ' ' : undefined;
  const after = isEmpty && /[^\s;,})]/.test(notes.text[place.to] ?? '') ? ' ' : undefined;
  const takesRange = use.isSingle !== true && role !== 'forward' && !isOrder(use.operator);
  const slot: PortSlot = {
    span: notes.span(bare(place, notes)),
    role,
    owner,
    accepts: 'port',
    names: true,
    ...(transport && { transport }),
    ...(above && { above }),
    ...(takesRange && { range: { sign: '-' } }),
    ...(list && { list: notes.span(list) }),
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
