import type { Transport } from '../../model/port';
import { serviceNumber } from '../services/services';
import { unknownText } from '../sourced-text';

/**
 * How a part of the program reads the text of one port.
 * - `strtoul`: xtables_parse_port and the targets of NAT (libxtables/xtables.c): a number in C's notation, so that a
 *   leading zero makes it octal and `0x` hexadecimal, 0 to 65535; else getservbyname(3).
 * - `getaddrinfo`: xtables_getportbyname (libxtables/xtoptions.c): a decimal number whose lower 16 bits count; else a
 *   service of any protocol.
 * - `either`: the rule's protocol is not known, so that only what both ways agree on is known.
 */
export type PortNotation = 'strtoul' | 'getaddrinfo' | 'either';

/** What the text of one port turned out to be. */
export type PortText =
  | { readonly kind: 'port'; readonly port: number; readonly trap?: PortTrap }
  /** A variable, or a name that only the machine's own `/etc/services` can tell. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused' };

/** It loads as another port than the one that a reader sees: `meant` is what the digits say. */
export interface PortTrap {
  readonly rule: 'octal-port' | 'truncated-port';
  readonly meant: number;
}

/** The highest port there is. */
export const highestPort = 65535;

/**
 * Reads the text of one port.
 *
 * @param lookup The transport that a service name is looked up for; absent where any will do.
 */
export function readPortText(text: string, notation: PortNotation, lookup?: Transport): PortText {
  if (text.includes(unknownText)) return unknown;
  if (notation === 'strtoul') return byStrtoul(text, lookup);
  if (notation === 'getaddrinfo') return byGetaddrinfo(text);
  const first = byStrtoul(text, lookup);
  const second = byGetaddrinfo(text);
  if (first.kind === 'refused' && second.kind === 'refused') return first;
  if (first.kind !== 'port' || second.kind !== 'port') return unknown;
  return first.port === second.port ? { kind: 'port', port: first.port } : unknown;
}

/** Tells whether a name could stand in some machine's `/etc/services`; a wrong case of a known name could not. */
export function mayBeService(text: string): boolean {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.+*-]*$/.test(text) || !/[A-Za-z]/.test(text)) return false;
  if (/^(?:[0-9]+[A-Za-z]?|[0-9]+[eE][0-9]+|0[xX][0-9A-Fa-f]*)$/.test(text)) return false;
  return serviceNumber(text) !== undefined || serviceNumber(text.toLowerCase()) === undefined;
}

/**
 * The number that a text begins with, in C's notation (strtoul(3) with base 0 after the check of
 * libxtables/xtables.c, `xtables_strtoul`: blanks may stand before it, a minus sign may not), and where it ends.
 */
export function strtoul(text: string): { readonly value: number; readonly end: number } | undefined {
  const match = /^[ \t\n\v\f\r]*\+?(?:0[xX]([0-9A-Fa-f]+)|(0[0-7]*)|([1-9][0-9]*))/.exec(text);
  if (match === null) return undefined;
  const [whole, hexadecimal, octal, decimal = ''] = match;
  const value =
    hexadecimal !== undefined
      ? Number.parseInt(hexadecimal, 16)
      : octal !== undefined
        ? Number.parseInt(octal, 8)
        : Number(decimal);
  return { value, end: whole.length };
}

/** The octal reading of digits that say something else in the decimal one. */
export function octalTrap(text: string): PortTrap | undefined {
  const digits = /^[ \t\n\v\f\r]*\+?0([0-7]+)$/.exec(text)?.[1];
  if (digits === undefined || Number.parseInt(digits, 8) === Number(digits)) return undefined;
  return { rule: 'octal-port', meant: Number(digits) };
}

const unknown: PortText = { kind: 'unknown' };

function byStrtoul(text: string, lookup: Transport | undefined): PortText {
  const read = strtoul(text);
  if (read !== undefined && read.end === text.length && read.value <= highestPort) {
    const trap = octalTrap(text);
    return { kind: 'port', port: read.value, ...(trap && { trap }) };
  }
  return byName(text, lookup);
}

/**
 * glibc reads the digits into an unsigned long and keeps the lower 32 bits, of which a negative number is none
 * (`getaddrinfo`, gai_service.num); htons(3) keeps the lower 16.
 */
function byGetaddrinfo(text: string): PortText {
  const [, sign, digits] = /^[ \t\n\v\f\r]*([+-]?)([0-9]+)$/.exec(text) ?? [];
  if (digits === undefined) return byName(text, undefined);
  const significant = digits.replace(/^0+/, '');
  if (significant.length > 20) return { kind: 'refused' };
  const full = BigInt(significant === '' ? '0' : significant);
  if (full > largestUnsigned) return { kind: 'refused' };
  const low = BigInt.asIntN(32, sign === '-' ? -full : full);
  if (low < 0n) return { kind: 'refused' };
  const port = Number(low & 0xffffn);
  const meant = Number(full);
  return meant === port
    ? { kind: 'port', port }
    : { kind: 'port', port, trap: { rule: 'truncated-port', meant } };
}

const largestUnsigned = 0xffff_ffff_ffff_ffffn;

function byName(text: string, lookup: Transport | undefined): PortText {
  const port = serviceNumber(text, lookup);
  if (port !== undefined) return { kind: 'port', port };
  return mayBeService(text) ? unknown : { kind: 'refused' };
}
