import type { PortRange, PortReference, Transport } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { RegistryRecord } from '../../model/registry';
import { roleWords } from '../role-words';

/** A port that could be offered, before it is known how it is written. */
export interface Candidate {
  readonly port: number;
  readonly transport: Transport;
  readonly why: string;
  /** The service name that the user is typing, when it is a name. */
  readonly name?: string;
  /** The host port in front of it, or several for as many containers, where a whole mapping is written. */
  readonly host?: PortRange;
  /** The host in front of it, where that is written along. */
  readonly peer?: string;
  /** The last port, where several side by side are written. */
  readonly last?: number;
  /** Why it is free on the machine, in a few words, or why it is not; `why` goes in front. */
  readonly free?: string;
  /** What the typed text is compared with, where that is not what is written. */
  readonly filter?: string;
  /** True when the name itself goes into the text: the format takes it in place of the number. */
  readonly isWrittenAsName?: boolean;
}

/** What a row of the registry offers; nothing for a name without a port, or one that is history. */
export function candidateOf({ name, ports, transport, status }: RegistryRecord): readonly Candidate[] {
  if (name === undefined || ports === undefined || status === 'historic') return [];
  return [{ port: ports.first, transport: transport ?? 'tcp', why: `registered for ${name}`, name }];
}

/** What a place that names a port offers to another one; nothing for a range, or for another transport. */
export function referenceCandidates(
  reference: PortReference,
  { transport: wanted }: Pick<PortSlot, 'transport'>,
): readonly Candidate[] {
  const { ports, transport = 'tcp' } = reference;
  if (ports === undefined || ports.first !== ports.last || ports.first === 0) return [];
  if (wanted !== undefined && wanted !== transport) return [];
  return [{ port: ports.first, transport, why: roleWords(reference) }];
}
