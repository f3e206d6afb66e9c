import type { Fault, FaultFix } from '../../model/fault';
import type { Span } from '../../model/span';
import type { ConfigOption, ConfigSection } from '../../syntax/ini/config-parser';
import { serviceTransports } from '../../syntax/services/services';
import { type SourcedText, sourceSpan, spanOf } from '../../syntax/sourced-text';
import { readPortText } from '../../syntax/ufw/port-text';
import { isPortless, isProtocol } from '../../syntax/ufw/protocols';
import { ufwRefusal } from '../../syntax/ufw/ufw-refusal';
import { isProfileName, isPythonInteger } from '../../syntax/ufw/ufw-services';
import { type PortItem, portItems } from './ports';

/** Options by their keys. */
export type ProfileFields = ReadonlyMap<string, ConfigOption>;

/**
 * Why ufw ignores a profile, the first reason that it finds: its name, fields that are too long, then title,
 * description and ports, which all have to be there (ufw src/applications.py, get_profiles and verify_profile).
 */
export function profileFault(section: ConfigSection, defaults: ProfileFields): Fault | undefined {
  return (
    nameFault(section) ??
    lengthFault(section) ??
    missingField(section, defaults) ??
    portsFault(section, defaults)
  );
}

function ignored(
  section: ConfigSection,
  span: Span,
  reason: string,
  words: string,
  fixes: readonly FaultFix[] = [],
): Fault {
  const message = ufwRefusal(`the profile "${section.name}" is ignored: ${reason}`, words);
  return { rule: 'ignored-profile', span, message, ...(fixes.length > 0 && { fixes }) };
}

function nameFault(section: ConfigSection): Fault | undefined {
  const { name, nameSpan } = section;
  const fault = (reason: string, words: string): Fault =>
    ignored(section, nameSpan, reason, `Skipping '${name}': ${words}`);
  if (name.length > longestName) {
    return fault(
      `the name has ${name.length} characters, and a profile's has ${longestName} at the most`,
      'name too long',
    );
  }
  if (!isProfileName(name)) return fault(nameReason(name), 'invalid name');
  if (serviceTransports(name).length === 0) return undefined;
  return fault(`"${name}" is the name of a service in /etc/services`, 'also in /etc/services');
}

function nameReason(name: string): string {
  if (name === 'all') return '"all" is the name of all profiles together';
  if (isPythonInteger(name)) return `${name} is a number and no name`;
  const strange = /[^a-zA-Z0-9 _\-.+]/.exec(name)?.[0];
  return strange === undefined
    ? `the name "${name}" begins with neither a letter nor a digit`
    : `the name "${name}" has ${JSON.stringify(strange)} in it`;
}

const longestName = 64;
const longestValue = 1024;

function lengthFault(section: ConfigSection): Fault | undefined {
  for (const { key, keySpan, value } of section.options) {
    if (key.length > longestName) {
      const reason = `a key has ${key.length} characters, and ${longestName} is the most`;
      return ignored(section, keySpan, reason, `Skipping '${section.name}': field too long`);
    }
    const length = lengthOf(value.value);
    if (length > longestValue) {
      const reason = `"${key}" has ${length} characters, and ${longestValue} is the most`;
      const words = `Skipping '${section.name}': value too long for '${key}'`;
      return ignored(section, spanOf(value), reason, words);
    }
  }
  return undefined;
}

/** Python counts code points; a text that is short enough in UTF-16 is short enough in these. */
function lengthOf(text: string): number {
  return text.length > longestValue ? [...text].length : text.length;
}

function missingField(section: ConfigSection, defaults: ProfileFields): Fault | undefined {
  for (const field of ['title', 'description', 'ports']) {
    const option = section.options.find(({ key }) => key === field) ?? defaults.get(field);
    const name = section.name;
    if (option === undefined) {
      const words = `Profile '${name}' missing required field '${field}'`;
      return ignored(section, section.nameSpan, `the profile has no ${field}`, words);
    }
    if (option.value.value === '') {
      const words = `Profile '${name}' has empty required field '${field}'`;
      return ignored(section, option.keySpan, `"${field}" is empty`, words);
    }
  }
  return undefined;
}

function portsFault(section: ConfigSection, defaults: ProfileFields): Fault | undefined {
  const ports = section.options.find(({ key }) => key === 'ports') ?? defaults.get('ports');
  if (ports === undefined) return undefined;
  for (const item of portItems(ports.value)) {
    const found = itemFault(ports.value, item);
    if (found === undefined) continue;
    const place = sourceSpan(ports.value, found.from, found.to);
    const span = place.start < place.end ? place : spanOf(ports.value);
    const words = `Invalid ports in profile '${section.name}'`;
    return ignored(section, span, found.reason, words, mends(ports.value));
  }
  return undefined;
}

interface ItemFault {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** parse_port_proto of src/util.py, then UFWRule of src/common.py: lists can hold names here. */
function itemFault({ value }: SourcedText, { from, to, portEnd, protocol }: PortItem): ItemFault | undefined {
  const port = value.slice(from, portEnd);
  const atProtocol = { from: portEnd + 1, to };
  if (from === to) return { from, to, reason: 'a port is missing beside a bar' };
  if (protocol?.includes('/'))
    return { ...atProtocol, reason: `"${value.slice(from, to)}" has more than one protocol` };
  if (protocol !== undefined && isPortless(protocol))
    return { ...atProtocol, reason: `"${protocol}" has no ports` };
  if ((protocol ?? 'any') === 'any' && /[:,]/.test(port)) {
    return {
      from,
      to,
      reason: `${port} is a list or a range and needs a protocol, as in ${port}/tcp`,
    };
  }
  if (protocol !== undefined && !isProtocol(protocol))
    return { ...atProtocol, reason: protocolReason(protocol) };
  const { fault } = readPortText(port);
  return fault && { from: from + fault.from, to: from + fault.to, reason: fault.reason };
}

function protocolReason(protocol: string): string {
  if (protocol === '') return 'the protocol behind the slash is missing';
  if (protocol !== protocol.trim()) return `"${protocol}" has a blank in it`;
  return `"${protocol}" is no protocol with ports in ufw, which has tcp and udp, in small letters`;
}

/** Where small slips show what was meant, the ports as ufw takes them. */
function mends(text: SourcedText): readonly FaultFix[] {
  const { value } = text;
  const span = sourceSpan(text, 0, value.length);
  const meant = value
    // A comma behind a protocol was to begin the next item.
    .replace(/(\/(?:tcp|udp)),(?=[0-9])/gi, '$1|')
    .split('|')
    .map((item) => item.replace(/\s+/g, ''))
    .filter((item) => item !== '')
    .map((item) =>
      item.replace(/^(\d+)-(\d+)/, '$1:$2').replace(/\/(?:tcp|udp)$/i, (part) => part.toLowerCase()),
    )
    .join('|');
  const isExact = span.end - span.start === value.length && !/[\n]/.test(value);
  const mended = { value: meant, pieces: [] };
  const heals =
    meant !== '' &&
    meant !== value &&
    portItems(mended).every((item) => itemFault(mended, item) === undefined);
  return isExact && heals ? [{ title: `Write ${meant}`, span, text: meant }] : [];
}
