import { shortened } from '../refusal';
import type { NftNotes } from './nft-notes';
import { nftRefusal } from './nft-refusal';
import type { NftExpr, NftMatch, NftParts, NftPlace, NftVariable } from './nft-tree';

/** Tells whether an operator compares with one value: `<`, `>=`. */
export function isOrder(operator: NftMatch['operator']): boolean {
  return operator !== '==' && operator !== '!=' && operator !== '!';
}

export function refuseOrder(
  place: NftPlace,
  what: string,
  operator: NftMatch['operator'],
  notes: NftNotes,
): void {
  const nft = `Relational expression (${operator}) is undefined for ${what} expressions`;
  const message = nftRefusal(`"${operator}" compares with one port`, nft);
  notes.fault({ rule: 'unknown-parameter', message, ...placeOf(place) });
}

export function refuseMapping(key: NftPlace, data: NftPlace, notes: NftNotes): void {
  const message = nftRefusal(
    'What a port is mapped to stands behind "vmap" or "map"',
    'mapping outside of map context',
  );
  notes.fault({ rule: 'unknown-parameter', message, from: key.from, to: data.to });
}

export function refuseList(list: NftParts<'list'>, notes: NftNotes): void {
  if (notes.told.has(list) || list.parts.some(({ kind }) => kind === 'missing')) return;
  notes.told.add(list);
  const text = `{ ${notes.text.slice(list.from, list.to)} }`;
  const message = nftRefusal(
    `Several ports stand in braces: ${shortened(text)}`,
    'Basetype of type internet network service is not bitmask',
  );
  const fixes = [{ title: 'Put the ports in braces', text, ...placeOf(list) }];
  notes.fault({ rule: 'invalid-port', message, ...placeOf(list), fixes });
}

/** An empty set can stand beside other elements, but not alone. */
export function refuseEmpty(expr: NftVariable, notes: NftNotes): void {
  const message = nftRefusal(`The variable ${expr.name} is an empty set`, 'Set is empty');
  notes.fault({ rule: 'missing-port', message, ...placeOf(expr) });
}

export function refuseConcat(concat: NftExpr, notes: NftNotes): void {
  if (notes.told.has(concat)) return;
  notes.told.add(concat);
  const message = nftRefusal(
    `"${notes.words(concat)}" is no port`,
    "Can't parse symbolic invalid expressions",
  );
  notes.fault({ rule: 'invalid-port', message, ...placeOf(concat) });
}

export function placeOf({ from, to }: NftPlace): NftPlace {
  return { from, to };
}
