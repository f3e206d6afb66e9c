import type { FilterRule } from '../../model/filter-rule';
import type { PortSlot } from '../../model/port-slot';
import { type Found, faultAt, nothingFound, replacing } from '../found';
import { gapBehind } from '../gap-behind';
import { literalText, type SourcedText, spanOf, subText } from '../sourced-text';
import { refuseCommand } from './command-faults';
import { type GivenOption, readCommandWords } from './command-words';
import type { CommandName } from './firewall-cmd-options';
import { firewalldRefusal, printable, quoted } from './firewalld-refusal';
import { readForwardText } from './forward-text';
import { type EntryWords, type PortEntry, readPortEntry } from './port-entry';
import { isOpaque } from './port-text';
import { readRichText } from './rich-language';
import { readRichRule } from './rich-rule';

/**
 * Reads a command line of firewall-cmd or firewall-offline-cmd: the ports that it opens, closes, asks for or forwards,
 * in a zone, a policy, a service, a helper or an ipset, and what the program refuses (src/firewall-cmd.in,
 * src/firewall/command.py).
 *
 * @param words The words behind the program's name, unquoted, with what is not known as `unknownText`.
 * @param text The text that they stand in: where a port is still to be typed, the blanks there tell.
 * @param program Which of the two; without it only what both refuse is told.
 */
export function readFirewallCmd(words: readonly SourcedText[], text: string, program?: CommandName): Found {
  const command = readCommandWords(words, program);
  const faults = refuseCommand(command, program);
  const place = placeOf(command.given);
  const found = nothingFound();
  for (const given of command.given) {
    if (given.values.length > 0) readOption(given, place, found);
    else found.slots.push(...gapSlots(given, place, text));
  }
  // Options that do not go together are refused before one of them is looked at.
  const references =
    faults.length === 0 ? found.references : found.references.map((each) => ({ ...each, isRefused: true }));
  return { references, slots: found.slots, faults: [...faults, ...found.faults] };
}

/** What the command is about. */
interface Place {
  readonly owner: string;
  /** Where a rule is evaluated; absent where the command defines something instead. */
  readonly chain?: string;
}

/** A service and a helper go before a zone or policy, as they do in the program. */
function placeOf(given: readonly GivenOption[]): Place {
  const named = (name: string): string | undefined => {
    const value = given.findLast(({ option }) => option.name === name)?.values[0]?.value;
    return value === undefined || value === '' ? undefined : printable(value);
  };
  for (const kind of ['service', 'helper', 'ipset']) {
    const name = named(`--${kind}`);
    if (name !== undefined) return { owner: `${kind} "${name}"` };
  }
  for (const kind of ['policy', 'zone']) {
    const name = named(`--${kind}`);
    if (name !== undefined) return { owner: `${kind} "${name}"`, chain: `${kind} ${name}` };
  }
  return { owner: 'the default zone', chain: 'default zone' };
}

const commandWords: EntryWords = { program: 'firewall-cmd', style: 'command' };

/** Where the value of an option is still to be typed: what could be typed there if it were empty. */
function gapSlots(given: GivenOption, place: Place, text: string): readonly PortSlot[] {
  const gap = gapBehind(text, spanOf(given.word).end);
  if (gap === undefined) return [];
  const found = nothingFound();
  readOption({ ...given, values: [literalText('', gap.span.start)] }, place, found);
  return found.slots.map((slot) => ({ ...slot, ...gap }));
}

function readOption(given: GivenOption, place: Place, found: Found): void {
  const { option, values } = given;
  const [value] = values;
  // What follows a direct option are iptables' own words.
  if (option.takes === 'rest') return;
  if (value === undefined) return;
  const [, verb, what] =
    /^--(add|remove|query)-(port|source-port|forward-port|rich-rule|entry)$/.exec(option.name) ?? [];
  const isAdded = verb === 'add';
  if (what === 'port' || what === 'source-port')
    readPort(value, { ...place, isAdded, what, separator: '/' }, found);
  else if (what === 'forward-port') readForward(value, { ...place, isAdded, isLokkit: false }, found);
  else if (what === 'rich-rule') readRich(value, { ...place, isAdded }, found);
  else if (what === 'entry') readEntry(value, place, found);
  else if (option.name === '--port' || option.name === '-p') {
    readPort(value, { ...defaultZone, isAdded: true, what: 'port', separator: ':' }, found);
  } else if (option.name === '--forward-port') {
    readForward(value, { ...defaultZone, isAdded: true, isLokkit: true }, found);
  }
}

const defaultZone: Place = { owner: 'the default zone', chain: 'default zone' };

interface PortOption extends Place {
  readonly isAdded: boolean;
  readonly what: 'port' | 'source-port';
  readonly separator: '/' | ':';
}

/** `80/tcp`, `8000-8010/udp`, `ssh/tcp` (src/firewall/command.py, `parse_port`). */
function readPort(text: SourcedText, option: PortOption, found: Found): void {
  const { value } = text;
  const { separator } = option;
  const at = value.indexOf(separator);
  const port = subText(text, 0, at < 0 ? value.length : at);
  const values = new Map([['port', port]]);
  const isSplit = at >= 0 && !value.includes(separator, at + 1);
  if (isSplit) values.set('protocol', subText(text, at + 1, value.length));
  const isSure = !isOpaque(value);
  const entry: PortEntry = {
    ...entryOf(text, option, option.isAdded),
    values,
    isForward: false,
    role: roleOf(option),
    isOpen: !isSplit,
  };
  if (isSplit || !isSure) {
    readPortEntry(entry, separator === ':' ? { ...commandWords, style: 'file' } : commandWords, found);
    return;
  }
  const fault = refuseSeparators(text, option);
  const read = nothingFound();
  readPortEntry(entry, commandWords, read);
  found.faults.push(fault);
  found.slots.push(
    ...read.slots.map((slot, at) => (at < read.slots.length - 1 ? slot : { ...slot, separator })),
  );
  for (const reference of read.references) found.references.push({ ...reference, isRefused: true });
}

function refuseSeparators(text: SourcedText, { separator }: PortOption) {
  const { value } = text;
  const words =
    separator === '/'
      ? 'INVALID_PORT: bad port (most likely missing protocol), correct syntax is portid[-portid]/protocol'
      : 'bad port (most likely missing protocol), correct syntax is portid[-portid]:protocol';
  const span = spanOf(text);
  if (value === '')
    return faultAt('missing-port', span, firewalldRefusal('the port is missing', 'firewall-cmd', words));
  const [, port, protocol] = /^([^/:]+)[:,.](tcp|udp|sctp|dccp)$/.exec(value) ?? [];
  if (port !== undefined && separator === '/') {
    const mended = `${port}/${protocol}`;
    const message = firewalldRefusal(
      `${quoted(value)} has no slash in front of its protocol`,
      'firewall-cmd',
      words,
    );
    return faultAt('missing-transport', span, message, replacing(text, `Write ${mended}`, mended));
  }
  if (value.includes(separator)) {
    const message = firewalldRefusal(
      `${quoted(value)} is more than a port and a protocol`,
      'firewall-cmd',
      words,
    );
    return faultAt('invalid-transport', span, message);
  }
  const reason = `${quoted(value)} has no protocol; it is written like ${quoted(`${value}${separator}tcp`)}`;
  const fixes = ['tcp', 'udp'].flatMap((each) => {
    const mended = `${value}${separator}${each}`;
    return /^[A-Za-z0-9-]+$/.test(value) ? replacing(text, `Write ${mended}`, mended) : [];
  });
  return faultAt('missing-transport', span, firewalldRefusal(reason, 'firewall-cmd', words), fixes);
}

interface ForwardOption extends Place {
  readonly isAdded: boolean;
  readonly isLokkit: boolean;
}

function readForward(text: SourcedText, option: ForwardOption, found: Found): void {
  const { values, faults } = readForwardText(text, option.isLokkit);
  const isMissing = faults.some(({ rule }) => rule.startsWith('missing-') || rule === 'unknown-parameter');
  found.faults.push(...faults);
  const entry: PortEntry = {
    ...entryOf(text, option, option.isAdded, 'forward-port'),
    values,
    isForward: true,
    role: option.isAdded ? 'forward' : 'match',
    isOpen: isMissing || isOpaque(text.value),
    ...(option.isLokkit && { family: 'ipv4' }),
  };
  const read = nothingFound();
  readPortEntry(entry, commandWords, read);
  found.slots.push(...read.slots);
  // What is missing is told once.
  found.faults.push(
    ...(isMissing ? read.faults.filter(({ rule }) => !rule.startsWith('missing-')) : read.faults),
  );
  for (const reference of read.references) {
    found.references.push(isMissing ? { ...reference, isRefused: true } : reference);
  }
}

function readRich(
  text: SourcedText,
  { isAdded, owner, chain }: Place & { readonly isAdded: boolean },
  found: Found,
): void {
  const { rule, fault } = readRichText(text);
  const read = nothingFound();
  readRichRule(rule, { owner, chain: chain ?? '' }, { program: 'firewall-cmd', style: 'rule' }, read);
  // A rule that cannot be read is not checked either; what its ports are is told all the same.
  const faults =
    fault === undefined
      ? read.faults
      : [fault, ...read.faults.filter(({ rule: id }) => !/^missing-|^invalid-rule$/.test(id))];
  found.faults.push(...faults);
  found.slots.push(...read.slots);
  for (const { rule: filter, ...reference } of read.references) {
    const refused = fault === undefined ? reference : { ...reference, isRefused: true };
    found.references.push(
      isAdded && chain !== undefined && filter !== undefined
        ? { ...refused, rule: filter }
        : { ...refused, role: isAdded ? reference.role : 'match' },
    );
  }
}

/** `10.0.0.1,tcp:80`: what kind of set it goes into is not told, so that only a protocol proves a port. */
function readEntry(text: SourcedText, { owner }: Place, found: Found): void {
  for (const { index, 0: whole, groups = {} } of text.value.matchAll(entryPort)) {
    const from = index + whole.length - (groups.port ?? '').length;
    const port = subText(text, from, index + whole.length);
    const protocol = subText(text, from - (groups.protocol ?? '').length - 1, from - 1);
    const span = spanOf(text);
    const entry = {
      ...{ span, nameSpan: span, isForward: false, role: 'declare' as const, owner, isOpen: true },
      values: new Map([
        ['port', port],
        ['protocol', protocol],
      ]),
    };
    const read = nothingFound();
    readPortEntry(entry, commandWords, read);
    found.references.push(...read.references);
    found.slots.push(...read.slots);
  }
}

const entryPort = /(?:^|,)(?<protocol>tcp|udp|sctp):(?<port>[^,]+)/g;

function roleOf({ isAdded, what, chain }: PortOption): PortEntry['role'] {
  if (what === 'source-port') return 'source';
  if (!isAdded) return 'match';
  return chain === undefined ? 'declare' : 'allow';
}

/** What is the same for all ports of an option; what is taken away or asked for is no rule. */
function entryOf(text: SourcedText, { owner, chain }: Place, isAdded: boolean, verdict = 'accept') {
  const span = spanOf(text);
  const rule: FilterRule | undefined =
    chain === undefined || !isAdded ? undefined : { chain, isNegated: false, conditions: [], verdict };
  return { span, nameSpan: span, owner, ...(rule && { rule }) };
}
