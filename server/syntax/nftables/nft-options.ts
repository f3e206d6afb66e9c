import { type NftParse, statementValue } from './nft-expressions';

/** What can stand behind an element of a set: counters, limits, a timeout, a comment (set_elem_expr_option, set_elem_stmt). */
export function skipOptions(parse: NftParse): void {
  const { cursor } = parse;
  while (!cursor.failed) {
    if (cursor.is('timeout', 'expires')) {
      cursor.next();
      duration(parse);
    } else if (cursor.is('comment')) {
      comment(parse);
    } else if (!statefulStatement(parse)) {
      return;
    }
  }
}

/** `counter`, `limit`, `quota`, `ct count`, `last`: what keeps a number (stateful_stmt). Answers its keyword. */
export function statefulStatement(parse: NftParse): string | undefined {
  const { cursor } = parse;
  const { text } = cursor.token;
  if (cursor.is('counter')) counterArguments(parse);
  else if (cursor.is('limit')) limitArguments(parse);
  else if (cursor.is('quota')) quotaArguments(parse);
  else if (cursor.is('last')) lastArguments(parse);
  else if (cursor.is('ct') && cursor.peek().text === 'count') countArguments(parse);
  else return undefined;
  return text;
}

/** `comment "…"` (comment_spec). */
export function comment({ cursor }: NftParse): void {
  cursor.next();
  const { kind } = cursor.token;
  if (kind !== 'quoted' && kind !== 'word' && kind !== 'wildcard' && kind !== 'unknown') cursor.fail();
  cursor.next();
}

/** `counter packets 80 bytes 443`, `counter name "web"`. */
function counterArguments(parse: NftParse): void {
  const { cursor } = parse;
  cursor.next();
  if (cursor.take('name')) {
    objectName(parse);
    return;
  }
  while (cursor.is('packets', 'bytes')) {
    cursor.next();
    number(parse);
  }
}

/** `limit rate over 10/minute burst 5 packets`, `limit rate 10 mbytes/second`, `limit name "slow"`. */
function limitArguments(parse: NftParse): void {
  const { cursor } = parse;
  cursor.next();
  if (cursor.take('name')) {
    objectName(parse);
    return;
  }
  if (!cursor.take('rate')) cursor.fail('Behind "limit" stands "rate" or "name"');
  rate(parse);
}

/** The rate itself, in rules and in limit objects (limit_config). */
function rate(parse: NftParse): void {
  const { cursor } = parse;
  if (cursor.is('over', 'until')) cursor.next();
  number(parse);
  if (cursor.token.kind === 'word' && /bytes/.test(cursor.token.text)) cursor.next();
  // `mbytes/second` is one word for nft.
  if (cursor.take('/')) {
    if (!cursor.is('second', 'minute', 'hour', 'day', 'week') && cursor.token.kind !== 'unknown')
      cursor.fail();
    cursor.next();
  } else if (!cursor.last.text.includes('/') && cursor.last.kind !== 'unknown') {
    cursor.fail('A rate is so much a second, minute, hour, day or week');
  }
  if (!cursor.take('burst')) return;
  number(parse);
  if (!/^(?:packets|bytes|kbytes|mbytes)/.test(cursor.token.text)) cursor.fail();
  cursor.next();
}

/** `quota over 100 mbytes used 5 bytes`, `quota name "month"`. */
function quotaArguments(parse: NftParse): void {
  const { cursor } = parse;
  cursor.next();
  if (cursor.take('name')) objectName(parse);
  else amount(parse);
}

function amount(parse: NftParse): void {
  const { cursor } = parse;
  if (cursor.is('over', 'until')) cursor.next();
  number(parse);
  if (cursor.token.kind !== 'word') cursor.fail();
  cursor.next();
  if (!cursor.take('used')) return;
  number(parse);
  if (cursor.token.kind !== 'word') cursor.fail();
  cursor.next();
}

function lastArguments(parse: NftParse): void {
  const { cursor } = parse;
  cursor.next();
  if (!cursor.take('used')) return;
  if (!cursor.take('never')) duration(parse);
}

/** `ct count over 80`. */
function countArguments(parse: NftParse): void {
  const { cursor } = parse;
  cursor.next();
  cursor.next();
  cursor.take('over');
  number(parse);
}

/** `30m`; the newest nft takes a number of seconds, too. */
export function duration({ cursor }: NftParse): void {
  const { kind } = cursor.token;
  if (kind !== 'word' && kind !== 'number' && kind !== 'unknown') cursor.fail();
  cursor.next();
}

export function number({ cursor }: NftParse): void {
  const { kind } = cursor.token;
  if (kind !== 'number' && kind !== 'unknown') cursor.fail();
  cursor.next();
}

/** The name of a counter, limit or quota: a word, a quoted text, a variable or a map. */
function objectName(parse: NftParse): void {
  statementValue(parse);
}
