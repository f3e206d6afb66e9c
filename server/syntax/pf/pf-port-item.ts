import type { PortRange, VariableUse } from '../../model/port';
import type { Span } from '../../model/span';
import type { PfCursor } from './pf-cursor';
import {
  isPortToken,
  type PfPortFault,
  type PfPortForm,
  type PfPortValue,
  readPortValue,
} from './pf-port-value';
import { pfRefusal } from './pf-refusal';
import type { PfToken } from './pf-tokens';

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

/** Reads `port_item` of parse.y, or its sisters `portstar` and `portplain`; undefined when no port stands here. */
export function readPortItem(cursor: PfCursor, form: PfPortForm): PfPortItem | undefined {
  const { start } = cursor.token.span;
  const operator = form === 'operators' ? unaryOperator(cursor) : undefined;
  if (!isPortToken(cursor.token)) return undefined;
  const first = readPortValue(cursor, form);
  const binary = cursor.token;
  if (form !== 'operators' || operator !== undefined || !isBinary(binary)) {
    return item({ start, end: cursor.previousEnd }, operator, [first], form);
  }
  cursor.advance();
  const values = isPortToken(cursor.token) ? [first, readPortValue(cursor, form)] : [first];
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
