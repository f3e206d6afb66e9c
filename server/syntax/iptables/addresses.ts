import { ipAddress } from '../../model/address';
import { unknownText } from '../sourced-text';
import { strtoul } from './port-text';
import type { Remark } from './remark';

/** The addresses of a `-s` or `-d` option: how many there are, and why the program refuses one of them. */
export interface AddressList {
  readonly count: number;
  readonly refusal?: Remark;
}

/**
 * Checks the value of `-s` or `-d`: addresses, networks and host names, separated by commas, each with a mask behind a
 * slash (libxtables/xtables.c, `xtables_ipparse_multiple` and `xtables_ip6parse_multiple`). Only what can be no name
 * of a host or network is judged: whether a name resolves is the machine's to say.
 */
export function checkAddresses(text: string, family: 'ipv4' | 'ipv6' | undefined): AddressList {
  let from = 0;
  let count = 0;
  let refusal: Remark | undefined;
  while (from <= text.length) {
    while (/\s/.test(text[from] ?? '')) from++;
    const comma = text.indexOf(',', from);
    const to = comma < 0 ? text.length : comma;
    refusal ??= checkAddress(text, from, to, family);
    count++;
    from = to + 1;
  }
  return { count, ...(refusal && { refusal }) };
}

function checkAddress(
  text: string,
  from: number,
  to: number,
  family: 'ipv4' | 'ipv6' | undefined,
): Remark | undefined {
  const written = text.slice(from, to);
  if (written.includes(unknownText) || family === undefined) return undefined;
  const slash = written.lastIndexOf('/');
  const name = slash < 0 ? written : written.slice(0, slash);
  if (slash >= 0) {
    const mask = written.slice(slash + 1);
    const bits = family === 'ipv6' ? ipv6Mask(mask) : ipv4Mask(mask);
    if (bits === 'none') {
      const reason = `"${mask}" is no mask of ${family === 'ipv6' ? 'an IPv6' : 'an IPv4'} address`;
      const words = `invalid mask \`${mask}' specified`;
      return { rule: 'invalid-address', from: from + slash + 1, to, reason, words };
    }
    // Where the mask is null the name is not looked at.
    if (bits === 'null') return undefined;
  }
  if (family === 'ipv6' ? isIpv6OrName(name) : isIpv4OrName(name)) return undefined;
  const reason = `"${name}" is no ${family === 'ipv6' ? 'IPv6' : 'IPv4'} address`;
  const words = `host/network \`${name}' not found`;
  return { rule: 'invalid-address', from, to: from + name.length, reason, words };
}

type Mask = 'none' | 'null' | 'some';

/** Four numbers, or bits from 0 to 32 (`parse_ipmask`). */
function ipv4Mask(mask: string): Mask {
  const parts = mask.split('.').map((part) => number(part, 255));
  if (parts.length === 4 && parts.every((part) => part !== undefined)) {
    return parts.every((part) => part === 0) ? 'null' : 'some';
  }
  return bitsMask(mask, 32);
}

/** An address, or bits from 0 to 128 (`parse_ip6mask`). */
function ipv6Mask(mask: string): Mask {
  const address = mask.includes(':') ? ipAddress(mask) : undefined;
  if (address !== undefined) return address.canonical === '0:0:0:0:0:0:0:0' ? 'null' : 'some';
  return bitsMask(mask, 128);
}

function bitsMask(mask: string, most: number): Mask {
  const bits = number(mask, most);
  return bits === undefined ? 'none' : bits === 0 ? 'null' : 'some';
}

/**
 * One to four numbers, of which the rest are zero (`__numeric_to_ipaddr`), what inet_aton(3) takes for an address, or a
 * text that can be a name, which needs a letter: of numbers alone there is no top-level domain.
 */
function isIpv4OrName(text: string): boolean {
  if (mayBeName(text)) return true;
  const parts = text.split('.');
  if (parts.length > 4) return false;
  const own = parts.every((part) => number(part, 255) !== undefined);
  const last = 256 ** (5 - parts.length) - 1;
  return (
    own || parts.every((part, index) => number(part, index + 1 < parts.length ? 255 : last) !== undefined)
  );
}

function isIpv6OrName(text: string): boolean {
  return (text.includes(':') && ipAddress(text) !== undefined) || mayBeName(text);
}

/** A name of a host or network has letters, and none of the signs that stand in addresses alone. */
function mayBeName(text: string): boolean {
  return /[A-Za-z_\u0080-\uffff]/.test(text) && !/[:[\]]/.test(text) && !/^0[xX][0-9A-Fa-f]*$/.test(text);
}

function number(text: string, most: number): number | undefined {
  const read = strtoul(text);
  return read?.end === text.length && read.value <= most ? read.value : undefined;
}
