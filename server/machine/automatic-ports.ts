import { readFileSync } from 'node:fs';
import type { PortRange } from '../model/port';

/**
 * The ports that this machine gives to outgoing connections by itself, where it says so: Linux in
 * `net.ipv4.ip_local_port_range` (ip-sysctl.rst), which holds for IPv6 as well.
 *
 * @param platform as `process.platform` has it
 * @param file where Linux says so
 * @returns Undefined where only the system's usual range is known.
 */
export function automaticPorts(
  platform: string,
  file = '/proc/sys/net/ipv4/ip_local_port_range',
): PortRange | undefined {
  if (platform !== 'linux') return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // A system that hides it has the usual range, as far as anybody can tell.
    return undefined;
  }
  const [, first, last] = /^\s*([0-9]{1,5})\s+([0-9]{1,5})\s*$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  return first !== undefined && 0 < range.first && range.first <= range.last && range.last <= 65535
    ? range
    : undefined;
}
