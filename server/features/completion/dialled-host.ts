import { type Address, ipAddress, isLoopback } from '../../model/address';
import type { PortSlot } from '../../model/port-slot';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { containedFiles } from '../../units/contained-files';

/** Whose ports an address leads to that is not another program's name. */
export type DialledHost =
  /** The machine: where a socket is bound to the address, or to all. */
  | { readonly kind: 'machine'; readonly address: Address }
  /** The container that the file is read in, where nothing is but its own programs. */
  | { readonly kind: 'container' };

/**
 * Whose ports the address in front of a slot leads to, where that is the address of whoever dials, or one that leads out
 * of a container to the machine. Undefined for any other, and for a slot that dials nothing.
 */
export function dialledHost(
  { files }: Snapshot,
  file: SourceFile,
  { role, address }: Pick<PortSlot, 'role' | 'address'>,
): DialledHost | undefined {
  if (role !== 'connect' || address === undefined) return undefined;
  const name = address.canonical.toLowerCase();
  if (gateways.has(name)) return gateway && { kind: 'machine', address: gateway };
  const own = name === 'localhost' ? ipAddress('127.0.0.1') : address;
  if (own === undefined || !isLoopback(own)) return undefined;
  const { services, stages } = file.reading;
  const isContained = services !== undefined || stages !== undefined;
  return isContained || containedFiles([...files.values()])(file)
    ? { kind: 'container' }
    : { kind: 'machine', address: own };
}

/**
 * The machine as its containers call it: the address of Docker's own bridge, and the names that Docker and Podman give it
 * (docs.docker.com, desktop networking and `host-gateway`; podman-run(1), `--add-host`).
 */
const gateways: ReadonlySet<string> = new Set([
  ...['172.17.0.1', 'host.docker.internal', 'gateway.docker.internal', 'host.containers.internal'],
]);

const gateway = ipAddress('172.17.0.1');
