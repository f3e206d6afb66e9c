import { serviceNumber } from '../services/services';

/** A port as `getservice` of parse.y reads it. */
export interface PfPortNumber {
  /** Absent for a name that machines may know and this reader does not. */
  readonly port?: number;
  /** What is wrong with it, and pfctl's words for that. */
  readonly fault?: { readonly reason: string; readonly pfctl: string };
  /** True when its leading zero makes it another number than the digits say. */
  readonly isOctal?: boolean;
}

/**
 * Reads digits and names as pfctl does: `strtoul` with base 0, then `getservbyname` for tcp and for udp
 * (parse.y, `atoul` and `getservice`). A plain number comes here without its leading zeros (`numberstring`),
 * so that only parts of a range, quoted numbers and those that touch an operator can be octal.
 */
export function pfPortNumber(text: string): PfPortNumber {
  const number = strtoul(text);
  if (number === undefined) return named(text);
  if (number > highest) {
    const reason = text.startsWith('-')
      ? `${text} is below 0`
      : `${text} is above ${highest}, the highest port`;
    const pfctl = isTooLong(text) ? `"${text}" invalid number: too large` : `illegal port value ${text}`;
    return { fault: { reason, pfctl } };
  }
  return /^0[0-7]+$/.test(text) && number !== Number(text)
    ? { port: number, isOctal: true }
    : { port: number };
}

const highest = 65535;

/** `strtonum` reads the digits before anybody asks for a port, and 64 bits are all that it has. */
function isTooLong(text: string): boolean {
  return /^-?[0-9]{19,}$/.test(text) && Math.abs(Number(text)) >= 2 ** 63;
}

/** Undefined when characters are left over, as for `08`, of which base 8 reads the zero alone. */
function strtoul(text: string): number | undefined {
  const match = /^[ \t]*[+-]?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.exec(text);
  const digits = match?.[1];
  if (digits === undefined) return undefined;
  const number = /^0[0-7]/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  // A minus sign makes a very large number of every other one.
  return text.trimStart().startsWith('-') && number !== 0 ? Number.MAX_SAFE_INTEGER : number;
}

function named(name: string): PfPortNumber {
  const pfctl = `unknown port ${name}`;
  if (name === '') return { fault: { reason: 'the port is missing', pfctl: pfctl.trim() } };
  if (name.includes('$')) {
    const reason = `"${name}" is no port: pf puts no macro into the middle of a word`;
    return { fault: { reason, pfctl } };
  }
  // The name of a service has a letter in it (RFC 6335, section 5.1).
  if (!/[A-Za-z]/.test(name)) return { fault: { reason: `"${name}" is no port`, pfctl } };
  const port = unlikeDebian.has(name)
    ? undefined
    : (serviceNumber(name, 'tcp') ?? serviceNumber(name, 'udp'));
  return port === undefined ? {} : { port };
}

/** Names that have another number in the `/etc/services` of OpenBSD or FreeBSD, past or present. */
const unlikeDebian: ReadonlySet<string> = new Set([
  ...['http-alt', 'kerberos', 'kpasswd', 'radacct', 'radius', 'spamd'],
]);
