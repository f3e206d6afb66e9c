import { isAbout, type PortRange, type Transport } from './port';

/** A socket of this machine that waits for connections or datagrams. */
export interface Listener {
  readonly port: number;
  readonly transport: 'tcp' | 'udp';
  /** The local address as people write it: 127.0.0.1, ::1, 0.0.0.0, ::, fe80::1%eth0. */
  readonly address: string;
  /** Absent where the system does not let us see it. */
  readonly process?: { readonly name: string; readonly pid: number };
}

/** Those that listen on a port of the range, for one transport or for all. */
export function listenersOn(
  { listeners }: ListenerCensus,
  { first, last }: PortRange,
  transport?: Transport,
): readonly Listener[] {
  return listeners.filter(
    ({ port, transport: own }) => first <= port && port <= last && isAbout(own, transport),
  );
}

/** What was seen and when (milliseconds since the epoch). */
export interface ListenerCensus {
  readonly takenAt: number;
  readonly listeners: readonly Listener[];
}
