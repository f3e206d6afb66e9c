import type { Address } from './address';
import type { PortRange, Protocol, Role, Transport } from './port';
import type { Span } from './span';

/** A place where a port may be typed: empty, half-written or complete. Completion works on these alone. */
export interface PortSlot {
  /** The characters a completion replaces, on one line; empty where nothing is typed yet. */
  readonly span: Span;
  readonly role: Role;
  readonly transport?: Transport;
  readonly owner: string;
  /** The address in front of the port, as in a reference: where it is bound, or whom it is dialled at. */
  readonly address?: Address;
  /** What is spoken there, where the text says. */
  readonly protocol?: Protocol;
  /**
   * `port`: digits only. `mapping`: the place takes a whole `host:container` text as well. `peer`: a host with its port,
   * of which nothing but the beginning of the host is there.
   */
  readonly accepts: 'port' | 'mapping' | 'peer';
  /** True where the format itself takes a service name instead of the number. */
  readonly names: boolean;
  /** What stands between the port and its transport, where that is still to be written along. */
  readonly separator?: '/' | ':';
  /** What goes in front of the text that is put here: a missing blank, a quotation mark, the words without which it is no port. */
  readonly before?: string;
  /** What goes behind it. */
  readonly after?: string;
  /** The braces that end the default which a mapping's host port is typed in: the rest of the mapping goes behind them. */
  readonly braces?: { readonly text: string; readonly isWritten: boolean };
  /** The mark to put around a mapping to a container port below one from which on nobody reads another number in it. */
  readonly quote?: { readonly mark: '"'; readonly below: number };
  /** The first port of the range whose last port is typed here. */
  readonly above?: number;
  /** How a range is written, be it in the place of a single port or by typing its end; absent where one port stands alone. */
  readonly range?: RangeForm;
  /** The list that the port is one of: what stands in it is not wanted a second time. Absent where the owner has no other. */
  readonly list?: Span;
  /** The port that what stands around the place is meant for. */
  readonly usual?: number;
  /** True where browsers get there whatever its transport is: HTTP/3 has UDP. */
  readonly isForWeb?: true;
  /** The port at the other end of the mapping, where it is known. */
  readonly counterpart?: PortRange;
  readonly image?: string;
  /** The setting of a container's environment whose value it is. */
  readonly setting?: string;
  /** The variable whose value it is, where other files may use that. */
  readonly variable?: string;
}

/** How a format writes several ports side by side. */
export interface RangeForm {
  /** What stands between the first port and the last. */
  readonly sign: ':' | '-';
  /** What stands in front of the transport, where a range needs one that a single port does not, and none is written. */
  readonly transport?: '/' | ' proto ';
}
