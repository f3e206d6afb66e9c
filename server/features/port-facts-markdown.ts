import { type PortRange, portsText, type Transport } from '../model/port';
import type { Registry, RegistryRecord } from '../model/registry';
import { lowerFirst, upperFirst } from '../model/words';
import { escaped, reference } from './markdown';
import { namesRange, type PortFacts, portFacts, preferredName } from './port-facts';

/** How many ports of a range are told one by one. */
const rangeShown = 8;

/** One line: what the registry has for the port. It says "registered for", for a label proves nothing. */
export function answerLine(facts: PortFacts): string {
  const record = preferredName(facts);
  if (record !== undefined) return registeredFor(record);
  const held = facts.records[0];
  if (held?.status === 'reserved')
    return `Reserved by IANA${/^reserved$/i.test(held.description ?? '') ? '' : descriptionOf(held)}.`;
  if (facts.range.name === 'Dynamic') return 'IANA registers no port of this range.';
  return 'IANA has registered it for no service.';
}

/** The rest, for who reads on: the record, the other names, the other transport, the range of numbers. */
export function detailLines(facts: PortFacts): readonly string[] {
  const record = preferredName(facts);
  return [
    ...(record === undefined ? [] : [recordLine(record)]),
    ...(facts.records[0] === undefined ? [] : noteLines(facts.records[0])),
    ...otherNameLines(facts),
    ...facts.elsewhere.map(
      (other) => `On ${other.transport ?? 'other transports'}: ${lowerFirst(registeredFor(other))}`,
    ),
    `${facts.range.name} Port (${portsText(facts.range.ports)}, ${reference('[RFC6335]')}): ${facts.range.meaning}`,
  ].filter((line) => line !== '');
}

/** The preferred names of the ports in a range, as far as a hover has room for them. */
export function rangeOfPortsLine(
  registry: Registry,
  { first, last }: PortRange,
  transport: Transport | undefined,
): readonly string[] {
  const whole = preferredName(portFacts(registry, first, transport));
  const around = whole?.ports;
  if (whole !== undefined && namesRange(whole) && around !== undefined && last <= around.last) {
    return [registeredFor(whole), recordLine(whole), ...noteLines(whole)].filter((line) => line !== '');
  }
  const named: string[] = [];
  for (let port = first; port <= last && port <= 65535 && named.length <= rangeShown; port += 1) {
    const record = preferredName(portFacts(registry, port, transport));
    if (record?.name !== undefined && !namesRange(record)) named.push(`${port} for ${escaped(record.name)}`);
  }
  const count = `${last - first + 1} ports.`;
  if (named.length === 0) return [`${count} None of them is registered by its own number.`];
  const more = named.length > rangeShown ? ' …' : '';
  return [`${count} Registered: ${named.slice(0, rangeShown).join(', ')}${more}`];
}

function registeredFor(record: RegistryRecord): string {
  const name = `**${escaped(record.name ?? '')}**${descriptionOf(record)}`;
  const whole = record.ports;
  if (whole === undefined || !namesRange(record)) return `Registered for ${name}.`;
  return `Inside the range ${portsText(whole)} registered for ${name}.`;
}

function descriptionOf({ description, name }: RegistryRecord): string {
  const text = description?.trim() ?? '';
  return text === '' || text.toLowerCase() === name?.toLowerCase() ? '' : ` (${escaped(text)})`;
}

function recordLine(record: RegistryRecord): string {
  const parts = [
    record.assignee === undefined ? '' : `Registered by ${escaped(record.assignee)}`,
    record.registered === undefined
      ? ''
      : `${record.registered.length > 7 ? 'on' : 'in'} ${record.registered}`,
    record.modified === undefined ? '' : `changed ${record.modified}`,
    record.reference === undefined ? '' : `reference ${reference(record.reference)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${upperFirst(parts.join(', '))}.`;
}

function noteLines({ notes, unauthorizedUse }: RegistryRecord): readonly string[] {
  return [
    ...(notes === undefined ? [] : [`Note in the registry: ${escaped(notes)}`]),
    ...(unauthorizedUse === undefined ? [] : [`${escaped(unauthorizedUse)}, as the registry notes.`]),
  ];
}

function otherNameLines({ records }: PortFacts): readonly string[] {
  const [, ...others] = records.filter(({ name }) => name !== undefined);
  const preferred = records[0]?.name;
  const lines = others
    .filter(
      ({ name }, index) => name !== preferred && others.findIndex((other) => other.name === name) === index,
    )
    .map((record) => `${escaped(record.name ?? '')}${statusOf(record)}`);
  return lines.length === 0 ? [] : [`Registered as well: ${lines.join(', ')}.`];
}

function statusOf(record: RegistryRecord): string {
  if (record.status === 'alias' || record.status === 'historic') return ` (${record.status})`;
  return namesRange(record) && record.ports !== undefined ? ` (for ${portsText(record.ports)})` : '';
}
