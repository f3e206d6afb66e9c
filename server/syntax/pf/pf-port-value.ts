import type { FaultFix } from '../../model/fault';
import type { PortRange } from '../../model/port';
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

/**
 * `operators` where a rule matches ports, `range` where it sends packets on to some, `ordered` where pfctl looks at the
 * order of the ends there, too (`rdr-to`), `plain` for a single port.
 */
export type PfPortForm = 'operators' | 'range' | 'ordered' | 'plain';

/** Reads a port or a range as `parseport` of parse.y does. */
export function readPortValue(cursor: PfCursor, form: PfPortForm): PfPortValue {
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

/** Tells whether the token can be a port, as pfctl's `numberstring`. */
export function isPortToken({ kind, value }: PfToken): boolean {
  return (
    kind === 'number' || kind === 'quoted' || kind === 'unknown' || (kind === 'word' && !isPfKeyword(value))
  );
}

/** The characters that show the value, where some do. */
function placeOf(token: PfToken, source: string): Span {
  const span = token.written ?? token.span;
  if (token.kind !== 'quoted' || token.isOpen) return span;
  const inner = { start: span.start + 1, end: span.end - 1 };
  return source.slice(inner.start, inner.end) === token.value ? inner : span;
}
