import type { PortRange } from '../../model/port';
import { unknownText } from '../sourced-text';
import { couldBeService, servicePort } from './ufw-services';

/** One port, range or service name of a port text; `from` and `to` are places in the text. */
export interface UfwPort {
  readonly from: number;
  readonly to: number;
  /** The digits of a port, or of both ends of a range; absent for a name and for what cannot be known. */
  readonly digits?: readonly [first: string, last: string];
  /** What a service name stands for, where that is known. */
  readonly service?: PortRange;
}

/** Why ufw refuses a port text, at its characters. */
export interface PortTextFault {
  readonly rule: 'invalid-port' | 'too-many-ports';
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** What a port text says. */
export interface UfwPortText {
  readonly ports: readonly UfwPort[];
  /** True for a list and for a range: ufw writes such a rule with iptables' multiport match. */
  readonly isMulti: boolean;
  readonly fault?: PortTextFault;
}

/** How many ports a rule takes; iptables' multiport match has as many slots, and a range fills two. */
const mostPorts = 15;

/**
 * Reads a port text as ufw does (src/common.py, UFWRule.set_port): ports from 1 to 65535, ranges `first:last` whose
 * ends differ and service names, separated by commas. `any` is no port and no fault. Zeros in front are kept.
 *
 * @param text The port text alone, without a protocol; unknown text in it is never at fault.
 */
export function readPortText(text: string): UfwPortText {
  if (text === 'any') return { ports: [], isMulti: false };
  const parts = partsOf(text);
  const ports: UfwPort[] = [];
  let fault: PortTextFault | undefined;
  const slots = 1 + countOf(text, ',') + countOf(text, ':');
  if (/^[,:]/.test(text)) {
    fault = {
      rule: 'invalid-port',
      from: 0,
      to: text.length,
      reason: `"${text}" begins with a sign, not with a port`,
    };
  } else if (slots > mostPorts) {
    const reason = `the list takes ${slots} places, and a rule has ${mostPorts}; a range takes two`;
    fault = { rule: 'too-many-ports', from: 0, to: text.length, reason };
  }
  for (const { from, to } of parts) {
    // Python's `$` lets a line break stand behind the digits, which the lines of a profile can bring along.
    const end = /[0-9]\n$/.test(text.slice(Math.max(from, to - 2), to)) ? to - 1 : to;
    const read = readPort(text.slice(from, end));
    if (typeof read === 'string') fault ??= { rule: 'invalid-port', from, to: end, reason: read };
    else ports.push({ from, to: end, ...read });
  }
  const isMulti = parts.length > 1 || ports.some(({ from, to }) => text.slice(from, to).includes(':'));
  return { ports, isMulti, ...(fault && { fault }) };
}

/** Tells whether ufw takes the text for numbers, and not for a service name (`^\d([0-9,:]*\d+)*$` in src/parser.py). */
export function isNumericPortText(text: string): boolean {
  return /^[0-9](?:[0-9,:]*[0-9])?$/.test(text);
}

/** One item of the list; a text says what is wrong with it. */
function readPort(text: string): Omit<UfwPort, 'from' | 'to'> | string {
  if (text.includes(unknownText)) return {};
  const range = /^([0-9]+):([0-9]+)$/.exec(text);
  if (range !== null) {
    const [, first = '', last = ''] = range;
    return rangeFault(text, first, last) ?? { digits: [first, last] };
  }
  if (/^[0-9]+$/.test(text)) return numberFault(text) ?? { digits: [text, text] };
  const port = servicePort(text);
  if (port !== undefined) return { service: { first: port, last: port } };
  return couldBeService(text) ? {} : otherFault(text);
}

function rangeFault(text: string, first: string, last: string): string | undefined {
  const fault = numberFault(first) ?? numberFault(last);
  if (fault !== undefined || Number(first) < Number(last)) return fault;
  return Number(first) === Number(last)
    ? `the range ${text} is one port, which ufw writes as ${last}`
    : `the range ${text} runs backwards`;
}

function numberFault(digits: string): string | undefined {
  const port = Number(digits);
  if (port < 1) return `${digits} is no port that ufw takes: ports are 1 to ${highestPort}`;
  return port > highestPort ? `${digits} is above ${highestPort}, the highest port` : undefined;
}

function otherFault(text: string): string {
  if (text.trim() === '') return 'a port number is missing';
  if (/^[0-9]+-[0-9]+$/.test(text))
    return `"${text}" is no range, which ufw writes ${text.replace('-', ':')}`;
  if (/^[0-9]*:[0-9]*$/.test(text)) return `the range "${text}" has an open end`;
  if (/\s/.test(text)) return `"${text}" has a blank in it`;
  return `"${text}" is not a port`;
}

const highestPort = 65535;

function partsOf(text: string): { readonly from: number; readonly to: number }[] {
  const parts: { from: number; to: number }[] = [];
  for (let from = 0; ; ) {
    const comma = text.indexOf(',', from);
    parts.push({ from, to: comma < 0 ? text.length : comma });
    if (comma < 0) return parts;
    from = comma + 1;
  }
}

function countOf(text: string, sign: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
}
