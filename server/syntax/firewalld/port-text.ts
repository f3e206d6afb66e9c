import type { PortRange } from '../../model/port';
import { serviceNumber } from '../services/services';
import { unknownText } from '../sourced-text';
import { pythonInt } from './python-int';

/** What firewalld makes of a port text. */
export type PortText =
  /** Ports, and what is odd about the way to them. */
  | { readonly ports: PortRange; readonly oddity?: PortOddity }
  /** The text cannot be judged: it has a part that is not known, or a name that is not. */
  | { readonly ports?: undefined; readonly refusal?: undefined }
  | { readonly ports?: undefined; readonly refusal: PortRefusal };

/** A range that was written backwards, one that lacks its last port, and port 0. */
export type PortOddity = 'swapped' | 'half-open' | 'zero';

/** A single number above 65535, no port at all, or names that can be read in two ways. */
export type PortRefusal = 'too big' | 'invalid' | 'ambiguous';

/** The highest port there is. */
export const highestPort = 65535;

/**
 * Reads a port or range of ports as firewalld does (src/firewall/functions.py, `getPortRange` and `getPortID`):
 * `N` or `N-M` in decimal, or service names as getservbyname(3) finds them, which can have dashes themselves. A range
 * that runs backwards is turned round, one without an end is its first port, blanks are trimmed, and 0 is a port.
 */
export function readPortText(text: string): PortText {
  if (isOpaque(text)) return {};
  if (/^[0-9]+$/.test(text)) {
    const id = portId(text);
    return typeof id !== 'number'
      ? { refusal: 'invalid' }
      : id > highestPort
        ? { refusal: 'too big' }
        : single(id);
  }
  const parts = text.split('-');
  // Each way to cut the text in two costs a copy of it: no name has that many dashes.
  if (parts.length > mostParts) return { refusal: 'invalid' };
  const matches: PortText[] = [];
  let isCertain = true;
  for (let count = parts.length; count > 0; count -= 1) {
    const first = portId(parts.slice(0, count).join('-'));
    const rest = parts.slice(count).join('-');
    const last = rest === '' ? undefined : portId(rest);
    const isWhole = count === parts.length;
    if (isPort(first) && isWhole) return single(first);
    if (isPort(first) && rest === '') matches.push({ ports: { first, last: first }, oddity: 'half-open' });
    else if (isPort(first) && isPort(last)) matches.push(range(first, last));
    // Where both ends are known, nobody has a service of that very name.
    else if (couldBePort(first) && (rest === '' || couldBePort(last))) isCertain = false;
  }
  const [match] = matches;
  if (matches.length === 1 && match !== undefined) return match;
  if (matches.length > 1) return { refusal: 'ambiguous' };
  return isCertain ? { refusal: 'invalid' } : {};
}

/**
 * Tells whether the text holds something that another program replaces before firewalld sees it, or that is not known:
 * a variable, a placeholder, braces that a shell expands. Python reads the digits of other scripts, too.
 */
export function isOpaque(text: string): boolean {
  return text.includes(unknownText) || /[{}$`<%@]|(?![0-9])\p{N}/u.test(text);
}

const mostParts = 64;

/** A number, a name that may or may not be a service somewhere, or nothing that could be a port. */
type PortId = number | 'unknown name' | undefined;

function portId(text: string): PortId {
  const number = pythonInt(text);
  if (number !== undefined) return number;
  const name = text.trim();
  return serviceNumber(name) ?? (isServiceName(name) ? 'unknown name' : undefined);
}

/**
 * What could be a service name on some machine: letters, digits and a few signs, with a letter among them. IANA has no
 * name that ends with a dash, and but one that begins with two digits (`802-11-iapp`; `914c-g` is historic), so
 * `0x50` and `80tcp` are none.
 */
function isServiceName(text: string): boolean {
  return (
    text.length <= 64 &&
    /^(?![0-9]{2}|0)[A-Za-z0-9][A-Za-z0-9+._-]*$/.test(text) &&
    /[A-Za-z]/.test(text) &&
    !text.endsWith('-')
  );
}

function isPort(id: PortId): id is number {
  return typeof id === 'number' && id >= 0 && id <= highestPort;
}

function couldBePort(id: PortId): boolean {
  return id === 'unknown name' || isPort(id);
}

function single(port: number): PortText {
  const ports = { first: port, last: port };
  return port === 0 ? { ports, oddity: 'zero' } : { ports };
}

function range(first: number, last: number): PortText {
  if (first === last) return single(first);
  return first < last
    ? { ports: { first, last } }
    : { ports: { first: last, last: first }, oddity: 'swapped' };
}
