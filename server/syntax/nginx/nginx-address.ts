import type { PortRange } from '../../model/port';
import { isInet6Address, parseInetAddress } from './nginx-inet';

/** A stretch of an address text: indexes into it. */
export interface AddressPart {
  readonly from: number;
  readonly to: number;
}

/** How an address is read: `listen` takes ranges of ports and bare ports, some peers have a path behind the port. */
export interface AddressForm {
  readonly listens?: boolean;
  readonly takesUri?: boolean;
}

/** An address taken apart as nginx does. */
export interface NginxAddress {
  readonly kind: 'ipv4' | 'ipv6' | 'name' | 'wildcard' | 'unix';
  /** The host without brackets; empty for a bare port. */
  readonly host: AddressPart;
  /** The digits of the port, or both ends of a range with the dash; absent when there are none. */
  readonly port?: AddressPart;
  readonly ports?: PortRange;
}

/** Why nginx refuses an address, in its own words, and the characters that are to blame. */
export interface AddressFault extends AddressPart {
  readonly nginx:
    | 'invalid port'
    | 'invalid port range'
    | 'invalid host'
    | 'no host'
    | 'invalid IPv6 address'
    | 'no path in the unix domain socket'
    | 'too long path in the unix domain socket';
}

/** Tells a fault from an address. */
export function isAddressFault(read: NginxAddress | AddressFault): read is AddressFault {
  return 'nginx' in read;
}

/**
 * Reads an address as nginx does (src/core/ngx_inet.c: ngx_parse_url and its helpers), up to the look-up of a name.
 * `value[from, …)` is the address; the indexes of the answer are into `value`.
 */
export function readNginxAddress(value: string, form: AddressForm, from = 0): NginxAddress | AddressFault {
  if (/^unix:/i.test(value.slice(from, from + 5))) return unixAddress(value, form, from);
  return value[from] === '[' ? inet6Address(value, form, from) : inetAddress(value, form, from);
}

/** The number in digits as nginx reads it (src/core/ngx_string.c: ngx_atoi); undefined for anything else. */
export function nginxNumber(text: string): number | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined;
  const digits = text.replace(/^0+(?=[0-9])/, '');
  if (digits.length > 19 || BigInt(digits) > 9223372036854775807n) return undefined;
  return Number(digits);
}

/** sun_path of Linux holds 108 bytes, the last of them a NUL. */
const longestPath = 107;

function unixAddress(value: string, { takesUri }: AddressForm, from: number): NginxAddress | AddressFault {
  const start = from + 5;
  const colon = takesUri ? value.indexOf(':', start) : -1;
  const host = { from: start, to: colon < 0 ? value.length : colon };
  if (host.to === start) return { nginx: 'no path in the unix domain socket', from, to: host.to };
  return utf8Length(value.slice(start, host.to)) > longestPath
    ? { nginx: 'too long path in the unix domain socket', ...host }
    : { kind: 'unix', host };
}

function inetAddress(value: string, form: AddressForm, from: number): NginxAddress | AddressFault {
  const uri = uriStart(value, from, /[/?]/);
  if (uri < value.length && (form.listens || !form.takesUri))
    return { nginx: 'invalid host', from: uri, to: value.length };
  const colon = value.indexOf(':', from);
  if (colon >= 0 && colon < uri) {
    const port = portPart(value, form, { from: colon + 1, to: uri });
    return 'nginx' in port ? port : withHost(value, { from, to: colon }, port);
  }
  if (form.listens) {
    const bare = barePort(value, { from, to: uri });
    if (bare !== undefined)
      return 'nginx' in bare ? bare : { kind: 'wildcard', host: { from, to: from }, ...bare };
  }
  const host = withHost(value, { from, to: uri });
  return form.listens && value.slice(from, uri) === '*'
    ? { kind: 'wildcard', host: { from, to: uri } }
    : host;
}

function inet6Address(value: string, form: AddressForm, from: number): NginxAddress | AddressFault {
  const close = value.indexOf(']', from);
  if (close < 0) return { nginx: 'invalid host', from, to: value.length };
  const uri = uriStart(value, close + 1, /\//);
  if (uri < value.length && (form.listens || !form.takesUri))
    return { nginx: 'invalid host', from: uri, to: value.length };
  const host = { from: from + 1, to: close };
  let port: PortPart | undefined;
  if (close + 1 < uri) {
    if (value[close + 1] !== ':') return { nginx: 'invalid host', from: close + 1, to: uri };
    const read = portPart(value, form, { from: close + 2, to: uri });
    if ('nginx' in read) return read;
    port = read;
  }
  if (host.from === host.to) return { nginx: 'no host', from, to: close + 1 };
  if (!isInet6Address(value.slice(host.from, host.to))) return { nginx: 'invalid IPv6 address', ...host };
  return { kind: 'ipv6', host, ...port };
}

interface PortPart {
  readonly port: AddressPart;
  readonly ports: PortRange;
}

function withHost(value: string, host: AddressPart, port?: PortPart): NginxAddress | AddressFault {
  const text = value.slice(host.from, host.to);
  if (text === '') return { nginx: 'no host', from: host.from, to: port?.port.to ?? host.to };
  if (text === '*') return { kind: 'wildcard', host, ...port };
  return { kind: parseInetAddress(text) === undefined ? 'name' : 'ipv4', host, ...port };
}

/** The last end is judged before the first, the order after both. */
function portPart(value: string, { listens }: AddressForm, part: AddressPart): PortPart | AddressFault {
  const dash = listens ? value.indexOf('-', part.from) : -1;
  const isRange = dash >= 0 && dash < part.to;
  const lastPart = isRange ? { from: dash + 1, to: part.to } : part;
  const last = portOf(value, lastPart);
  if (last === undefined) return { nginx: 'invalid port', ...lastPart };
  const firstPart = { from: part.from, to: isRange ? dash : part.to };
  const first = portOf(value, firstPart);
  if (first === undefined) return { nginx: 'invalid port', ...firstPart };
  if (first > last) return { nginx: 'invalid port range', ...part };
  return { port: part, ports: { first, last } };
}

/** A value without a colon is a port or a range when it is made of digits, else a host; undefined for a host. */
function barePort(value: string, part: AddressPart): PortPart | AddressFault | undefined {
  const dash = value.indexOf('-', part.from);
  const first = nginxNumber(value.slice(part.from, dash < 0 ? part.to : dash));
  const last = dash < 0 ? first : nginxNumber(value.slice(dash + 1, part.to));
  return first === undefined || last === undefined ? undefined : portPart(value, { listens: true }, part);
}

function portOf(value: string, { from, to }: AddressPart): number | undefined {
  const port = nginxNumber(value.slice(from, to));
  return port !== undefined && port >= 1 && port <= 65535 ? port : undefined;
}

function uriStart(value: string, from: number, marks: RegExp): number {
  const at = value.slice(from).search(marks);
  return at < 0 ? value.length : from + at;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
