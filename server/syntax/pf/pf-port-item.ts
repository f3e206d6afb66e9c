import type { FaultFix, PortRange, VariableUse } from '../../model/port';
import type { Span } from '../../model/span';
import { trap } from '../refusal';
import type { PfCursor } from './pf-cursor';
import { pfPortNumber } from './pf-port-number';
import { pfRefusal } from './pf-refusal';
import type { PfToken } from './pf-tokens';
import { isPfKeyword } from './pf-words';

/** A fault or trap within a port expression. */
export interface PfPortFault {
  readonly rule: 'invalid-port' | 'octal-port' | 'excluded-ends';
  readonly span: Span;
  /** What is wrong, and behind it pfctl's words where it refuses. */
  readonly message: string;
  readonly fixes?: readonly FaultFix[];
}

/** A word or number that stands where a port stands. */
export interface PfPortValue {
  readonly token: PfToken;
  /** The characters to judge it by: in the macro's definition where it comes out of one, without quotation marks. */
  readonly place: Span;
  /** The characters that a hover touches: `$name` where it comes out of a macro. */
  readonly shown: Span;
  readonly ports?: PortRange;
  /** True for `A:B` with two different ends, and for `A:*`. */
  readonly isRange: boolean;
  /** True for `A:*`, whose last port the matched range decides. */
  readonly isOpen: boolean;
  readonly faults: readonly PfPortFault[];
}

/** One port expression: `80`, `!= 80`, `1024:2048`, `1024 >< 2048`. */
export interface PfPortItem {
  /** With its operator. */
  readonly span: Span;
  readonly operator?: string;
  /** One, or two around a binary operator. */
  readonly values: readonly PfPortValue[];
  readonly ports?: PortRange;
  /** True when it means every port but these. */
  readonly isNegated: boolean;
  readonly variables: readonly VariableUse[];
  readonly faults: readonly PfPortFault[];
}

/**
 * `operators` where a rule matches ports, `range` where it sends packets on to some, `ordered` where pfctl looks at the
 * order of the ends there, too (`rdr-to`), `plain` for a single port.
 */
export type PfPortForm = 'operators' | 'range' | 'ordered' | 'plain';

/** Tells whether the token can be a port, as pfctl's `numberstring`. */
export function isPortToken({ kind, value }: PfToken): boolean {
  return (
    kind === 'number' || kind === 'quoted' || kind === 'unknown' || (kind === 'word' && !isPfKeyword(value))
  );
}

/** Reads `port_item` of parse.y, or its sisters `portstar` and `portplain`; undefined when no port stands here. */
export function readPortItem(cursor: PfCursor, form: PfPortForm): PfPortItem | undefined {
  const { start } = cursor.token.span;
  const operator = form === 'operators' ? unaryOperator(cursor) : undefined;
  if (!isPortToken(cursor.token)) return undefined;
  const first = portValue(cursor, form);
  const binary = cursor.token;
  if (form !== 'operators' || operator !== undefined || !isBinary(binary)) {
    return item({ start, end: cursor.previousEnd }, operator, [first], form);
  }
  cursor.advance();
  const values = isPortToken(cursor.token) ? [first, portValue(cursor, form)] : [first];
  return item({ start, end: cursor.previousEnd }, binary.value, values, form);
}

function isBinary({ kind, value }: PfToken): boolean {
  return kind === 'mark' && (value === '><' || value === '<>');
}

/** FreeBSD reads the two characters of an operator as two tokens. */
function unaryOperator(cursor: PfCursor): string | undefined {
  const { kind, value } = cursor.token;
  if (kind !== 'mark' || !['=', '!=', '<', '<=', '>', '>=', '!'].includes(value)) return undefined;
  cursor.advance();
  if (!['!', '<', '>'].includes(value) || !cursor.isMark('=')) return value;
  cursor.advance();
  return `${value}=`;
}

/** `parseport` of parse.y. */
function portValue(cursor: PfCursor, form: PfPortForm): PfPortValue {
  const token = cursor.advance();
  const place = placeOf(token, cursor.text);
  const whole = { token, place, shown: token.variable === undefined ? place : token.span };
  if (token.kind === 'unknown') return { ...whole, isRange: false, isOpen: false, faults: [] };
  const colon = token.value.indexOf(':');
  if (colon < 0) {
    const { port, faults } = judged(token.value, place, cursor.text, 0);
    return {
      ...whole,
      ...(port !== undefined && { ports: one(port) }),
      isRange: false,
      isOpen: false,
      faults,
    };
  }
  const head = token.value.slice(0, colon);
  const tail = token.value.slice(colon + 1);
  if (form === 'plain') {
    const message = pfRefusal(
      `A single port stands here, and "${token.value}" is none`,
      `port is invalid: ${token.value}`,
    );
    return {
      ...whole,
      isRange: true,
      isOpen: false,
      faults: [{ rule: 'invalid-port', span: place, message }],
    };
  }
  const halfOpen = form === 'operators' ? halfOpenFault(head, tail, place) : undefined;
  if (halfOpen !== undefined) return { ...whole, isRange: true, isOpen: false, faults: [halfOpen] };
  const first = judged(head, place, cursor.text, 0);
  if ((form === 'range' || form === 'ordered') && tail === '*') {
    const ports = first.port === undefined ? {} : { ports: one(first.port) };
    return { ...whole, ...ports, isRange: true, isOpen: true, faults: first.faults };
  }
  // pfctl tells the first end's fault and looks no further.
  if (first.faults.some(({ rule }) => rule === 'invalid-port'))
    return { ...whole, isRange: true, isOpen: false, faults: first.faults };
  const last = judged(tail, place, cursor.text, colon + 1);
  const faults = [...first.faults, ...last.faults];
  const ends = first.port !== undefined && last.port !== undefined;
  const ports = ends ? { ports: { first: first.port, last: last.port } } : {};
  return { ...whole, ...ports, isRange: !ends || first.port !== last.port, isOpen: false, faults };
}

function one(port: number): PortRange {
  return { first: port, last: port };
}

/** `1024:` and `:1023`, which other packet filters take for an open range. */
function halfOpenFault(head: string, tail: string, span: Span): PfPortFault | undefined {
  if ((head === '') === (tail === '')) return undefined;
  const operator = head === '' ? '<=' : '>=';
  const text = `${operator} ${head}${tail}`;
  return {
    rule: 'invalid-port',
    span,
    message: pfRefusal(`A range has two ends; an open one is written ${text}`, 'unknown port'),
    fixes: [{ title: `Write ${text}`, span, text }],
  };
}

interface Judged {
  readonly port?: number;
  readonly faults: readonly PfPortFault[];
}

/** Reads `text`, which stands `offset` characters behind the place's start when the place shows the characters. */
function judged(text: string, place: Span, source: string, offset: number): Judged {
  const { port, fault, isOctal } = pfPortNumber(text);
  const at = { start: place.start + offset, end: place.start + offset + text.length };
  const isShown = at.end <= place.end && source.slice(at.start, at.end) === text;
  const span = isShown ? at : place;
  const found = port === undefined ? {} : { port };
  if (fault !== undefined) {
    const message = pfRefusal(fault.reason, fault.pfctl);
    const fixes = isShown ? dashFixes(text, span) : undefined;
    return { ...found, faults: [{ rule: 'invalid-port', span, message, ...(fixes && { fixes }) }] };
  }
  if (!isOctal || port === undefined) return { ...found, faults: [] };
  const plain = `${Number(text)}`;
  const message = trap(
    `${text} is port ${port}: pf reads it in base eight here, because of its leading zero`,
  );
  const fixes = [plain, `${port}`].map((each) => ({ title: `Write ${each}`, span, text: each }));
  return { ...found, faults: [{ rule: 'octal-port', span, message, ...(isShown && { fixes }) }] };
}

/** Other packet filters write a range with a dash. */
function dashFixes(text: string, span: Span): readonly FaultFix[] | undefined {
  const [, first, last] = /^([1-9][0-9]{0,4})-([1-9][0-9]{0,4})$/.exec(text) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last) || Number(last) > 65535)
    return undefined;
  return [{ title: `Write ${first}:${last}`, span, text: `${first}:${last}` }];
}

/** The characters that show the value, where some do. */
function placeOf(token: PfToken, source: string): Span {
  const span = token.written ?? token.span;
  if (token.kind !== 'quoted' || token.isOpen) return span;
  const inner = { start: span.start + 1, end: span.end - 1 };
  return source.slice(inner.start, inner.end) === token.value ? inner : span;
}

function item(
  span: Span,
  operator: string | undefined,
  values: readonly PfPortValue[],
  form: PfPortForm,
): PfPortItem {
  const faults = values.flatMap((value) => value.faults);
  const isRefused = faults.some(({ rule }) => rule === 'invalid-port');
  const isJudged = !isRefused && (form === 'operators' || form === 'ordered');
  const own = isJudged ? operatorFault(operator, values, form) : undefined;
  const variables = values.flatMap(({ token }) => token.variable ?? []);
  const whole = { span, ...(operator !== undefined && { operator }), values, variables };
  const isNegated = operator === '!=' || operator === '<>';
  if (isRefused || own?.rule === 'invalid-port')
    return { ...whole, isNegated, faults: own === undefined ? faults : [...faults, own] };
  if (own !== undefined) faults.push(own);
  const ports = matched(operator, values);
  return { ...whole, ...(ports && { ports }), isNegated, faults };
}

/** What `port_item` refuses once its numbers are read (`validate_range`). */
function operatorFault(
  operator: string | undefined,
  values: readonly PfPortValue[],
  form: PfPortForm,
): PfPortFault | undefined {
  const [first, second] = values;
  const range = values.find(({ isRange, isOpen }) => isRange && !isOpen);
  if (first === undefined) return undefined;
  if (operator !== undefined && range !== undefined) {
    const message = pfRefusal(
      `A range stands alone, and behind or in front of "${operator}" it cannot`,
      "':' cannot be used with an other port operator",
    );
    return { rule: 'invalid-port', span: range.place, message };
  }
  const [from, to] = [first.ports?.first, (second ?? first).ports?.last];
  if (from === undefined || to === undefined) return undefined;
  if (second !== undefined) return binaryFault(operator, first, second, from, to);
  if (from <= to) return undefined;
  const text = `${to}:${from}`;
  const pfctl = form === 'ordered' ? 'invalid rdr-to port range' : 'invalid port range';
  const isLiteral = first.place.end - first.place.start === first.token.value.length;
  return {
    rule: 'invalid-port',
    span: first.place,
    message: pfRefusal(`${from} is above ${to}: the range ends before it begins`, pfctl),
    ...(isLiteral && { fixes: [{ title: `Write ${text}`, span: first.place, text }] }),
  };
}

function binaryFault(
  operator: string | undefined,
  first: PfPortValue,
  second: PfPortValue,
  from: number,
  to: number,
): PfPortFault | undefined {
  const span = joined(first.place, second.place);
  const isLiteral = first.token.written === undefined && second.token.written === undefined;
  if (from > to || (operator === '><' && from === to)) {
    const reason =
      from === to
        ? `There is no port between ${from} and ${to}`
        : `${from} is above ${to}: the range ends before it begins`;
    return { rule: 'invalid-port', span, message: pfRefusal(reason, 'invalid port range') };
  }
  // Who counts from one below a round number, or from one below traceroute's first port, knows that the ends are left out.
  const isMeant = from === beforeTraceroute || [10, 1024].some((round) => (from + 1) % round === 0);
  if (operator !== '><' || isMeant) return undefined;
  const matches =
    to - from === 1
      ? 'matches no port'
      : `matches ${to - from === 2 ? from + 1 : `${from + 1} to ${to - 1}`}`;
  const text = `${from}:${to}`;
  return {
    rule: 'excluded-ends',
    span,
    message: `${from} >< ${to} ${matches}: both ends are left out.`,
    ...(isLiteral && { fixes: [{ title: `Write ${text}`, span, text }] }),
  };
}

const beforeTraceroute = 33433;

function joined(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** The ports that an operator and its values stand for (`pf_match` of the kernel); undefined when none or unknown. */
function matched(operator: string | undefined, values: readonly PfPortValue[]): PortRange | undefined {
  const [first, second] = values;
  if (first?.ports === undefined || (second !== undefined && second.ports === undefined)) return undefined;
  const from = first.ports.first;
  const to = (second ?? first).ports?.last ?? from;
  switch (operator) {
    case '<':
      return filled(0, from - 1);
    case '<=':
      return filled(0, from);
    case '>':
      return filled(from + 1, 65535);
    case '>=':
      return filled(from, 65535);
    case '><':
      return filled(from + 1, to - 1);
    default:
      return filled(from, to);
  }
}

function filled(first: number, last: number): PortRange | undefined {
  return first <= last ? { first, last } : undefined;
}
