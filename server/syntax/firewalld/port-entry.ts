import { ipAddress } from '../../model/address';
import type { FilterRule } from '../../model/filter-rule';
import type { PortRange, Role, Transport } from '../../model/port';
import type { Span } from '../../model/span';
import { type Found, faultAt, replacing } from '../found';
import { type SourcedText, sourceSpan, spanOf, variablesWithin } from '../sourced-text';
import { isAddress } from './address-text';
import { firewalldRefusal, type Program, quoted } from './firewalld-refusal';
import { judgePort } from './port-faults';
import { portSlots } from './port-slots';
import { isOpaque } from './port-text';

/** The values of an entry by the names that XML and rich rules have for them. */
export type PortValues = ReadonlyMap<string, SourcedText>;

/** A port, source port or forward port, wherever it is written. */
export interface PortEntry {
  /** The whole entry. */
  readonly span: Span;
  /** Where it is told that something is missing. */
  readonly nameSpan: Span;
  readonly values: PortValues;
  readonly isForward: boolean;
  readonly role: Role;
  readonly owner: string;
  readonly rule?: FilterRule;
  /** True where the program refuses the entry for something else than its ports. */
  readonly isRefused?: boolean;
  /** True where there may be more than can be seen: variables that bring words along, a template. */
  readonly isOpen?: boolean;
  /** Where the address must be of one family. */
  readonly family?: 'ipv4' | 'ipv6';
}

/** How the program refuses what is written there. */
export interface EntryWords {
  readonly program: Program;
  /** `file`: a file's own elements; `rule`: a rich rule; `command`: an option of firewall-cmd. */
  readonly style: 'file' | 'rule' | 'command';
}

const transports: readonly string[] = ['tcp', 'udp', 'sctp', 'dccp'] satisfies readonly Transport[];

/**
 * Adds the ports of an entry, the places where they are typed, and what firewalld refuses: first the port, then the
 * protocol, then where it is forwarded to (src/firewall/core/io/policy.py, `common_startElement`).
 */
export function readPortEntry(entry: PortEntry, words: EntryWords, found: Found): void {
  const { values, isForward, role, owner } = entry;
  const before = found.faults.length;
  const protocol = values.get('protocol');
  const transport = transportOf(protocol);
  const ports = new Map<SourcedText, PortRange | undefined>();
  const texts = [values.get('port'), isForward ? values.get('to-port') : undefined];
  const [port, toPort] = texts;
  if (words.program === 'firewall-cmd') refuseMissing(entry, words, found);
  if (port !== undefined) addPort(port, ports, words, found);
  if (protocol !== undefined) refuseProtocol(protocol, words, found);
  // An empty one is the same as none.
  if (toPort !== undefined && toPort.value !== '') addPort(toPort, ports, words, found);
  if (isForward) refuseTarget(entry, words, found);
  const isRefused =
    entry.isRefused || found.faults.slice(before).some(({ rule }) => !trapRules.includes(rule));
  for (const text of texts) {
    if (text === undefined) continue;
    // What is forwarded is looked at, and where it goes to is the forward port.
    const own: Role = role === 'forward' && text === port ? 'match' : role;
    const slot = { role: own, owner, accepts: 'port', names: true, ...(transport && { transport }) } as const;
    found.slots.push(...portSlots(text, slot));
    if (!ports.has(text)) continue;
    const range = ports.get(text);
    const address = text === toPort ? targetAddress(values.get('to-addr')) : undefined;
    const variables = variablesWithin(text, 0, text.value.length);
    found.references.push({
      span: entry.span,
      portSpan: trimmedSpan(text),
      ...(range && { ports: range }),
      ...(transport && { transport }),
      role: own,
      ...(address && { address }),
      owner,
      ...(variables.length > 0 && { variables: [...new Set(variables)] }),
      ...(isRefused && { isRefused }),
      ...(entry.rule && { rule: entry.rule }),
    });
  }
}

/** In a file the dialect tells what is missing, as firewalld looks at the attributes first. */
function refuseMissing({ values, nameSpan, isOpen }: PortEntry, { program }: EntryWords, found: Found): void {
  if (isOpen) return;
  if (!values.has('port')) {
    const words = "'NoneType' object has no attribute 'isdigit'";
    const message = firewalldRefusal('the port is missing', program, words);
    found.faults.push(faultAt('missing-port', nameSpan, message));
  } else if (!values.has('protocol')) {
    const message = firewalldRefusal('the protocol is missing', program, 'INVALID_PROTOCOL');
    found.faults.push(faultAt('missing-transport', nameSpan, message));
  }
}

/** The rules that tell of something that firewalld takes all the same. */
export const trapRules: readonly string[] = [
  'swapped-range',
  'half-open-range',
  'zero-port',
  'repeated-port',
];

/** The transport that a protocol's text is. */
export function transportOf(text: SourcedText | undefined): Transport | undefined {
  return text !== undefined && transports.includes(text.value) ? (text.value as Transport) : undefined;
}

/** Keeps the ports of a text unless it is refused, and adds what is to be said of it. */
function addPort(
  text: SourcedText,
  ports: Map<SourcedText, PortRange | undefined>,
  words: EntryWords,
  found: Found,
): void {
  const judged = judgePort(text, words);
  if (judged.fault !== undefined) found.faults.push(judged.fault);
  if (!judged.isRefused) ports.set(text, judged.ports);
}

function refuseProtocol(text: SourcedText, { program, style }: EntryWords, found: Found): void {
  const { value } = text;
  if (transports.includes(value) || isOpaque(value)) return;
  const lower = value.trim().toLowerCase();
  const isMisspelt = transports.includes(lower);
  const reason = isMisspelt
    ? `the protocol ${quoted(value)} is written "${lower}"`
    : value === ''
      ? 'the protocol is missing'
      : `${quoted(value)} is no protocol with ports; there are tcp, udp, sctp and dccp`;
  const set = "{'tcp'|'udp'|'sctp'|'dccp'}";
  const own = style === 'rule' ? value : `'${value}' not ${style === 'file' ? 'from' : 'in'} ${set}`;
  const fixes = isMisspelt ? replacing(text, `Write ${lower}`, lower) : [];
  const message = firewalldRefusal(
    reason,
    program,
    own === '' ? 'INVALID_PROTOCOL' : `INVALID_PROTOCOL: ${own}`,
  );
  found.faults.push(
    faultAt(value === '' ? 'missing-transport' : 'invalid-transport', spanOf(text), message, fixes),
  );
}

/** Where a port is forwarded to: a port, an address or both. */
function refuseTarget(
  { values, nameSpan, family, isOpen }: PortEntry,
  { program, style }: EntryWords,
  found: Found,
): void {
  const port = values.get('to-port');
  const target = values.get('to-addr');
  if ((port?.value ?? '') === '' && (target?.value ?? '') === '') {
    if (isOpen) return;
    const own = {
      file: "INVALID_FORWARD: '…' is missing to-port AND to-addr",
      rule: 'INVALID_PORT',
      command: 'INVALID_FORWARD: missing destination',
    }[style];
    const reason = 'the port is forwarded nowhere: it needs a port or an address to go to';
    found.faults.push(faultAt('missing-port', nameSpan, firewalldRefusal(reason, program, own)));
  } else if (target !== undefined && target.value !== '' && !isOpaque(target.value)) {
    if (isAddress(target.value, family)) return;
    const own = style === 'file' ? `to-addr '${target.value}' is not a valid address` : target.value;
    const kind = family === undefined ? 'IP' : family === 'ipv4' ? 'IPv4' : 'IPv6';
    const reason = `${quoted(target.value)} is not an ${kind} address`;
    const message = firewalldRefusal(reason, program, `INVALID_ADDR: ${own}`);
    found.faults.push(faultAt('invalid-address', spanOf(target), message));
  }
}

function targetAddress(text: SourcedText | undefined) {
  return text === undefined || isOpaque(text.value)
    ? undefined
    : ipAddress(text.value.replace(/^\[+|\]+$/g, ''));
}

function trimmedSpan(text: SourcedText): Span {
  const { value } = text;
  const start = value.length - value.trimStart().length;
  return sourceSpan(text, start, Math.max(start, value.trimEnd().length));
}
