import type { Listener } from '../model/listener';
import { addressText } from './address-text';

/** A socket as /proc/net tells of it. */
export interface ProcSocket extends Pick<Listener, 'port' | 'transport' | 'address'> {
  /** The number by which a file descriptor names it; `0` where no process has it, only the kernel. */
  readonly inode: string;
}

/** TCP_LISTEN and TCP_CLOSE of include/net/tcp_states.h; an unconnected UDP socket is in the latter. */
const listening = '0A';
const unconnected = '07';

/** sl, local and remote address, st, the queues, the timer, retransmits, uid, timeout, inode; more may follow. */
const row =
  /^\s*\d+:\s+([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+([0-9A-F]{2})\s+\S+\s+\S+\s+\S+\s+\d+\s+\d+\s+(\d+)(?:\s|$)/;

/**
 * Reads one row of /proc/net/tcp, tcp6, udp or udp6 (proc_pid_net(5); Documentation/networking/proc_net_tcp.rst).
 * A TCP socket is told of when it is in the state LISTEN, a UDP socket when it has no peer: a connected one is in the
 * state ESTABLISHED and has a remote address.
 *
 * @param endianness the machine's, as `os.endianness()` has it
 * @returns undefined for a socket that does not listen, for the heading and for everything else
 */
export function readProcNetRow(
  text: string,
  transport: 'tcp' | 'udp',
  endianness: 'BE' | 'LE',
): ProcSocket | undefined {
  const [, local = '', localPort = '', remote = '', remotePort = '', state, inode = ''] =
    row.exec(text) ?? [];
  if (transport === 'tcp' && state !== listening) return undefined;
  if (transport === 'udp' && (state !== unconnected || !/^0+$/.test(remote + remotePort))) return undefined;
  const port = Number.parseInt(localPort, 16);
  const address = addressText(spelledOut(local, endianness));
  return address === undefined || port === 0 ? undefined : { port, transport, address, inode };
}

/**
 * Reads /proc/net/if_inet6: which interface has which link-local address (if6_seq_show in the kernel's
 * net/ipv6/addrconf.c: address, index, length of the prefix, scope, flags, name; the address is in network order on
 * every machine). /proc/net/tcp6 leaves the interface out, so an address that several interfaces have gets no zone.
 *
 * @returns from an address without a zone to that address with its zone
 */
export function readZones(text: string): ReadonlyMap<string, string> {
  const zones = new Map<string, string | undefined>();
  for (const line of text.split('\n')) {
    const [digits = '', , , scope, , name] = line.trim().split(/\s+/);
    const address = addressText(spelledOut(digits, 'BE'));
    if (address === undefined || name === undefined || scope !== '20') continue;
    zones.set(address, zones.has(address) ? undefined : `${address}%${name}`);
  }
  return new Map([...zones].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * The kernel prints an address as 32-bit words, each as the number that the processor reads in its four bytes
 * (`%08X` in tcp4_seq_show and tcp6_seq_show), so on a little-endian machine the bytes of a word stand backwards.
 */
function spelledOut(digits: string, endianness: 'BE' | 'LE'): string {
  const words = digits.match(/[0-9A-Fa-f]{8}/g) ?? [];
  const bytes = words.flatMap((word) => {
    const inPrintedOrder = word.match(/../g) ?? [];
    return endianness === 'LE' ? inPrintedOrder.reverse() : inPrintedOrder;
  });
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  return bytes.map((byte, index) => (index % 2 === 0 && index > 0 ? `:${byte}` : byte)).join('');
}
