import type { PortRange, Transport } from '../../model/port';
import { serviceNumber } from '../services/services';
import { highestPort, type PortNotation, type PortTrap, readPortText } from './port-text';
import type { Mend, Remark } from './remark';

/** The value of an option that takes ports, taken apart; all places are indexes into the value. */
export interface PortValue {
  /** Each port or range that is written, in order. */
  readonly items: readonly PortItem[];
  /** Where a port may be typed. */
  readonly places: readonly PortPlace[];
  /** Why the program refuses the value: what it tells first. */
  readonly refusal?: Remark;
  readonly traps: readonly Remark[];
}

export interface PortItem {
  readonly from: number;
  readonly to: number;
  /** Absent when a variable or an unknown name has a part in it, or when it is refused. */
  readonly ports?: PortRange;
  /** True for what a shifted range counts from: the first port of the packets, not one that they are sent to. */
  readonly isBase?: true;
}

export interface PortPlace {
  readonly from: number;
  readonly to: number;
  /** The first port of the range whose last port is typed here. */
  readonly above?: number;
  /** True where a range can stand in place of the port. */
  readonly takesRange?: true;
}

/** What the reading of a value depends on. */
export interface PortSetting {
  readonly notation: PortNotation;
  /** The transport that service names are looked up for; absent where any will do. */
  readonly lookup?: Transport;
  /** The extension that has the option, for its messages. */
  readonly extension: string;
  /** The option's first name: the one that messages tell. */
  readonly option: string;
}

/** Collects what is found in a value; the first refusal stays, as the program stops there. */
export class PortNotes implements PortValue {
  readonly items: PortItem[] = [];
  readonly places: PortPlace[] = [];
  readonly traps: Remark[] = [];
  refusal?: Remark;

  constructor(
    readonly text: string,
    readonly setting: PortSetting,
  ) {}

  refuse(remark: Remark): undefined {
    this.refusal ??= remark;
    return undefined;
  }

  /** The port in `text[from, to)`; undefined when it is unknown or refused. */
  port(from: number, to: number): number | undefined {
    const { notation, lookup } = this.setting;
    const text = this.text.slice(from, to);
    const read = readPortText(text, notation, lookup);
    if (read.kind === 'unknown') return undefined;
    if (read.kind === 'refused') {
      return this.refuse({ ...explainedPort(text, from), words: this.invalidPort(text) });
    }
    if (read.trap !== undefined) this.traps.push(trapRemark(text, from, read.port, read.trap));
    return read.port;
  }

  private invalidPort(text: string): string {
    return this.setting.notation === 'getaddrinfo'
      ? `Port "${text}" does not resolve to anything`
      : `invalid port/service \`${text}' specified`;
  }
}

/** Why a text is no port, as far as it shows what was meant. */
export function explainedPort(text: string, from: number): Remark {
  const at = { from, to: from + text.length };
  if (text === '') return { rule: 'missing-port', ...at, reason: 'no port stands here' };
  if (text === '!') {
    return {
      rule: 'missing-port',
      ...at,
      reason: 'a port is expected here; the "!" stands before the option',
    };
  }
  if (/^--?[A-Za-z]/.test(text)) {
    return { rule: 'missing-port', ...at, reason: `the option before "${text}" has no port` };
  }
  const { reason, fix } = explanations.map((explain) => explain(text)).find((each) => each !== undefined) ?? {
    reason: `"${text}" is neither a port from 0 to ${highestPort} nor a service name`,
  };
  return { rule: 'invalid-port', ...at, reason, ...(fix && { fixes: [{ ...fix, ...at }] }) };
}

interface Explanation {
  readonly reason: string;
  readonly fix?: Pick<Mend, 'title' | 'text'>;
}

/** Mistakes that show what was meant. */
const explanations: readonly ((text: string) => Explanation | undefined)[] = [
  (text) => {
    const [, first, last] = /^([0-9]{1,5})-([0-9]{1,5})$/.exec(text) ?? [];
    if (first === undefined) return undefined;
    const colon = `${first}:${last}`;
    const fix = { title: `Write the range with a colon: ${colon}`, text: colon };
    return { reason: `"${text}" is no range; a colon stands between its ends`, fix };
  },
  (text) => {
    if (!/^[0-9]+$/.test(text)) return undefined;
    const number = text.replace(/^0+(?=.)/, '');
    if (Number(number) > highestPort)
      return { reason: `${number} is above ${highestPort}, the highest port` };
    const fix = { title: `Write it without the zero: ${number}`, text: number };
    return { reason: `the leading zero makes ${text} octal, which has no digits 8 and 9`, fix };
  },
  (text) => {
    const number = /^0[xX][0-9A-Fa-f]{1,4}$/.test(text) ? `${Number(text)}` : undefined;
    const fix = { title: `Write ${number}`, text: number ?? '' };
    return number === undefined
      ? undefined
      : { reason: `"${text}" is no port: numbers are decimal here`, fix };
  },
  (text) => {
    const isList = /^[0-9A-Za-z-]+(?:,[0-9A-Za-z:-]+)+$/.test(text);
    return isList ? { reason: `"${text}" is a list, which needs "-m multiport"` } : undefined;
  },
  (text) => {
    const hasTransport = /\/(?:tcp|udp|sctp|dccp)$/i.test(text);
    return hasTransport ? { reason: `"${text}" is no port; "-p" tells the protocol` } : undefined;
  },
  (text) => (text.includes(':') ? { reason: 'a range has two ends' } : undefined),
  (text) => {
    if (!text.endsWith('\n')) return undefined;
    return { reason: `the quotation mark before "${text.trim()}" stays open to the end of the line` };
  },
  (text) => {
    const [, inner] = /^'([^']*)'$/.exec(text) ?? [];
    const fix = { title: 'Remove the quotation marks', text: inner ?? '' };
    return inner === undefined
      ? undefined
      : { reason: 'single quotation marks are part of the word here', fix };
  },
  (text) => {
    const lower = text.toLowerCase();
    if (lower === text || serviceNumber(lower) === undefined) return undefined;
    const fix = { title: `Write ${lower}`, text: lower };
    return { reason: `"${text}" is no service name; the case of letters counts`, fix };
  },
];

/** A port that loads as another one. */
export function trapRemark(text: string, from: number, port: number, { rule, meant }: PortTrap): Remark {
  const at = { from, to: from + text.length };
  if (rule === 'truncated-port') {
    const reason = `${meant} is above ${highestPort}; only its lower 16 bits count here, so this is port ${port}`;
    return { rule, ...at, reason };
  }
  return {
    rule,
    ...at,
    reason: `the leading zero makes ${text} octal: this is port ${port}, not ${meant}`,
    fixes: [
      { title: `Write ${meant}`, ...at, text: `${meant}` },
      { title: `Write ${port}, which is what it means now`, ...at, text: `${port}` },
    ],
  };
}

/** A range that runs backwards, with the mend where its ends are plain numbers. */
export function backwards(
  text: string,
  from: number,
  sign: ':' | '-',
  rule: 'invalid-port' | 'swapped-range',
): Remark {
  const at = { from, to: from + text.length };
  const [first = '', last = ''] = text.split(sign);
  const plain = [first, last].every(
    (end) => /^(?:0|[1-9][0-9]{0,4})$/.test(end) && Number(end) <= highestPort,
  );
  const turned = `${last}${sign}${first}`;
  const reason = `the range ${text} runs backwards`;
  const fixes = plain && Number(last) < Number(first);
  return {
    rule,
    ...at,
    reason,
    ...(fixes && { fixes: [{ title: `Turn the range round: ${turned}`, ...at, text: turned }] }),
  };
}
