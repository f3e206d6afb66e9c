import type { Address } from './address';
import type { PortRange, PortReference, Transport } from './port';
import type { SourceFile } from './snapshot';

/** A port of one namespace (the host, a container) that something wants to bind. */
export interface Claim {
  readonly file: SourceFile;
  /** Where the text says so. */
  readonly reference: PortReference;
  readonly transport: Transport;
  readonly ports: PortRange;
  /** Absent for every address of both families. */
  readonly address?: Address;
  /** True where any one port of the range will do. */
  readonly isFlexible: boolean;
  /** How many want it at once: the replicas of a service. */
  readonly takers: number;
  /** Who wants it, in words for messages: `service "web"`. */
  readonly holder: string;
}
