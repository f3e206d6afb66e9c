import type { Address } from '../../model/address';
import type { PortRange, Transport } from '../../model/port';

/** What kind of port somebody looks for on the machine. */
export interface Wish {
  readonly transport: Transport;
  /** The address it is to be bound to; absent for every address of both families. */
  readonly address?: Address;
  /** How many ports side by side, at least one. */
  readonly width: number;
  /** The port that people would expect there: one that reminds of it is found first. */
  readonly near?: number;
  /** The ports it may be one of; absent for all of them. */
  readonly within?: PortRange;
  /** True where browsers need not get there. */
  readonly isNotForWeb?: boolean;
  /** True where browsers get there although the transport is not TCP. */
  readonly isForWeb?: boolean;
  /** True where a port below 1024 will do as well. */
  readonly mayBePrivileged?: boolean;
}
