import type { Span } from '../../model/span';
import type { PfCursor } from '../../syntax/pf/pf-cursor';
import { readPortSpec, syntaxFault } from '../../syntax/pf/pf-port-spec';
import type { PfToken } from '../../syntax/pf/pf-tokens';
import { isPfKeyword } from '../../syntax/pf/pf-words';
import { openQuote } from './macros';
import type { PfNotes } from './notes';
import { readPeer } from './peers';
import { readProtocols } from './protocols';
import { addCondition, noteRule, type RuleDraft } from './rule-draft';
import { skipBraces, skipParentheses, skipValue } from './skip';
import { readTargets } from './targets';

/** Where a rule stands. */
export interface RulePlace {
  readonly anchors: readonly string[];
  readonly isNo: boolean;
}

/**
 * Reads a rule from the word on that names its kind. The parts are taken as they come: pfctl's grammar has one order
 * for them, and to tell of another order is left to pfctl (`pfrule`, `anchorrule` of OpenBSD's parse.y; `natrule`,
 * `binatrule`, `scrubrule` of FreeBSD's).
 *
 * @returns The name of the anchor whose body begins behind the rule, the bracket that opens it included.
 */
export function readRule(cursor: PfCursor, place: RulePlace, notes: PfNotes): AnchorBody | undefined {
  const head = cursor.advance().value;
  const rule: RuleDraft = {
    ...{ head, ...place, isPass: false, hasUnknown: false },
    ...{ conditions: [], clauses: [] },
  };
  const isAnchor = head.endsWith('anchor');
  if (isAnchor && (cursor.token.kind === 'quoted' || isPlainWord(cursor.token))) {
    if (cursor.token.isOpen) notes.fault(openQuote(cursor.token));
    rule.calls = cursor.advance().value;
  }
  let body: AnchorBody | undefined;
  while (body === undefined && !cursor.isLineEnd() && !cursor.isMark('}')) {
    if (isAnchor && cursor.isMark('{')) {
      body = { name: rule.calls ?? '', open: cursor.advance().span };
    } else {
      readPart(cursor, rule, notes);
    }
  }
  noteRule(rule, notes);
  return body;
}

/** The rules between an anchor's brackets. */
export interface AnchorBody {
  readonly name: string;
  readonly open: Span;
}

function readPart(cursor: PfCursor, rule: RuleDraft, notes: PfNotes): void {
  const { token } = cursor;
  if (token.kind === 'unknown') rule.hasUnknown = true;
  if (token.isOpen) notes.fault(openQuote(token));
  if (token.kind === 'mark') {
    if (token.value === '->') readTargets(cursor, rule, notes);
    else if (token.value === '{') skipBraces(cursor, notes);
    else if (token.value === '(') skipParentheses(cursor);
    else cursor.advance();
  } else if (token.kind === 'word') {
    readWord(cursor, token, rule, notes);
  } else {
    cursor.advance();
  }
}

function readWord(cursor: PfCursor, { value, span }: PfToken, rule: RuleDraft, notes: PfNotes): void {
  switch (value) {
    case 'in':
    case 'out':
      rule.direction = value;
      cursor.advance();
      break;
    case 'pass':
      rule.isPass = true;
      cursor.advance();
      break;
    case 'inet':
    case 'inet6':
      rule.family = value === 'inet' ? 'ipv4' : 'ipv6';
      cursor.advance();
      break;
    case 'quick':
    case 'fragment':
      cursor.advance();
      addCondition(rule, value);
      break;
    case 'proto':
      readProtocols(cursor, rule, notes);
      break;
    case 'from':
      readPeer(cursor, rule, 'source', notes);
      break;
    case 'to':
      readPeer(cursor, rule, 'destination', notes);
      break;
    case 'port':
      readStrayPort(cursor, rule);
      break;
    case 'rdr-to':
    case 'nat-to':
    case 'binat-to':
    case 'divert-to':
    case 'divert-packet':
    case 'af-to':
      readTargets(cursor, rule, notes);
      break;
    case 'set':
      cursor.advance();
      if (!cursor.isMark('(') && !cursor.isLineEnd()) cursor.advance();
      skipValue(cursor, notes);
      break;
    default:
      if (conditions.has(value)) {
        cursor.advance();
        skipValue(cursor, notes);
        addCondition(rule, cursor.text.slice(span.start, cursor.previousEnd));
      } else {
        cursor.advance();
        if (settings.has(value)) skipValue(cursor, notes);
      }
  }
}

/** Options that narrow down what a rule matches, and have a value. */
const conditions: ReadonlySet<string> = new Set([
  ...[
    'on',
    'user',
    'group',
    'flags',
    'icmp-type',
    'icmp6-type',
    'code',
    'tos',
    'tagged',
    'received-on',
    'os',
  ],
  ...['prio', 'probability', 'max-pkt-rate'],
]);

/** Options that have a value and narrow nothing down. */
const settings: ReadonlySet<string> = new Set([
  ...[
    'label',
    'tag',
    'queue',
    'rtable',
    'dnpipe',
    'dnqueue',
    'ridentifier',
    'route-to',
    'reply-to',
    'dup-to',
  ],
]);

/** `port` belongs to the host behind `from` or `to`, or stands right behind one of these words. */
function readStrayPort(cursor: PfCursor, rule: RuleDraft): void {
  const { span } = cursor.token;
  const spec = readPortSpec(cursor);
  if (rule.hasUnknown) return;
  const fault = syntaxFault(span, '"port" stands behind neither "from" nor "to"');
  rule.clauses.push({ side: 'destination', spec: { ...spec, faults: [fault] } });
  if (rule.protocols === undefined) rule.hasUnknown = true;
}

function isPlainWord({ kind, value }: PfToken): boolean {
  return kind === 'word' && !isPfKeyword(value);
}
