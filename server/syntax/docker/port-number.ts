import type { PortRange } from '../../model/port';

/** The highest port number there is. */
export const highestPort = 65535;

/** Why a text is no port or range of ports, in words that go on a sentence: `"http" is not a number`. */
export interface PortTextFault {
  readonly reason: string;
}

/**
 * Reads `N` or `N-M` as Docker does: decimal digits, leading zeros and one plus sign allowed, both ends within
 * 0-65535 and not reversed (docker/go-connections nat/parse.go).
 */
export function readPortRange(text: string): PortRange | PortTextFault {
  const dash = text.indexOf('-');
  const first = readPort(dash < 0 ? text : text.slice(0, dash));
  if (typeof first !== 'number') return dash === 0 ? missingEnd(text, 'before') : first;
  if (dash < 0) return { first, last: first };
  const end = text.slice(dash + 1);
  if (end === '') return missingEnd(text, 'after');
  const last = readPort(end);
  if (typeof last !== 'number') return last;
  if (last < first) return { reason: `the range ${text} runs backwards` };
  return { first, last };
}

/** Tells a range from a fault. */
export function isPortRange(read: PortRange | PortTextFault): read is PortRange {
  return 'first' in read;
}

function readPort(text: string): number | PortTextFault {
  if (!/^\+?[0-9]+$/.test(text)) return { reason: notANumber(text) };
  const port = Number(text);
  return port > highestPort ? { reason: `${text} is above ${highestPort}, the highest port` } : port;
}

function notANumber(text: string): string {
  if (text === '') return 'a port number is missing';
  if (/[\r\n]/.test(text))
    return 'a line break belongs to the text; a block scalar without it begins with |- or >-';
  if (text !== text.trim()) return `${JSON.stringify(text)} has a blank in it`;
  return `${JSON.stringify(text)} is not a port number`;
}

function missingEnd(text: string, side: 'before' | 'after'): PortTextFault {
  return { reason: `the range ${JSON.stringify(text)} has no port ${side} its dash` };
}
