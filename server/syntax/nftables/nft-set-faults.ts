import type { KnownSet } from './nft-known';
import type { NftNotes } from './nft-notes';
import { nftRefusal } from './nft-refusal';
import type { NftElement, NftExpr, NftPlace, NftType } from './nft-tree';

/** What a set, a map or a verdict map holds. */
export interface MapForm {
  readonly kind: 'set' | 'map' | 'verdict map' | 'any';
  /** True when ports and addresses that a key is mapped to can be ranges. */
  readonly isRanging: boolean;
}

/** Tells an element that has too much or too little for the set or map that it is in. */
export function judgeElement({ key, data }: NftElement, { kind, isRanging }: MapForm, notes: NftNotes): void {
  if (kind === 'any' || key.kind === 'set' || key.kind === 'variable' || key.kind === 'missing') return;
  if (data?.kind === 'missing') return;
  if (key.kind === 'value' && key.form === 'unknown') return;
  if (data === undefined) {
    if (kind === 'set') return;
    tell(
      key,
      `What "${notes.words(key)}" is mapped to is missing`,
      'Could not process rule: Invalid argument',
      notes,
    );
  } else if (kind === 'set') {
    tell(
      { from: key.from, to: data.to },
      'A set has no values behind its keys; a map has',
      'set is not a map',
      notes,
    );
  } else if (data.kind === 'variable' || (data.kind === 'value' && data.form === 'unknown')) {
    return;
  } else if (kind === 'verdict map' && data.kind !== 'verdict') {
    tell(
      data,
      `"${notes.words(data)}" is no verdict`,
      "Can't parse symbolic netfilter verdict expressions",
      notes,
    );
  } else if (kind === 'map' && data.kind === 'verdict') {
    tell(data, 'This map has no verdicts', 'Could not process rule: Invalid argument', notes);
  } else if (data.kind === 'range' && !isRanging) {
    const message = nftRefusal(
      `"${notes.words(data)}" is a range, and the map gives one value`,
      'Value must be a singleton',
    );
    notes.fault({ rule: 'invalid-port', message, from: data.from, to: data.to });
  }
}

const typeNames: Readonly<Record<NftType, string>> = {
  port: 'internet network service',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
  l4proto: 'Internet protocol',
  nfproto: 'netfilter protocol',
  verdict: 'netfilter verdict',
  other: 'another type',
  unknown: 'another type',
};

/** Tells a named set that holds something else than what is looked at (nftables src/evaluate.c, expr_evaluate_relational). */
export function judgeKeys(
  place: NftPlace,
  known: KnownSet,
  wanted: readonly NftType[],
  notes: NftNotes,
): boolean {
  const { keys, name } = known.declaration;
  if (fits(wanted, keys)) return true;
  const nft = `datatype mismatch, expected ${typeText(wanted)}, expression has type ${typeText(keys)}`;
  tell(
    place,
    `${known.declaration.isMap ? 'The map' : 'The set'} ${name} is declared for something else`,
    nft,
    notes,
  );
  return false;
}

/** The same for what a named map gives. */
export function judgeData(
  place: NftPlace,
  known: KnownSet,
  wanted: readonly NftType[],
  notes: NftNotes,
): void {
  const { isMap, data, name } = known.declaration;
  if (!isMap) {
    tell(place, `The set ${name} stands where a map is asked for`, 'Expression is not a map', notes);
  } else if (data.length > 0 && wanted.length > 0 && !fits(wanted, data)) {
    const nft = `datatype mismatch: expected ${typeText(wanted)}, expression has type ${typeText(data)}`;
    tell(place, `The map ${name} gives something else`, nft, notes);
  }
}

function fits(wanted: readonly NftType[], given: readonly NftType[]): boolean {
  if (given.length === 0 || wanted.length === 0) return true;
  if (wanted.length !== given.length) return wanted.includes('unknown') || given.includes('unknown');
  return wanted.every((type, index) => {
    const other = given[index] ?? 'unknown';
    if (type === 'unknown' || other === 'unknown') return true;
    return type === other || (isVague(type) && isVague(other));
  });
}

function isVague(type: NftType): boolean {
  return type === 'other' || type === 'nfproto';
}

function typeText(types: readonly NftType[]): string {
  const names = types.map((type) => typeNames[type]);
  return names.length === 1 ? (names[0] ?? '') : `concatenation of (${names.join(', ')})`;
}

function tell(place: NftPlace, reason: string, nft: string, notes: NftNotes): void {
  notes.fault({
    rule: 'unknown-parameter',
    message: nftRefusal(reason, nft),
    from: place.from,
    to: place.to,
  });
}

/** Tells whether an expression is a range or a prefix: then an anonymous map is one of intervals. */
export function hasRange(set: NftExpr): boolean {
  return set.kind === 'set' && set.elements.some(({ key }) => key.kind === 'range' || key.kind === 'prefix');
}
