import { isWide, type PortRange, type PortReference, type Transport } from '../../model/port';
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
  /** The range that it is an end of, where the workspace has that: what is known of one end says nothing of the others. */
  readonly range?: PortRange;
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

/** What a place that names ports offers to another one. */
export function referenceCandidates(
  reference: PortReference,
  slot: Pick<PortSlot, 'transport' | 'range'>,
): readonly Candidate[] {
  return portCandidates(reference, slot, roleWords(reference));
}

/** Known ports, and why they are; nothing for another transport than the slot's, or for a range where none goes. */
export function portCandidates(
  { ports, transport = 'tcp' }: Pick<PortReference, 'ports' | 'transport'>,
  { transport: wanted, range }: Pick<PortSlot, 'transport' | 'range'>,
  why: string,
): readonly Candidate[] {
  if (ports === undefined || ports.first === 0) return [];
  if (wanted !== undefined && wanted !== transport) return [];
  const candidate = { port: ports.first, transport, why };
  if (ports.first === ports.last) return [candidate];
  return range !== undefined && isRange(ports) ? [{ ...candidate, last: ports.last, range: ports }] : [];
}

/** The last port of a range that begins where the one in the slot does. */
export function endCandidates(
  reference: PortReference,
  { transport: wanted, above }: Pick<PortSlot, 'transport' | 'above'>,
): readonly Candidate[] {
  const { ports, transport = 'tcp' } = reference;
  if (ports === undefined || ports.first !== above || !isRange(ports)) return [];
  if (wanted !== undefined && wanted !== transport) return [];
  return [{ port: ports.last, transport, why: roleWords(reference), range: ports }];
}

/**
 * Tells whether ports that stand somewhere name all that a candidate offers. A range of very many does not say that one of
 * them has been thought of.
 */
export function namesAll({ first, last: end }: PortRange, { port, last = port }: Candidate): boolean {
  return first <= port && last <= end && (!isWide({ first, last: end }) || (first === port && last === end));
}

function isRange({ first, last }: PortRange): boolean {
  return first < last && last <= 65535;
}
