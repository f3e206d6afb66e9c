import { isBare } from './nft-cursor';
import { deepest, isValue, type NftParse, values } from './nft-expressions';
import { skipOptions } from './nft-options';
import { isWithTransport, withTransport } from './nft-slips';
import type { NftElement, NftExpr, NftSet } from './nft-tree';
import { readVerdict } from './nft-verdicts';
import { isReserved } from './nft-words';

/** What the elements of a set are: keys alone or with data as in named sets, keys with data, keys with verdicts. */
export type NftSetForm = 'values' | 'data' | 'verdicts';

/**
 * Reads a set in braces (set_expr, verdict_map_expr). Commas part the elements, one may stand behind the last, and
 * a line can be broken once before and once behind each element: an empty line, which nft refuses, is told and
 * passed over, and so is an element that cannot be read.
 */
export function readSet(parse: NftParse, form: NftSetForm): NftSet {
  const { cursor } = parse;
  const { from } = cursor.next();
  const elements: NftElement[] = [];
  const gaps: number[] = [];
  const state: SetState = { parse, form, gaps, isTold: false };
  parse.depth += 1;
  if (parse.depth > deepest) {
    cursor.isLost = true;
    cursor.fail();
  }
  for (let isFirst = true; !cursor.failed; isFirst = false) {
    const gap = cursor.gap().from;
    skipLineBreaks(state);
    if (cursor.is('}')) {
      if (isFirst) tell(state, 'The braces are empty', gap);
      gaps.push(gap);
      break;
    }
    if (!isFirst && cursor.is(',')) {
      gaps.push(gap);
      cursor.next();
      continue;
    }
    const read = element(state);
    if (read !== undefined) elements.push(read);
    if (read === undefined || !isAfterElement(state)) {
      if (!skipElement(state)) break;
    }
    if (cursor.is('}')) break;
    cursor.take(',');
  }
  parse.depth -= 1;
  if (!cursor.failed) cursor.take('}');
  return { kind: 'set', elements, gaps, from, to: cursor.last.to };
}

interface SetState {
  readonly parse: NftParse;
  readonly form: NftSetForm;
  readonly gaps: number[];
  /** nft stops at the first mistake in a set, so one is told. */
  isTold: boolean;
}

function element({ parse, form, gaps }: SetState): NftElement | undefined {
  const { cursor } = parse;
  const { from } = cursor.token;
  if (cursor.is('{') && form !== 'verdicts') {
    const inner = readSet(parse, form);
    return { key: inner, from, to: inner.to };
  }
  let key: NftExpr;
  if (cursor.is('*')) {
    const token = cursor.next();
    key = { kind: 'value', form: 'wildcard', text: '*', from: token.from, to: token.to };
  } else {
    if (!isValue(cursor.token) && !cursor.is('$', '(')) {
      // In front of a colon the key is still to be typed.
      if (form !== 'values' && cursor.is(':')) gaps.push(Math.max(cursor.gap().from, from - 1));
      return undefined;
    }
    key = isWithTransport(cursor) ? withTransport(cursor) : values(parse);
  }
  skipOptions(parse);
  if (!cursor.is(':')) {
    if (form !== 'verdicts') return { key, from, to: key.to };
    cursor.fail('Behind the key a colon and a verdict are missing');
    return { key, data: cursor.gap(), from, to: key.to };
  }
  cursor.next();
  const verdict = readVerdict(parse);
  if (verdict === undefined && form === 'verdicts' && cursor.token.kind !== 'unknown') {
    cursor.fail('Behind the colon stands a verdict, such as accept or jump');
    return { key, data: cursor.gap(), from, to: key.to };
  }
  const data = verdict ?? values(parse);
  return { key, data, from, to: data.to };
}

/** Goes to the comma or the brace behind an element; false when something else stands there. */
function isAfterElement(state: SetState): boolean {
  const { cursor } = state.parse;
  if (cursor.failed) return false;
  if (state.form === 'verdicts' && cursor.is(',', '}') && cursor.last.kind !== 'end') return true;
  skipLineBreaks(state);
  return cursor.is(',', '}');
}

/** One line break is allowed where it stands, more are told. */
function skipLineBreaks(state: SetState): void {
  const { cursor } = state.parse;
  if (cursor.token.kind !== 'newline') return;
  cursor.next();
  while (cursor.token.kind === 'newline') {
    const { from, to } = cursor.token;
    const fixes = [{ title: 'Remove the empty line', from, to, text: '' }];
    if (!state.isTold) {
      const reason = 'nft takes no empty line within braces';
      cursor.unexpected(reason, 'syntax-error', { from, to }, fixes);
    }
    state.isTold = true;
    state.gaps.push(from);
    cursor.next();
  }
}

function tell(state: SetState, reason: string, gap: number): void {
  const { cursor } = state.parse;
  if (state.isTold) return;
  cursor.unexpected(reason, 'syntax-error', { from: Math.min(gap, cursor.token.from), to: cursor.token.to });
  state.isTold = true;
}

/**
 * Past what cannot be read, to the next comma or brace of the set. Where a new line begins like a statement, the
 * closing brace is most likely missing, and the set ends there.
 */
function skipElement(state: SetState): boolean {
  const { cursor } = state.parse;
  if (!cursor.failed && !state.isTold) cursor.unexpected();
  cursor.recover();
  state.isTold = true;
  let depth = 0;
  for (;;) {
    const { token } = cursor;
    if (depth <= 0 && cursor.is(',', '}')) return true;
    if (token.kind === 'end' || (token.kind === 'newline' && !beginsElement(state))) break;
    if (cursor.is('{')) depth += 1;
    else if (cursor.is('}')) depth -= 1;
    cursor.next();
  }
  cursor.isLost = true;
  cursor.fail();
  return false;
}

/** Tells whether the line behind the current line break goes on with elements. */
function beginsElement({ parse: { cursor } }: SetState): boolean {
  const token = cursor.peek();
  if (token.kind === 'newline' || isBare(token, [',', '}', '{', '$'])) return true;
  if (token.kind === 'word' && isReserved(token.text)) return cursor.peek(2).text === '.';
  return isValue(token);
}
