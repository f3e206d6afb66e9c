import { speakersFirst } from '../../knowledge/spoken';
import { type Verdict, verdict } from '../../knowledge/verdict';
import type { Books, Note, NumberMeaning, PracticeRecord } from '../../model/knowledge';
import type { PortRange, Protocol, Transport } from '../../model/port';
import type { RegistryRecord } from '../../model/registry';
import { type NumberRange, rangeOf } from '../../registry/ranges';

/** What is known of one port number and transport, before anybody looks at where it is used. */
export interface PortFacts {
  readonly port: number;
  /** The transport asked for; absent when the question was about the number alone. */
  readonly transport?: Transport;
  /** The rows of the port for that transport, or for all, preferred first. */
  readonly records: readonly RegistryRecord[];
  /** What the preferred row of another transport says, where it has another name or none. */
  readonly elsewhere: readonly RegistryRecord[];
  readonly range: NumberRange;
  /** What the number means by itself. */
  readonly meanings: readonly NumberMeaning[];
  /** Who is found there in practice. */
  readonly practice: readonly PracticeRecord[];
  readonly notes: readonly Note[];
  /** What the label is worth. */
  readonly verdict: Verdict;
}

/** Gathers what is known of `port`, an integer from 0 to 65535; `protocol` is what is known to be spoken there. */
export function portFacts(
  { registry, knowledge }: Books,
  port: number,
  transport?: Transport,
  protocol?: Protocol,
): PortFacts {
  const all = registry.byPort(port);
  const records = transport === undefined ? all : registry.byPort(port, transport);
  const practice = speakersFirst(knowledge.inPractice(port, transport), protocol);
  const notes = knowledge.notes(port, transport);
  const range = rangeOf(port);
  return {
    port,
    ...(transport && { transport }),
    records,
    elsewhere: elsewhere(all, records, transport),
    range,
    meanings: knowledge.meanings(port, transport),
    practice,
    notes,
    verdict: verdict(records, practice, notes, range.name === 'Dynamic'),
  };
}

/** The record that a reader wants to see first, if it is one with a name. */
export function preferredName(facts: Pick<PortFacts, 'records'>): RegistryRecord | undefined {
  const [first] = facts.records;
  return first?.name === undefined ? undefined : first;
}

/** What the number means in one respect, anywhere or on one platform. */
export function meaningOf(
  facts: PortFacts,
  kind: NumberMeaning['kind'],
  platform?: NumberMeaning['platform'],
) {
  return facts.meanings.find((meaning) => meaning.kind === kind && meaning.platform === platform);
}

/** Tells whether the record names a range and not just the one port. */
export function namesRange({ ports }: RegistryRecord): boolean {
  return ports !== undefined && isRange(ports);
}

function elsewhere(
  all: readonly RegistryRecord[],
  records: readonly RegistryRecord[],
  transport: Transport | undefined,
): readonly RegistryRecord[] {
  if (transport === undefined) return [];
  const shown = new Set(records.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const found = new Map<Transport, RegistryRecord>();
  for (const record of all) {
    const { name, transport: other } = record;
    if (name !== undefined && other !== undefined && other !== transport && !found.has(other))
      found.set(other, record);
  }
  for (const [other, { name = '' }] of found) if (shown.has(name)) found.delete(other);
  return [...found.values()];
}

function isRange({ first, last }: PortRange): boolean {
  return first !== last;
}
