import { readBlockRules } from './nft-chains';
import { isValue, leftSide, type NftParse, rightSide, statementValue, verdictMap } from './nft-expressions';
import { isNat, readNat } from './nft-nat';
import { statefulStatement } from './nft-options';
import { otherStatement } from './nft-other-statements';
import { isWithTransport, refuseEquals, refuseTail, suspectTransport, withTransport } from './nft-slips';
import type { NftExpr, NftMatch, NftPlace, NftStatement } from './nft-tree';
import { isVerdict, readVerdict } from './nft-verdicts';
import { isReserved } from './nft-words';

/** Reads one statement of a rule (nftables src/parser_bison.y, stmt). */
export function readStatement(parse: NftParse): NftStatement {
  const { cursor } = parse;
  const { from } = cursor.token;
  if (isVerdict(parse)) return verdictOrBlock(parse);
  if (isNat(parse)) return readNat(parse);
  const kept = statefulStatement(parse);
  if (kept !== undefined) {
    const isCondition = kept !== 'counter' && kept !== 'last';
    return { kind: 'other', verb: kept, isCondition, isTerminal: false, from, to: cursor.last.to };
  }
  return otherStatement(parse) ?? expressionStatement(parse);
}

function verdictOrBlock(parse: NftParse): NftStatement {
  const { cursor } = parse;
  const { from } = cursor.token;
  const next = cursor.peek();
  if (cursor.is('jump', 'goto') && next.kind === 'sign' && next.text === '{') {
    cursor.next();
    const rules = readBlockRules(parse);
    return { kind: 'subchain', rules, from, to: cursor.last.to };
  }
  return readVerdict(parse) ?? nothing(parse, from);
}

/** A match, a verdict map, or a field that is set: they begin alike. */
function expressionStatement(parse: NftParse): NftStatement {
  const { cursor } = parse;
  const { from } = cursor.token;
  if (cursor.token.kind === 'unknown' && !/^[sd]port$/.test(cursor.peek().text)) {
    cursor.next();
    return { kind: 'other', verb: '', isCondition: true, isTerminal: false, from, to: cursor.last.to };
  }
  if (cursor.peek().kind === 'word' && /^[sd]port$/.test(cursor.peek().text)) suspectTransport(cursor);
  const key = leftSide(parse);
  if (cursor.failed) return nothing(parse, from);
  if (key.kind !== 'mapping' && cursor.take('vmap')) {
    const map = verdictMap(parse);
    return { kind: 'vmap', key, map, from, to: cursor.last.to };
  }
  if (key.kind === 'field' && cursor.take('set')) {
    const value = statementValue(parse);
    return { kind: 'rewrite', field: key, value, from, to: cursor.last.to };
  }
  return match(parse, key);
}

function match(parse: NftParse, left: NftExpr): NftMatch {
  const { cursor } = parse;
  const { from } = left;
  const isWritten = cursor.is('==', '!=', '<', '<=', '>', '>=', '!');
  const sign = isWritten ? cursor.next() : undefined;
  if (!isWritten && cursor.is('=') && hasPort(left)) refuseEquals(cursor);
  const right = valueBehind(parse, left);
  const common = { kind: 'match', left, right, from, to: Math.max(cursor.last.to, left.to) } as const;
  if (sign === undefined) return { ...common, operator: '==' };
  return {
    ...common,
    operator: sign.text as NftMatch['operator'],
    operatorPlace: { from: sign.from, to: sign.to },
  };
}

/** The value of a match; what is no value is told in the words that fit what stands in front of it. */
function valueBehind(parse: NftParse, left: NftExpr): NftExpr {
  const { cursor } = parse;
  const { token } = cursor;
  if (isValue(token) || cursor.is('{', '@', '$', '(')) {
    if (hasPort(left) && isWithTransport(cursor)) return withTransport(cursor, left);
    const value = rightSide(parse);
    if (hasPort(left)) refuseTail(cursor);
    return value;
  }
  const gap = cursor.gap();
  const isOver = cursor.atEnd() || (token.kind === 'word' && isReserved(token.text));
  if (left.kind === 'value' && left.form === 'word' && isOver) {
    unknownStatement(parse, left);
  } else if (hasPort(left) && isOver) {
    // The rest of the rule is read all the same: somebody is about to type the port.
    cursor.unexpected(`Behind "${shownText(parse, left)}" a port is missing`, 'missing-port', left);
  } else if (hasPort(left) && cursor.is('-', '+') && cursor.peek().kind === 'number') {
    const number = cursor.peek();
    const place = { from: token.from, to: number.to };
    const written = cursor.text.slice(place.from, place.to);
    cursor.unexpected(
      `"${written}" is no port; a range has both ends, as in 1024-65535`,
      'invalid-port',
      place,
    );
    cursor.next();
    cursor.next();
  } else {
    cursor.fail();
  }
  return gap;
}

/** A word that begins no statement and stands alone: most often a verdict that is misspelt. */
function unknownStatement(parse: NftParse, word: NftExpr & { readonly text: string }): void {
  const { cursor } = parse;
  const lower = word.text.toLowerCase();
  const isOtherCase = lower !== word.text && isReserved(lower);
  const fixes = isOtherCase
    ? [{ title: `Write ${lower}`, from: word.from, to: word.to, text: lower }]
    : undefined;
  const reason = cursor.suspect ? undefined : `"${word.text}" is no statement of nft`;
  cursor.unexpected(reason, 'syntax-error', word, fixes);
  cursor.stop();
}

/** Tells whether a field holds a port, alone or beside others. */
export function hasPort(left: NftExpr): boolean {
  if (left.kind === 'field') return left.type === 'port' && left.isInner === undefined;
  return left.kind === 'concat' && left.parts.some(hasPort);
}

function shownText({ cursor }: NftParse, { from, to }: NftPlace): string {
  return cursor.text.slice(from, to);
}

function nothing({ cursor }: NftParse, from: number): NftStatement {
  return {
    kind: 'other',
    verb: '',
    isCondition: false,
    isTerminal: false,
    from,
    to: Math.max(from, cursor.last.to),
  };
}
