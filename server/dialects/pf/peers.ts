import { oneAddress } from '../../model/address';
import type { Span } from '../../model/span';
import type { PfCursor } from '../../syntax/pf/pf-cursor';
import { readPortSpec } from '../../syntax/pf/pf-port-spec';
import type { PfToken } from '../../syntax/pf/pf-tokens';
import { isPfKeyword } from '../../syntax/pf/pf-words';
import type { PfNotes } from './notes';
import {
  addCondition,
  addOther,
  type HostFact,
  type PortClause,
  plainText,
  type RuleDraft,
} from './rule-draft';
import { skipBraces, skipParentheses, skipValue } from './skip';

/** Reads `from` or `to` with its host and its ports. */
export function readPeer(
  cursor: PfCursor,
  rule: RuleDraft,
  side: 'source' | 'destination',
  notes: PfNotes,
): void {
  const word = cursor.advance();
  const host = readHost(cursor, rule, notes);
  if (host.span !== undefined && !host.isAny) {
    const text = `${word.value} ${cursor.text.slice(host.span.start, host.span.end)}`;
    addCondition(rule, text);
    noteHost(rule, side, { text: plainText(text), tokens: host.tokens });
  }
  if (cursor.isWord('os')) {
    const { start } = cursor.advance().span;
    skipValue(cursor, notes);
    addOther(rule, cursor.text.slice(start, cursor.previousEnd), true);
  }
  if (!cursor.isWord('port')) return;
  const spec = readPortSpec(cursor);
  const address = host.word === undefined ? undefined : oneAddress(host.word);
  const clause: PortClause = { side, spec, ...(address && { address }) };
  rule.clauses.push(clause);
  addCondition(rule, `${word.value} ${cursor.text.slice(spec.span.start, spec.span.end)}`, clause);
}

/** A table's addresses come and go while rules are evaluated. */
function noteHost({ filter }: RuleDraft, side: 'source' | 'destination', host: HostFact): void {
  if (filter[side] === undefined) filter[side] = host;
  else filter.others.push(host.text);
  if (host.tokens.some(({ kind, value }) => kind === 'mark' && value === '<')) filter.areSteady = false;
}

/** A host of a rule. */
export interface Host {
  readonly span?: Span;
  readonly tokens: readonly PfToken[];
  readonly isAny: boolean;
  /** The one word that it is. */
  readonly word?: string;
}

/** Keywords that stand for hosts. */
const hostWords: ReadonlySet<string> = new Set(['any', 'all', 'no-route', 'urpf-failed', 'route']);

/** Reads a host, or a list of them: `10.0.0.0/8`, `! <bad>`, `(egress:network)`, `a - b`, `{ a, b }`. */
export function readHost(cursor: PfCursor, rule: RuleDraft, notes: PfNotes): Host {
  const { start } = cursor.token.span;
  const words: PfToken[] = [];
  let listed: readonly PfToken[] = [];
  let isWhole = false;
  while (!isWhole && !cursor.isLineEnd()) {
    const { token } = cursor;
    if (token.kind === 'unknown') rule.hasUnknown = true;
    if (token.kind === 'mark') {
      if (token.value === '{') listed = skipBraces(cursor, notes);
      else if (token.value === '(') skipParentheses(cursor);
      else if (token.value === '<') skipTable(cursor);
      else if (token.value !== '!') break;
      else {
        words.push(cursor.advance());
        continue;
      }
      words.push(token);
    } else if (token.kind === 'word' && isPfKeyword(token.value) && !hostWords.has(token.value)) {
      break;
    } else {
      words.push(cursor.advance());
      if (token.kind === 'word' && token.value === 'route') continue;
    }
    while (cursor.isMark('/') || cursor.isMark('-')) {
      words.push(cursor.advance());
      if (!cursor.isLineEnd() && cursor.token.kind !== 'mark') words.push(cursor.advance());
    }
    isWhole = true;
  }
  const [only, ...more] = words;
  if (only === undefined) return { isAny: true, tokens: [] };
  const tokens = words.flatMap((word) => (word.kind === 'mark' && word.value === '{' ? listed : [word]));
  const span = { start, end: cursor.previousEnd };
  const isAlone = more.length === 0 && (only.kind === 'word' || only.kind === 'quoted');
  const isAny = more.length === 0 && only.kind === 'word' && (only.value === 'any' || only.value === 'all');
  return { span, isAny, tokens, ...(isAlone && { word: only.value }) };
}

function skipTable(cursor: PfCursor): void {
  cursor.advance();
  while (!cursor.isLineEnd() && !cursor.isMark('>')) cursor.advance();
  if (cursor.isMark('>')) cursor.advance();
}
