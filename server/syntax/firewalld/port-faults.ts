import type { Fault } from '../../model/fault';
import type { PortRange } from '../../model/port';
import { portsText } from '../../model/port';
import { faultAt, replacing } from '../found';
import { type SourcedText, spanOf } from '../sourced-text';
import { firewalldRefusal, quoted } from './firewalld-refusal';
import type { EntryWords } from './port-entry';
import { highestPort, type PortOddity, type PortRefusal, readPortText } from './port-text';

/** What a port text is worth: its ports where they are known, and what is to be said of it. */
export interface JudgedPort {
  readonly ports?: PortRange;
  readonly isRefused: boolean;
  readonly fault?: Fault;
}

/** Reads a port text, with the fault where firewalld refuses it or takes it for something else. */
export function judgePort(text: SourcedText, words: EntryWords): JudgedPort {
  const read = readPortText(text.value);
  if (read.ports !== undefined) {
    const { ports, oddity } = read;
    return oddity === undefined
      ? { ports, isRefused: false }
      : { ports, isRefused: false, fault: trap(text, ports, oddity) };
  }
  if (read.refusal === undefined) return { isRefused: false };
  return { isRefused: true, fault: refused(text, read.refusal, words) };
}

function trap(text: SourcedText, ports: PortRange, oddity: PortOddity): Fault {
  const span = spanOf(text);
  switch (oddity) {
    case 'swapped': {
      const turned = portsText(ports);
      const message = `The range ${text.value.trim()} runs backwards; firewalld turns it round without a word and takes ${turned}.`;
      return faultAt('swapped-range', span, message, replacing(text, `Write ${turned}`, turned));
    }
    case 'half-open': {
      const message = `The range ${quoted(text.value.trim())} has no end; firewalld takes port ${ports.first} alone.`;
      const open = `${ports.first}-${highestPort}`;
      return faultAt('half-open-range', span, message, [
        ...(ports.first < highestPort ? replacing(text, `Write the range to its end: ${open}`, open) : []),
        ...replacing(text, `Write port ${ports.first} alone`, `${ports.first}`),
      ]);
    }
    case 'zero':
      return faultAt('zero-port', span, 'Port 0 is loaded like any other, but no connection uses it.');
  }
}

function refused(text: SourcedText, kind: PortRefusal, words: EntryWords): Fault {
  const { value } = text;
  const { reason, fixes } = reasonOf(text, words);
  const rule = value.trim() === '' ? 'missing-port' : 'invalid-port';
  return faultAt(
    rule,
    spanOf(text),
    firewalldRefusal(reason, words.program, programWords(value, kind, words)),
    fixes,
  );
}

/** src/firewall/core/io/io_object.py, `check_port`; elsewhere the text alone is told. */
function programWords(value: string, kind: PortRefusal, { style }: EntryWords): string {
  if (style !== 'file') return value === '' ? 'INVALID_PORT' : `INVALID_PORT: ${value}`;
  if (kind === 'too big') return `INVALID_PORT: port number in '${value}' is too big`;
  if (kind === 'ambiguous') return `INVALID_PORT: port range '${value}' is ambiguous`;
  return `INVALID_PORT: '${value}' is invalid port range`;
}

/** Why a text is no port, and what is meant where that is plain. */
export function reasonOf(
  text: SourcedText,
  { style }: EntryWords,
): { readonly reason: string; readonly fixes?: Fault['fixes'] } {
  const value = text.value.trim();
  if (value === '') return { reason: 'the port is missing' };
  const big = value.split('-').find((part) => /^[0-9]+$/.test(part) && Number(part) > highestPort);
  if (big !== undefined) return { reason: `${big} is above ${highestPort}, the highest port` };
  const [, first = '', last = ''] = /^([0-9]+)\s*(?::|\.\.|–)\s*([0-9]+)$/.exec(value) ?? [];
  if (first !== '') {
    const dashed = `${first}-${last}`;
    const reason = `${quoted(value)} is no range of ports; a range is written with a dash`;
    return { reason, fixes: replacing(text, `Write ${dashed}`, dashed) };
  }
  if (/[,;\s]/.test(value)) {
    const own = { file: 'an element', rule: 'a rule', command: 'an option' }[style];
    return { reason: `${quoted(value)} is not one port; each port has ${own} of its own` };
  }
  return { reason: `${quoted(value)} is no port and no range of ports` };
}
