import { portFacts } from '../engine';
import type { PortFacts } from '../features/port-facts';
import { portsText, type Transport } from '../model/port';
import type { RegistryRecord } from '../model/registry';
import { readArguments, UsageError } from './arguments';
import type { ExitCode, Session } from './session';

/** `portolan lookup`: what is known of a port number, `53/udp`, or a service name. */
export function lookup(argv: readonly string[], session: Session): ExitCode {
  const parsed = readArguments(argv, { format: ['text', 'json'] }, false);
  const [question, ...more] = parsed.paths;
  if (question === undefined || more.length > 0) throw new UsageError('lookup takes one number or name');
  const facts = factsFor(question, session);
  if (facts.length === 0) {
    session.error(`portolan: no service "${question}" with a port is in the registry\n`);
    return 1;
  }
  session.out(parsed.option('format') === 'json' ? json(facts) : facts.map(text).join('\n'));
  return 0;
}

function factsFor(question: string, { registry }: Session): readonly PortFacts[] {
  const number = /^([0-9]+)(?:\/([a-z]+))?$/i.exec(question);
  if (number !== null) {
    const port = Number(number[1]);
    if (port > 65535) throw new UsageError(`${number[1]} is above 65535, the highest port`);
    return [portFacts(registry, port, transportOf(number[2]))];
  }
  const [name = '', transport] = question.split('/');
  const wanted = transportOf(transport);
  const found = registry
    .byName(name)
    .filter((record) => record.ports !== undefined && (wanted === undefined || record.transport === wanted));
  const seen = new Set(found.flatMap(({ ports }) => (ports === undefined ? [] : [ports.first])));
  return [...seen].map((port) => portFacts(registry, port, wanted));
}

function transportOf(text: string | undefined): Transport | undefined {
  if (text === undefined) return undefined;
  const lower = text.toLowerCase();
  if (lower === 'tcp' || lower === 'udp' || lower === 'sctp' || lower === 'dccp') return lower;
  throw new UsageError(`"${text}" is not a transport; there are tcp, udp, sctp and dccp`);
}

function text({ port, transport, records, range }: PortFacts): string {
  const title = `${port}${transport === undefined ? '' : `/${transport}`}: ${range.name} Port (${portsText(range.ports)})`;
  const rows = records.length === 0 ? ['  no row in the IANA registry'] : records.map(row);
  return `${[title, ...rows].join('\n')}\n`;
}

function row(record: RegistryRecord): string {
  const { name, ports, transport, description, status, assignee, registered, reference, notes } = record;
  const range = ports === undefined || ports.first === ports.last ? '' : `${portsText(ports)}, `;
  const head =
    name === undefined ? status : `registered for ${name}${status === 'assigned' ? '' : ` (${status})`}`;
  const about = [description, assignee && `by ${assignee}`, registered, reference, notes]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => part?.replace(/\s*\n\s*/g, ' '));
  return `  ${range}${transport ?? 'any transport'}: ${[head, ...about].join('; ')}`;
}

function json(facts: readonly PortFacts[]): string {
  const rows = facts.map(({ port, transport, records, range }) => ({
    port,
    transport: transport ?? null,
    range: { name: range.name, first: range.ports.first, last: range.ports.last },
    records: records.map(recordRow),
  }));
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}

function recordRow(record: RegistryRecord) {
  return {
    name: record.name ?? null,
    first: record.ports?.first ?? null,
    last: record.ports?.last ?? null,
    transport: record.transport ?? null,
    status: record.status,
    description: record.description ?? null,
    assignee: record.assignee ?? null,
    registered: record.registered ?? null,
    modified: record.modified ?? null,
    reference: record.reference ?? null,
    unauthorizedUse: record.unauthorizedUse ?? null,
    notes: record.notes ?? null,
  };
}
