import { type Address, ipAddress } from '../../model/address';
import { serviceNumber } from '../services/services';
import { unknownText } from '../sourced-text';
import { highestPort, mayBeService, octalTrap, strtoul } from './port-text';
import {
  backwards,
  explainedPort,
  PortNotes,
  type PortSetting,
  type PortValue,
  trapRemark,
} from './port-values';
import type { Remark } from './remark';

/** What a NAT target's value depends on. */
export interface NatSetting extends PortSetting {
  /** False when the rule's protocol, as far as it is written before, has no ports; undefined when it is not known. */
  readonly takesPorts: boolean | undefined;
  /** The IP family of the addresses; absent when it is not known. */
  readonly family?: 'ipv4' | 'ipv6';
}

/** The value of `--to-destination` or `--to-source`, with the one address that it names. */
export interface NatValue extends PortValue {
  readonly address?: Address;
}

/**
 * The value of `--to-ports`: `port` or `first-last`, and `/base` after a range (extensions/libxt_NAT.c, `parse_ports`).
 * A service name may stand for a single port.
 */
export function toPorts(text: string, setting: NatSetting): PortValue {
  const notes = new PortNotes(text, setting);
  natPorts(notes, 0, setting.takesPorts);
  return notes;
}

/**
 * The value of `--to-destination` and `--to-source`: `[address[-address]][:ports]`, IPv6 addresses in square brackets
 * where ports follow (extensions/libxt_NAT.c, `parse_to`). The ports are read before the address. A text of two
 * characters before the colon is taken for empty brackets.
 */
export function toAddress(text: string, setting: NatSetting): NatValue {
  const notes = new PortNotes(text, setting);
  const bracket = text.indexOf('[');
  const close = bracket < 0 ? -1 : text.indexOf(']', bracket);
  if (bracket >= 0 && (close < 0 || setting.family === 'ipv4')) {
    const reason = close < 0 ? 'the bracket stays open' : 'brackets are for IPv6 addresses';
    notes.refuse(badAddress(0, text, reason, 'Invalid address format'));
    if (close < 0) return notes;
  }
  const colon = portColon(text, close);
  if (colon !== undefined) {
    natPorts(notes, colon + 1, setting.takesPorts);
    if (colon === 0 || colon === 2) return notes;
  }
  const from = bracket < 0 ? 0 : bracket + 1;
  const to = close >= 0 ? close : (colon ?? text.length);
  const address = natAddress(notes, from, to, setting.family);
  return { ...noted(notes), ...(address && { address }) };
}

/** The colon before the ports: of several outside brackets none is, for then it is an IPv6 address. */
function portColon(text: string, close: number): number | undefined {
  const colon = text.indexOf(':', close + 1);
  if (colon < 0) return undefined;
  return close < 0 && text.includes(':', colon + 1) ? undefined : colon;
}

function natAddress(
  notes: PortNotes,
  from: number,
  to: number,
  family: 'ipv4' | 'ipv6' | undefined,
): Address | undefined {
  const { text } = notes;
  const dash = text.indexOf('-', from);
  const ends =
    dash >= 0 && dash < to
      ? [
          { from, to: dash },
          { from: dash + 1, to },
        ]
      : [{ from, to }];
  for (const end of ends) {
    const written = text.slice(end.from, end.to);
    if (written.includes(unknownText) || isAddress(written, family)) continue;
    notes.refuse(explainedAddress(end.from, written, family));
  }
  return ends.length === 1 ? ipAddress(text.slice(from, to)) : undefined;
}

/** inet_pton(3) of the rule's family. */
function isAddress(text: string, family: 'ipv4' | 'ipv6' | undefined): boolean {
  if (ipAddress(text) === undefined) return false;
  return family === undefined || text.includes(':') === (family === 'ipv6');
}

/** Why a text is no address, as far as it shows what was meant. */
function explainedAddress(from: number, text: string, family: 'ipv4' | 'ipv6' | undefined): Remark {
  const kind = family === 'ipv6' ? 'an IPv6' : family === 'ipv4' ? 'an IPv4' : 'an IP';
  const words = `Bad IP address "${text}"`;
  const bad = (why: string, mend?: string): Remark => ({
    ...badAddress(from, text, `"${text}" is not ${kind} address${why}`, words),
    ...(mend !== undefined && {
      fixes: [{ title: `Write ${mend}`, from, to: from + text.length, text: mend }],
    }),
  });
  if (/^[0-9]{1,5}$/.test(text)) return bad('; a port alone has a colon before it', `:${text}`);
  const [, lead, first, last] = /^([0-9.]*):([0-9]{1,5}):([0-9]{1,5})$/.exec(text) ?? [];
  if (first !== undefined) return bad('; here a range of ports has a dash', `${lead}:${first}-${last}`);
  return bad(/[A-Za-z]/.test(text) && !text.includes(':') ? ', and names are not looked up here' : '');
}

function badAddress(from: number, text: string, reason: string, words: string): Remark {
  return { rule: 'invalid-address', from, to: from + text.length, reason, words };
}

function natPorts(notes: PortNotes, from: number, takesPorts: boolean | undefined): void {
  const { text } = notes;
  const rest = text.slice(from);
  if (takesPorts === false) {
    const reason = 'a target with a port needs "-p tcp", udp, sctp or dccp before it';
    const words = 'Need TCP, UDP, SCTP or DCCP with port specification';
    notes.refuse({ rule: 'missing-transport', from, to: text.length, reason, words });
  }
  const first = natNumber(rest);
  if (first === undefined) {
    const port = rest.includes(unknownText) ? undefined : serviceNumber(rest);
    const ports = port === undefined ? undefined : { first: port, last: port };
    if (port === undefined && !rest.includes(unknownText) && !mayBeNatService(rest)) {
      notes.refuse({ ...explainedNatPort(rest, from), words: `Port \`${rest}' not valid` });
    }
    // What is half a range and half a variable still has its ends.
    const dash = rest.indexOf('-');
    const isRange = dash > 0 && port === undefined;
    notes.items.push({ from, to: text.length, ...(ports && { ports }) });
    notes.places.push({ from, to: isRange ? from + dash : text.length });
    if (isRange) notes.places.push({ from: from + dash + 1, to: text.length });
    return;
  }
  const end = from + first.end;
  noteTrap(notes, from, end);
  if (end === text.length) {
    notes.items.push({ from, to: end, ports: { first: first.value, last: first.value } });
    notes.places.push({ from, to: end });
  } else if (text[end] === '-') {
    natRange(notes, from, end, first.value);
  } else {
    notes.refuse(garbage(text, from, end));
    notes.items.push({ from, to: text.length });
    notes.places.push({ from, to: text.length });
  }
}

/** After `first-`: the last port, and perhaps `/base`. */
function natRange(notes: PortNotes, from: number, dash: number, first: number): void {
  const { text } = notes;
  const rest = text.slice(dash + 1);
  const last = natNumber(rest);
  notes.places.push({ from, to: dash });
  if (last === undefined) {
    const to = text.length;
    notes.items.push({ from, to });
    notes.places.push({ from: dash + 1, to, above: first });
    if (rest.includes(unknownText)) return;
    const why = explainedNatPort(rest, dash + 1);
    const reason = mayBeService(rest) ? `"${rest}": a range takes no service names` : why.reason;
    notes.refuse({ ...why, reason, words: `Port \`${rest}' not valid` });
    return;
  }
  const end = dash + 1 + last.end;
  noteTrap(notes, dash + 1, end);
  notes.places.push({ from: dash + 1, to: end, above: first });
  const isBackwards = last.value < first;
  if (isBackwards) {
    const whole = backwards(text.slice(from, end), from, '-', 'invalid-port');
    notes.refuse({ ...whole, words: `Port range \`${rest}' funky` });
  }
  notes.items.push({ from, to: end, ...(!isBackwards && { ports: { first, last: last.value } }) });
  if (end === text.length || text[end] === unknownText) return;
  if (text[end] !== '/') {
    const words = `Garbage after port range: \`${text.slice(end)}'`;
    notes.refuse({
      rule: 'invalid-port',
      from: end,
      to: text.length,
      reason: `"${text.slice(end)}" stands behind the range`,
      words,
    });
    return;
  }
  basePort(notes, end + 1);
}

/** The port that a shifted range counts from: 1 to 65535, whatever follows it, or a service name. */
function basePort(notes: PortNotes, from: number): void {
  const rest = notes.text.slice(from);
  const base = natNumber(rest);
  const isPort = base !== undefined && base.value > 0;
  const end = base === undefined ? notes.text.length : from + base.end;
  notes.places.push({ from, to: end });
  if (isPort) {
    noteTrap(notes, from, end);
    notes.items.push({ from, to: end, ports: { first: base.value, last: base.value }, isBase: true });
  } else if (!rest.includes(unknownText) && serviceNumber(rest) === undefined && !mayBeNatService(rest)) {
    notes.refuse({ ...explainedNatPort(rest, from), words: `Port \`${rest}' not valid` });
  }
  // Only DNAT counts from a base; REDIRECT says so, and the source targets drop it without a word.
  if (notes.setting.extension === 'REDIRECT') {
    notes.refuse({
      rule: 'invalid-port',
      from: from - 1,
      to: notes.text.length,
      reason: 'REDIRECT takes no base port behind the range',
      words: 'Shifted portmap ranges not supported with this kernel',
    });
  }
}

/** A number at the start of the text, 0 to 65535. */
function natNumber(text: string): { readonly value: number; readonly end: number } | undefined {
  const read = strtoul(text);
  return read === undefined || read.value > highestPort || text[read.end] === unknownText ? undefined : read;
}

function noteTrap(notes: PortNotes, from: number, to: number): void {
  const text = notes.text.slice(from, to);
  const trap = octalTrap(text);
  if (trap !== undefined) notes.traps.push(trapRemark(text, from, Number.parseInt(text, 8), trap));
}

function garbage(text: string, from: number, end: number): Remark {
  const rest = text.slice(end);
  const at = { rule: 'invalid-port', from, to: text.length };
  if (rest.startsWith(':')) {
    const [range, first = '', last = ''] = /^([0-9]{1,5}):([0-9]{1,5})$/.exec(text.slice(from)) ?? [];
    const dashed = `${first}-${last}`;
    return {
      ...at,
      reason: `"${text.slice(from)}" is no range; here a dash stands between its ends`,
      words: 'Invalid port:port syntax - use dash',
      ...(range !== undefined && {
        fixes: [{ title: `Write the range with a dash: ${dashed}`, from, to: text.length, text: dashed }],
      }),
    };
  }
  const words = `Garbage after port value: \`${rest}'`;
  const digits = /^0[0-9]+$/.test(text.slice(from));
  if (digits) return { ...explainedNatPort(text.slice(from), from), words };
  return { ...at, reason: `"${text.slice(from)}" is no port`, words };
}

/** A name that begins with a known one and a dash is a range of names, which nobody has as a name. */
function mayBeNatService(text: string): boolean {
  const [, first = '', last = ''] = /^([^-]+)-([^-]+)$/.exec(text) ?? [];
  const isRange =
    serviceNumber(first) !== undefined && (/^[0-9]+$/.test(last) || serviceNumber(last) !== undefined);
  return mayBeService(text) && !isRange;
}

/** As everywhere, but ranges have a dash here. */
function explainedNatPort(text: string, from: number): Remark {
  const to = from + text.length;
  if (/^[^-]+-[^-]+$/.test(text)) {
    const why = /[A-Za-z]/.test(text) ? ': a range takes no service names' : ' is no range of ports';
    return { rule: 'invalid-port', from, to, reason: `"${text}"${why}` };
  }
  if (/^0+$/.test(text)) return { rule: 'invalid-port', from, to, reason: '0 is no port to count from' };
  if (/^-/.test(text)) return { rule: 'invalid-port', from, to, reason: `"${text}" is no port` };
  return explainedPort(text, from);
}

/** Without the methods, so that an address can stand beside. */
function noted({ items, places, traps, refusal }: PortNotes): PortValue {
  return { items, places, traps, ...(refusal && { refusal }) };
}
