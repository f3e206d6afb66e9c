import { isAddress, isMac, isNetwork } from '../../syntax/firewalld/address-text';
import { firewalldRefusal, quoted } from '../../syntax/firewalld/firewalld-refusal';
import { readPortEntry } from '../../syntax/firewalld/port-entry';
import { reasonOf } from '../../syntax/firewalld/port-faults';
import { isOpaque, readPortText } from '../../syntax/firewalld/port-text';
import { refusedProtocol } from '../../syntax/firewalld/protocol-text';
import { pythonInt } from '../../syntax/firewalld/python-int';
import { faultAt, nothingFound } from '../../syntax/found';
import {
  literalText,
  type SourcedText,
  SourcedTextBuilder,
  spanOf,
  subText,
} from '../../syntax/sourced-text';
import type { XmlElement } from '../../syntax/xml/xml';
import { type FileContext, ownerOf, refuse } from './context';
import { refuseForm, valuesOf } from './elements';

/** src/firewall/core/ipset.py, `IPSET_TYPES`. */
const types: readonly string[] = (
  'hash:ip hash:ip,port hash:ip,port,ip hash:ip,port,net hash:ip,mark hash:net hash:net,net hash:net,port ' +
  'hash:net,port,net hash:net,iface hash:mac'
).split(' ');

/** Reads an ipset, whose entries can name ports (src/firewall/core/io/ipset.py). */
export function readIpset(context: FileContext): undefined {
  const entries: { readonly element: XmlElement; readonly text: SourcedText }[] = [];
  const options = new Map<string, string>();
  let type = '';
  let text = new SourcedTextBuilder();
  for (const event of context.events) {
    if (event.kind === 'text') {
      text.append(event.text);
    } else if (event.kind === 'end') {
      if (event.element.name === 'entry') entries.push({ element: event.element, text: text.text() });
      text = new SourcedTextBuilder();
    } else {
      text = new SourcedTextBuilder();
      const isFaulty = refuseForm('ipset', event.element, context.found);
      const values = valuesOf(event.element);
      if (event.element.name === 'ipset') type = readType(values.get('type'), context) ?? type;
      else if (event.element.name === 'option' && !isFaulty)
        readOption(values, { type, options }, event.element, context);
    }
  }
  if (!types.includes(type) || isTimed(options)) return;
  const family = options.get('family') === 'inet6' ? 'ipv6' : 'ipv4';
  for (const entry of entries) readEntry(entry.text, { type, family, element: entry.element }, context);
}

function readType(text: SourcedText | undefined, context: FileContext): string | undefined {
  if (text === undefined || isOpaque(text.value)) return undefined;
  if (!types.includes(text.value)) {
    const reason = `${quoted(text.value)} is no type of ipset; there are ${types.join(', ')}`;
    refuse(context, 'ignored-profile', spanOf(text), reason, `INVALID_TYPE: ${text.value}`);
  }
  return text.value;
}

interface Options {
  readonly type: string;
  readonly options: Map<string, string>;
}

function readOption(
  values: ReadonlyMap<string, SourcedText>,
  { type, options }: Options,
  { nameSpan }: XmlElement,
  context: FileContext,
): void {
  const name = values.get('name');
  const value = values.get('value');
  if (name === undefined || isOpaque(name.value) || isOpaque(value?.value ?? '')) return;
  const tell = (text: SourcedText | undefined, reason: string, words: string): void =>
    refuse(
      context,
      'ignored-profile',
      text === undefined || text.value === '' ? nameSpan : spanOf(text),
      reason,
      words,
    );
  const number = pythonInt(value?.value ?? '');
  if (!['family', 'timeout', 'hashsize', 'maxelem'].includes(name.value)) {
    tell(name, `there is no option ${quoted(name.value)}`, `INVALID_OPTION: Unknown option '${name.value}'`);
  } else if (name.value === 'family' && type === 'hash:mac') {
    const words = "INVALID_OPTION: Unsupported option 'family' for type 'hash:mac'";
    tell(name, 'a set of MAC addresses has no family', words);
  } else if (value === undefined || value.value === '') {
    const words = `INVALID_OPTION: Missing mandatory value of option '${name.value}'`;
    tell(undefined, `the option ${name.value} has no value`, words);
  } else if (name.value === 'family' && value.value !== 'inet' && value.value !== 'inet6') {
    tell(
      value,
      `the family ${quoted(value.value)} is neither inet nor inet6`,
      `INVALID_FAMILY: ${value.value}`,
    );
  } else if (name.value !== 'family' && (number === undefined || number < 0)) {
    const what = number === undefined ? 'not an integer' : 'negative';
    const words = `INVALID_VALUE: Option '${name.value}': Value '${value.value}' is ${what}`;
    tell(value, `${quoted(value.value)} is no number from 0 on`, words);
  } else if (!options.has(name.value)) {
    options.set(name.value, value.value);
  }
}

/** The entries of a set that forgets them are not read. */
function isTimed(options: ReadonlyMap<string, string>): boolean {
  return (options.get('timeout') ?? '0') !== '0';
}

interface EntryPlace {
  readonly type: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly element: XmlElement;
}

/** One entry, part by part (`check_entry`); firewalld leaves out one that it does not take. */
function readEntry(text: SourcedText, place: EntryPlace, context: FileContext): void {
  const flags = place.type.slice('hash:'.length).split(',');
  const items = itemsOf(text);
  const fault = isOpaque(text.value) ? undefined : entryFault(text, items, flags, place);
  if (fault !== undefined && place.element.isWhole) context.found.faults.push(fault);
  const at = flags.indexOf('port');
  const item = at < 0 ? undefined : items[at];
  if (item !== undefined) readPortItem(item, text, fault !== undefined, context);
}

function itemsOf(text: SourcedText): readonly SourcedText[] {
  const items: SourcedText[] = [];
  for (let at = 0; at <= text.value.length; ) {
    const comma = text.value.indexOf(',', at);
    const end = comma < 0 ? text.value.length : comma;
    items.push(subText(text, at, end));
    at = end + 1;
  }
  return items;
}

/** `80`, which is TCP (src/firewall/core/nftables.py, `_set_entry_fragment`), or `udp:53`. */
function readPortItem(item: SourcedText, entry: SourcedText, isRefused: boolean, context: FileContext): void {
  const colon = item.value.indexOf(':');
  const protocol = colon < 0 ? undefined : subText(item, 0, colon);
  if (protocol !== undefined && /^(?:icmp|icmpv6|ipv6-icmp)$/.test(protocol.value)) return;
  const port = colon < 0 ? item : subText(item, colon + 1, item.value.length);
  const span = entry.value === '' ? spanOf(item) : spanOf(entry);
  const read = nothingFound();
  readPortEntry(
    {
      ...{ span, nameSpan: span, isForward: false, role: 'declare', owner: ownerOf(context) },
      values: new Map([
        ['port', port],
        ['protocol', protocol ?? literalText('tcp', span.start)],
      ]),
    },
    { program: 'firewalld', style: 'file' },
    read,
  );
  context.found.slots.push(...read.slots);
  for (const { isRefused: _, ...reference } of read.references) {
    // A set knows one transport more than a rule.
    const own = protocol?.value === 'udplite' ? { ...reference, transport: 'udplite' as const } : reference;
    context.found.references.push(isRefused ? { ...own, isRefused } : own);
  }
}

function entryFault(
  text: SourcedText,
  items: readonly SourcedText[],
  flags: readonly string[],
  place: EntryPlace,
) {
  const refused = (rule: string, part: SourcedText, reason: string, words: string) =>
    faultAt(
      rule,
      part.value === '' ? spanOf(text) : spanOf(part),
      firewalldRefusal(reason, 'firewalld', `INVALID_ENTRY: ${words}, ignoring.`),
    );
  const { value: entry } = text;
  if (items.length !== flags.length) {
    const words = `entry '${entry}' does not match ipset type '${place.type}'`;
    const reason = `${quoted(entry)} has ${items.length} of the ${flags.length} parts of ${place.type}`;
    return refused('ignored-profile', text, reason, words);
  }
  for (const [index, item] of items.entries()) {
    const flag = flags[index] ?? '';
    const { value } = item;
    if (flag === 'port') {
      const fault = portItemFault(item, entry, refused);
      if (fault !== undefined) return fault;
    } else if (!isItem(value, flag, index, place)) {
      const isNumber = flag === 'mark' || flag === 'iface';
      const what =
        flag === 'mac'
          ? 'mac address'
          : flag === 'mark'
            ? 'mark'
            : flag === 'iface'
              ? 'interface'
              : 'address';
      const words = `invalid ${what} '${value}' in '${entry}'`;
      const rule = isNumber ? 'ignored-profile' : 'invalid-address';
      return refused(rule, item, `${quoted(value)} is not what ${place.type} has for ${flag}`, words);
    }
  }
  return undefined;
}

function portItemFault(
  item: SourcedText,
  entry: string,
  refused: (rule: string, part: SourcedText, reason: string, words: string) => ReturnType<typeof faultAt>,
) {
  const parts = item.value.split(':');
  const [first = '', second] = parts;
  if (parts.length > 2) {
    return refused(
      'invalid-port',
      item,
      `${quoted(item.value)} has more than one colon`,
      `invalid port '${item.value}'`,
    );
  }
  if (second !== undefined && /^(?:icmp|icmpv6|ipv6-icmp)$/.test(first)) return undefined;
  const known = ['tcp', 'sctp', 'udp', 'udplite'];
  const protocol = subText(item, 0, first.length);
  if (
    second !== undefined &&
    !known.includes(first) &&
    refusedProtocol(protocol, 'firewalld') !== undefined
  ) {
    return refused(
      'invalid-transport',
      protocol,
      `${quoted(first)} is no protocol`,
      `invalid protocol '${first}' in '${entry}'`,
    );
  }
  const port = second === undefined ? item : subText(item, first.length + 1, item.value.length);
  const { ports, refusal: kind } = { refusal: undefined, ...readPortText(port.value) };
  if (ports !== undefined || kind === undefined) return undefined;
  const rule = port.value === '' ? 'missing-port' : 'invalid-port';
  const { reason } = reasonOf(port, { program: 'firewalld', style: 'file' });
  return refused(rule, port, reason, `invalid port '${port.value}' in '${entry}'`);
}

/** The other parts of an entry. */
function isItem(value: string, flag: string, index: number, { type, family }: EntryPlace): boolean {
  const ends = value.split('-');
  const isRange = ends.length > 1;
  const [first = '', last = ''] = ends;
  switch (flag) {
    case 'ip':
      if (isRange && family === 'ipv4') {
        return index <= 1 && ends.length === 2 && isAddress(first, family) && isAddress(last, family);
      }
      if (family === 'ipv6') return isAddress(value, family);
      return value !== '0.0.0.0' && (index === 0 ? isNetwork(value, family) : isAddress(value, family));
    case 'net':
      if (isRange) return ends.length === 2 && isAddress(first, family) && isNetwork(last, family);
      if (value.endsWith('/0') && !(family === 'ipv6' && index === 0 && type === 'hash:net,iface'))
        return false;
      return isNetwork(value, family);
    case 'mac':
      return isMac(value) && value !== '00:00:00:00:00:00';
    case 'mark': {
      const mark = /^0x[0-9a-fA-F]+$/.test(value) ? Number.parseInt(value, 16) : pythonInt(value);
      return mark !== undefined && mark >= 0 && mark <= 0xffffffff;
    }
    default:
      return /^[^ /!*]{1,15}$/.test(value);
  }
}
