import { type PortRange, portsText, type Transport } from '../../model/port';
import type { Registry, RegistryRecord } from '../../model/registry';
import { lowerFirst } from '../../model/words';
import { escaped, reference } from '../markdown';
import { namesRange, type PortFacts, preferredName } from './port-facts';

/** How many ports of a range are told one by one. */
const rangeShown = 8;

/**
 * What the registry has for the port, in Markdown: the label, who holds it, and what it is worth; then the other names
 * and the other transports. Its notes, some of them long, are for the port's page. It says "registered for", for a label proves nothing.
 */
export function registeredLines(facts: PortFacts): readonly string[] {
  const record = preferredName(facts);
  return [
    record === undefined ? unlabelled(facts) : `${label(record)}${holder(record)}${worth(facts)}.`,
    ...otherNameLines(facts),
    ...facts.elsewhere.map((other) => `On ${other.transport}: ${lowerFirst(label(other))}.`),
  ];
}

/** The preferred names of the ports in a range, as far as a hover has room for them. */
export function rangeOfPortsLines(
  registry: Registry,
  { first, last }: PortRange,
  transport: Transport | undefined,
): readonly string[] {
  const labelOf = (port: number) => preferredName({ records: registry.byPort(port, transport) });
  const whole = labelOf(first);
  const around = whole?.ports;
  if (whole !== undefined && namesRange(whole) && around !== undefined && last <= around.last) {
    return [`${label(whole)}${holder(whole)}.`];
  }
  const named: string[] = [];
  for (let port = first; port <= last && port <= 65535 && named.length <= rangeShown; port += 1) {
    const record = labelOf(port);
    if (record?.name !== undefined && !namesRange(record)) named.push(`${port} for ${escaped(record.name)}`);
  }
  const count = `${last - first + 1} ports.`;
  if (named.length === 0) return [`${count} None of them is registered by its own number.`];
  const more = named.length > rangeShown ? ' …' : '';
  return [`${count} Registered: ${named.slice(0, rangeShown).join(', ')}${more}`];
}

function unlabelled({ records, range }: PortFacts): string {
  const [held] = records;
  if (held?.status === 'reserved')
    return `Reserved by IANA${/^reserved$/i.test(held.description ?? '') ? '' : descriptionOf(held)}.`;
  if (range.name === 'Dynamic') return 'IANA registers no port of this range.';
  return 'IANA has registered it for no service.';
}

function label(record: RegistryRecord): string {
  const name = `**${escaped(record.name ?? '')}**${descriptionOf(record)}`;
  const whole = record.ports;
  if (whole === undefined || !namesRange(record)) return `Registered for ${name}`;
  return `Inside the range ${portsText(whole)} registered for ${name}`;
}

function descriptionOf({ description, name }: RegistryRecord): string {
  const text = description?.trim() ?? '';
  return text === '' || text.toLowerCase() === name?.toLowerCase() ? '' : ` (${escaped(text)})`;
}

/** Who registered it, when, and what specifies it. */
function holder(record: RegistryRecord): string {
  const date = record.registered ?? '';
  const parts = [
    record.assignee === undefined ? '' : ` by ${escaped(record.assignee)}`,
    date === '' ? '' : ` ${date.length > 7 ? 'on' : 'in'} ${date}`,
  ].join('');
  const changed = record.modified === undefined ? '' : `, changed ${record.modified}`;
  return parts + changed + (record.reference === undefined ? '' : `, ${reference(record.reference)}`);
}

/** The verdict's words, where they add to what the label says. */
function worth({ verdict }: PortFacts): string {
  return verdict.kind === 'specified' ? '' : ` — ${verdict.words}`;
}

function otherNameLines({ records }: PortFacts): readonly string[] {
  const [, ...others] = records.filter(({ name }) => name !== undefined);
  const preferred = records[0]?.name;
  const names = others
    .filter(
      ({ name }, index) => name !== preferred && others.findIndex((other) => other.name === name) === index,
    )
    .map((record) => `${escaped(record.name ?? '')}${statusOf(record)}`);
  return names.length === 0 ? [] : [`Registered as well: ${names.join(', ')}.`];
}

function statusOf(record: RegistryRecord): string {
  if (record.status === 'alias' || record.status === 'historic') return ` (${record.status})`;
  return namesRange(record) && record.ports !== undefined ? ` (for ${portsText(record.ports)})` : '';
}
