import { trap } from '../refusal';
import { serviceNumber } from '../services/services';
import { nftRefusal } from './nft-refusal';
import type { NftValue } from './nft-tree';

/** What the text of one port comes to. */
export interface NftPort {
  /** Absent for a name that is not known, and for what a shell puts in. */
  readonly port?: number;
  /** Why nft refuses it. */
  readonly refusal?: {
    readonly message: string;
    readonly fix?: { readonly title: string; readonly text: string };
  };
  /** Why it means something else than it says. */
  readonly trap?: NftTrap;
}

/** What nft takes and understands otherwise. */
export interface NftTrap {
  readonly rule: string;
  readonly message: string;
}

/**
 * Reads a port as nft does: a number in C's notation (`0x50`, `010` is 8), else what getaddrinfo(3) makes of it,
 * which is a decimal number (`080` is 80) or the name of a service of any transport, in its very letters
 * (nftables src/datatype.c, inet_service_type_parse). A name that Debian's list does not have is unknown, not wrong,
 * unless it cannot be one.
 */
export function readPortText({ form, text }: NftValue): NftPort {
  if (form === 'unknown' || text === '*') return {};
  const number = /^[ \t]*([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)$/.exec(text);
  if (number === null) return form === 'wildcard' ? noPort(text) : readName(text);
  const [, sign = '', digits = ''] = number;
  const isOctal = /^0[0-7]+$/.test(digits);
  const isFallback = /^0[0-9]+$/.test(digits) && !isOctal;
  const port = isOctal ? Number.parseInt(digits, 8) : Number(digits);
  if (isFallback && port > highestPort) return truncated(text, port);
  if (sign === '-' || port > highestPort) {
    const reason = `${text.trim()} is ${sign === '-' ? 'no port' : `above ${highestPort}, the highest port`}`;
    return { refusal: { message: nftRefusal(reason, 'Service out of range') } };
  }
  const isTrap = isOctal && port !== Number(digits);
  if (!isTrap) return { port };
  const message = `The leading zero makes ${digits} octal: this is port ${port}, not ${Number(digits)}.`;
  return { port, trap: { rule: 'octal-port', message } };
}

function readName(text: string): NftPort {
  const port = serviceNumber(text);
  if (port !== undefined) return { port };
  const lower = text.toLowerCase();
  const [first = '', last = '', ...more] = text.split('-');
  if (serviceNumber(lower) !== undefined) {
    const message = nftRefusal(`Service names are written in small letters: ${lower}`, unresolved);
    return { refusal: { message, fix: { title: `Write ${lower}`, text: lower } } };
  }
  if (more.length === 0 && isKnown(first) && isKnown(last)) {
    const message = nftRefusal(
      `"${text}" is one name for nft; a range of names has blanks around the dash`,
      unresolved,
    );
    return { refusal: { message, fix: { title: `Write ${first} - ${last}`, text: `${first} - ${last}` } } };
  }
  const parts = /^([0-9]+):([0-9]+)$/.exec(text);
  if (parts !== null) {
    const range = `${parts[1]}-${parts[2]}`;
    const message = nftRefusal(`"${text}" is no port; a range is written ${range}`, unresolved);
    return { refusal: { message, fix: { title: `Write ${range}`, text: range } } };
  }
  const slash = /^([A-Za-z][A-Za-z0-9-]*|[0-9]+)\/(?:tcp|udp|sctp|dccp)$/.exec(text);
  if (slash !== null) {
    const message = nftRefusal(`"${text}" is no port; the transport stands in front of dport`, unresolved);
    return { refusal: { message, fix: { title: `Write ${slash[1]}`, text: slash[1] ?? '' } } };
  }
  return /^[0-9]|[:/]/.test(text) || noPorts.has(text) ? noPort(text) : {};
}

/** Words of nft and of other firewalls that stand for something else. */
const noPorts = new Set(['any', 'exists', 'missing']);

function isKnown(text: string): boolean {
  return /^[0-9]+$/.test(text) ? Number(text) <= highestPort : serviceNumber(text) !== undefined;
}

function noPort(text: string): NftPort {
  if (text === 'exists' || text === 'missing') {
    const nft = 'datatype mismatch, expected internet network service, expression has type boolean type';
    return { refusal: { message: nftRefusal(`"${text}" is no port`, nft) } };
  }
  return { refusal: { message: nftRefusal(`"${text}" is no port and no name of a service`, unresolved) } };
}

/** glibc keeps the lower 16 bits of a decimal number. */
function truncated(text: string, number: number): NftPort {
  const port = number % (highestPort + 1);
  return { port, trap: truncation(text, port) };
}

/** The trap of a number that nft takes for another port. */
export function truncation(text: string, port: number): NftTrap {
  const message = trap(`${text} is above ${highestPort}, the highest port; nft takes it for port ${port}`);
  return { rule: 'truncated-port', message };
}

const highestPort = 65_535;

const unresolved = 'Could not resolve service: Servname not supported for ai_socktype';
