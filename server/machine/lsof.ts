import { networkInterfaces } from 'node:os';
import type { Listener } from '../model/listener';
import { addressText, ipv6Groups } from './address-text';
import { printable } from './printable';
import { runTool } from './run-tool';

/**
 * macOS comes with lsof 4.91, in this place. `-n` and `-P` leave addresses and ports as numbers, `-w` keeps warnings
 * back, `-F` asks for fields. There is no `-sTCP:LISTEN`: lsof 4.95 on Linux then leaves out UDP altogether.
 */
const lsof = { path: '/usr/sbin/lsof', args: ['-n', '-P', '-w', '-iTCP', '-iUDP', '-FpcftPnT'] };

/**
 * What listens on a Mac. Without the rights of the administrator lsof sees the processes of this user alone: others'
 * listeners are missing altogether, not just their processes.
 *
 * @throws Error when lsof is missing or fails
 */
export async function listenersOfMacOs(signal: AbortSignal): Promise<readonly Listener[]> {
  // "Lsof returns a one (1) if any error was detected, including the failure to locate … Internet addresses":
  // so it does where no UDP socket is open.
  const text = await runTool(lsof.path, lsof.args, signal, [1]);
  return readLsof(text, interfaceNames());
}

/**
 * Reads what `lsof -FpcftPnT -nP` writes: a field a line, its first character says which; `p` begins a process, `f` a
 * file of it (lsof(8), OUTPUT FOR OTHER PROGRAMS). A TCP socket listens when its state is LISTEN; lsof knows no
 * states of UDP sockets, they have a peer behind `->` or none.
 *
 * @param interfaces names by index: where an address has only the index, as link-local ones have on a Mac
 */
export function readLsof(
  text: string,
  interfaces: ReadonlyMap<number, string> = new Map(),
): readonly Listener[] {
  const listeners: Listener[] = [];
  let process = { name: '', pid: 0 };
  for (const fields of text.split(/^(?=[pf])/m)) {
    const pid = field(fields, 'p');
    if (pid !== undefined) process = { name: nameText(field(fields, 'c') ?? ''), pid: Number(pid) };
    const listener = listenerOf(fields, process, interfaces);
    if (listener !== undefined) listeners.push(listener);
  }
  return listeners;
}

function listenerOf(
  fields: string,
  process: NonNullable<Listener['process']>,
  interfaces: ReadonlyMap<number, string>,
): Listener | undefined {
  const transport = field(fields, 'P')?.toLowerCase();
  const addresses = field(fields, 'n') ?? '';
  if (transport !== 'tcp' && transport !== 'udp') return undefined;
  if (transport === 'tcp' ? field(fields, 'TST=') !== 'LISTEN' : addresses.includes('->')) return undefined;
  const [, host = '', port] = /^(.*):(\d+)$/.exec(addresses) ?? [];
  const address = hostText(host, field(fields, 't'), interfaces);
  if (port === undefined || address === undefined) return undefined;
  return { port: Number(port), transport, address, process };
}

/** What stands on the line that begins with `id`. */
function field(fields: string, id: string): string | undefined {
  return fields
    .split('\n')
    .find((line) => line.startsWith(id))
    ?.slice(id.length);
}

/** `*` is the wildcard of the family that `type` names, IPv6 stands in brackets (printinaddr in lsof's print.c). */
function hostText(
  host: string,
  type: string | undefined,
  interfaces: ReadonlyMap<number, string>,
): string | undefined {
  if (host === '*') return type === 'IPv6' ? '::' : '0.0.0.0';
  return addressText(withZone(host.replace(/^\[(.*)\]$/, '$1'), interfaces));
}

/**
 * The kernel of a Mac keeps the index of the interface in the second group of an address that is valid on one link
 * only (`IN6_IS_SCOPE_EMBED` in xnu's bsd/netinet6/in6.h), and lsof prints it as it finds it: fe80:4::1 is fe80::1
 * of the fourth interface.
 */
function withZone(address: string, interfaces: ReadonlyMap<number, string>): string {
  const [first = '', second = '0', ...others] = ipv6Groups(address) ?? [];
  if (!/^(fe[89ab].|ff.[12])$/.test(first) || second === '0') return address;
  const index = Number.parseInt(second, 16);
  return `${[first, '0', ...others].join(':')}%${interfaces.get(index) ?? index}`;
}

function interfaceNames(): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [name, addresses = []] of Object.entries(networkInterfaces()))
    for (const address of addresses)
      if (address.family === 'IPv6' && address.scopeid !== 0) names.set(address.scopeid, name);
  return names;
}

/**
 * What cannot be printed in the locale is written as `\xHH`, byte by byte, and a backslash is doubled (safestrprt in
 * lsof's misc.c). Control characters, `\n` and the like, stay as they are written.
 */
function nameText(written: string): string {
  const name = written.replace(/(?:\\x[0-9a-f]{2})+|\\\\/g, (escaped) =>
    escaped === '\\\\' ? '\\' : Buffer.from(escaped.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
  return printable(name);
}
