import type { NftContext } from './nft-context';
import type { NftNotes } from './nft-notes';
import { placeOf } from './nft-port-faults';
import { nftRefusal } from './nft-refusal';
import type { NftExpr, NftField, NftMatch, NftPlace, NftStatement } from './nft-tree';

export function refuseBehind(terminal: NftStatement, statement: NftPlace, notes: NftNotes): void {
  const reason = `Behind "${notes.words(terminal)}" the rule is over`;
  const message = nftRefusal(reason, 'Statement after terminal statement has no effect');
  notes.fault({ rule: 'misplaced-directive', message, ...placeOf(statement) });
}

export function refuseWord(word: NftExpr & { readonly text: string }, right: NftExpr, notes: NftNotes): void {
  const message = (reason: string): string => nftRefusal(reason, 'No symbol type information');
  if (/^[sd]?ports?$/.test(word.text)) {
    const field = word.text.startsWith('s') ? 'sport' : 'dport';
    const reason = `In front of "${word.text}" the transport is missing, as in tcp ${field}`;
    notes.fault({ rule: 'missing-transport', message: message(reason), ...placeOf(word) });
  } else if (right.kind === 'value' && /^[sd]port$/.test(right.text)) {
    const reason = `"${word.text}" is no transport of nft`;
    notes.fault({ rule: 'invalid-transport', message: message(reason), ...placeOf(word) });
  } else {
    const reason = `"${word.text}" is nothing that nft can match`;
    notes.fault({ rule: 'unknown-parameter', message: message(reason), ...placeOf(word) });
  }
}

const unparsed = "Can't parse symbolic invalid expressions";

/** A connection has the ports of both directions. */
export function refuseUndirected(field: NftField, { layer4 }: NftContext, notes: NftNotes): void {
  const reason = `Between "ct" and "${field.name.slice(3)}" the direction is missing: original or reply`;
  const message = nftRefusal(
    reason,
    layer4 === undefined ? unparsed : 'Could not process rule: Invalid argument',
  );
  notes.fault({ rule: 'unknown-parameter', message, ...placeOf(field) });
}

export function refuseBang({ operatorPlace, left }: NftMatch, notes: NftNotes): void {
  const place = operatorPlace ?? left;
  const message = nftRefusal(
    '"Not equal" is written !=',
    'negation can only be used with singleton bitmask values',
  );
  const fixes = [{ title: 'Write !=', text: '!=', ...placeOf(place) }];
  notes.fault({ rule: 'unknown-parameter', message, ...placeOf(place), fixes });
}

export function refuseSingle(left: NftExpr, right: NftExpr, notes: NftNotes): void {
  if (right.kind !== 'concat') return;
  const text = `{ ${notes.text.slice(right.from, right.to)} }`;
  const message = nftRefusal(
    'Values side by side stand in braces',
    'Use concatenations with sets and maps, not singleton values',
  );
  const fixes = [{ title: 'Put them in braces', text, ...placeOf(right) }];
  notes.fault({ rule: 'unknown-parameter', message, ...placeOf(left), fixes });
}

export function judgeReset(statement: NftPlace, { layer4 }: NftContext, notes: NftNotes): void {
  if (layer4 === undefined || layer4 === 'tcp' || layer4 === 'unknown') return;
  const message = nftRefusal('Only TCP has a reset', 'you cannot use tcp reset with this protocol');
  notes.fault({ rule: 'invalid-transport', message, ...placeOf(statement) });
}
