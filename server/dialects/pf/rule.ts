import type { Span } from '../../model/span';
import type { PfCursor } from '../../syntax/pf/pf-cursor';
import { readPortSpec, syntaxFault } from '../../syntax/pf/pf-port-spec';
import type { PfToken } from '../../syntax/pf/pf-tokens';
import { isPfKeyword } from '../../syntax/pf/pf-words';
import { openQuote } from './macros';
import { noteRule } from './note-rule';
import type { PfNotes } from './notes';
import { readPeer } from './peers';
import { readProtocols } from './protocols';
import { addCondition, addOther, plainText, type RuleDraft } from './rule-draft';
import { skipBraces, skipParentheses, skipValue } from './skip';
import { readTargets } from './targets';

/** Where a rule stands. */
export interface RulePlace {
  readonly anchors: readonly string[];
  readonly isNo: boolean;
  /** The anchors again, those without a name as well. */
  readonly path: readonly string[];
  /** Where it begins, the `no` in front of it included. */
  readonly start: number;
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
  const { anchors, path, isNo, start } = place;
  const rule: RuleDraft = {
    ...{ head, anchors, path, isNo, isPass: false, hasUnknown: false },
    ...{ conditions: [], clauses: [], filter: { areSteady: true, others: [] } },
  };
  const isAnchor = head.endsWith('anchor');
  if (isAnchor && (cursor.token.kind === 'quoted' || isPlainWord(cursor.token))) {
    if (cursor.token.isOpen) notes.fault(openQuote(cursor.token));
    rule.calls = cursor.advance().value;
  }
  let body: AnchorBody | undefined;
  while (body === undefined && !cursor.isLineEnd() && !cursor.isMark('}')) {
    if (isAnchor && cursor.isMark('{')) {
      const chain = rule.calls ?? notes.filter.nameAnchor();
      body = { name: rule.calls ?? '', chain, open: cursor.advance().span };
    } else {
      readPart(cursor, rule, notes);
    }
  }
  noteRule(rule, notes);
  if (body !== undefined) addOther(rule, '{ … }', false);
  notes.filter.add(rule, { start, end: cursor.previousEnd });
  return body;
}

/** The rules between an anchor's brackets. */
export interface AnchorBody {
  readonly name: string;
  /** The name that it has among the chains of the filter; empty for brackets that are no anchor. */
  readonly chain: string;
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
    else {
      cursor.advance();
      if (token.value === '!') addOther(rule, token.value, false);
    }
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
      if (value === 'quick') rule.filter.isQuick = true;
      else addOther(rule, value, true);
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
      rule.filter.isTranslating = true;
      break;
    case 'set':
      cursor.advance();
      if (!cursor.isMark('(') && !cursor.isLineEnd()) cursor.advance();
      skipValue(cursor, notes);
      break;
    default:
      if (conditions.has(value)) {
        cursor.advance();
        const first = cursor.token;
        skipValue(cursor, notes);
        const text = cursor.text.slice(span.start, cursor.previousEnd);
        addCondition(rule, text);
        noteCondition(rule, value, text, first);
      } else {
        cursor.advance();
        if (settings.has(value)) skipValue(cursor, notes);
        else noteOption(cursor, rule, value);
      }
  }
}

/** Conditions that decide on a packet by what it is, and not by what other rules made of it. */
const steady: ReadonlySet<string> = new Set([
  'user',
  'group',
  'flags',
  'icmp-type',
  'icmp6-type',
  'tos',
  'received-on',
]);

function noteCondition(rule: RuleDraft, word: string, text: string, first: PfToken): void {
  const { filter } = rule;
  if (word === 'flags') {
    filter.hasFlags = true;
    if (first.value === 'any') return;
  }
  if (word !== 'on') {
    addOther(rule, text, steady.has(word));
    return;
  }
  if (filter.interfaceText !== undefined) addOther(rule, filter.interfaceText, true);
  filter.interfaceText = plainText(text);
  // `any` leaves out the loopback interfaces, `rdomain` is no name.
  const isOther = /^(?:any|rdomain|rtable)$/.test(first.value);
  if (/^(?:word|quoted)$/.test(first.kind) && !isOther && first.value !== '')
    filter.interfaceName = first.value;
  else delete filter.interfaceName;
  if (isOther) filter.areSteady = false;
}

/** Words without a value of their own. */
function noteOption(cursor: PfCursor, rule: RuleDraft, word: string): void {
  const { filter } = rule;
  if (rule.head === 'block' && /^(?:drop|return|return-rst|return-icmp6?)$/.test(word))
    filter.blockWord = word;
  else if (word === 'no') filter.isStateless = true;
  else if (word === 'once') addOther(rule, word, false);
  // `keep state (max 10)`: what is above the limit is not let through.
  else if (word === 'state' && cursor.isMark('(')) addOther(rule, 'keep state (…)', false);
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
