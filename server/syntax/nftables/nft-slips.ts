import { isBare, type NftCursor } from './nft-cursor';
import type { NftExpr } from './nft-tree';
import { isReserved } from './nft-words';

/** `tpc dport 80`: nft takes the first two words for a match, and stumbles over what follows. */
export function suspectTransport(cursor: NftCursor): void {
  const { kind, text, from, to } = cursor.token;
  if (kind !== 'word' || isReserved(text)) return;
  cursor.suspect = { rule: 'invalid-transport', reason: `"${text}" is no transport of nft`, from, to };
}

/** `tcp dport = 22`. */
export function refuseEquals(cursor: NftCursor): void {
  const { from, to } = cursor.token;
  const fixes = [{ title: 'Write ==', text: '==', from, to }];
  cursor.unexpected('"=" compares nothing in nft, "==" does', 'syntax-error', { from, to }, fixes);
  cursor.next();
}

/** Tells whether a port is followed by its transport, as in other programs: `22/tcp`. */
export function isWithTransport(cursor: NftCursor): boolean {
  const { token } = cursor;
  const [slash, word] = [cursor.peek(1), cursor.peek(2)];
  const isJoined = token.to === slash.from && slash.to === word.from;
  return isJoined && token.kind === 'number' && isBare(slash, ['/']) && isBare(word, transports);
}

const transports = ['tcp', 'udp', 'sctp', 'dccp'];

/**
 * Reads `22/tcp` and tells what is wrong with it: the transport stands in front. What is left of the match is
 * undefined in a set, where nft stops at the transport itself.
 */
export function withTransport(cursor: NftCursor, left?: NftExpr): NftExpr {
  const { from, to, text } = cursor.next();
  cursor.next();
  const transport = cursor.token;
  const place = { from, to: transport.to };
  const isSame = left?.kind === 'field' && left.layer4 === transport.text;
  const reason = `"${text}/${transport.text}" is no port; the transport stands in front of dport`;
  const fixes = isSame ? [{ title: `Write ${text}`, text, ...place }] : undefined;
  if (left !== undefined) cursor.next();
  cursor.unexpected(reason, 'invalid-port', place, fixes);
  if (left === undefined) cursor.next();
  return { kind: 'value', form: 'number', text, from, to };
}

/** `22x` is a number and a word for nft; who writes it means one port. */
export function refuseTail(cursor: NftCursor): void {
  const { last, token } = cursor;
  if (last.kind !== 'number' || token.kind !== 'word' || token.from !== last.to || isReserved(token.text))
    return;
  const place = { from: last.from, to: token.to };
  cursor.next();
  cursor.unexpected(`"${cursor.text.slice(place.from, place.to)}" is no port`, 'invalid-port', place);
}
