import { ipAddress } from '../model/address';

/**
 * An IP address in the one spelling that people know, from whichever spelling a system has: RFC 5952 section 4 for
 * IPv6 (small letters, no leading zeros, `::` for the longest run of zero groups, the first of equal ones, never for
 * a single group), decimal octets for IPv4, and an IPv4-mapped address is that IPv4 address. A zone stays.
 *
 * @param text without brackets: `0:0:0:0:0:0:0:1`, `FE80::1%12`
 * @returns undefined for what is no IP address
 */
export function addressText(text: string): string | undefined {
  const percent = text.indexOf('%');
  const address = ipAddress(percent === -1 ? text : text.slice(0, percent));
  if (address === undefined) return undefined;
  if (address.kind === 'ipv4') return address.canonical;
  return compressed(address.canonical) + (percent === -1 ? '' : text.slice(percent));
}

/** The groups of an IPv6 address that is not mapped IPv4, else undefined. */
export function ipv6Groups(text: string): readonly string[] | undefined {
  const address = ipAddress(text);
  return address?.kind === 'ipv6' ? address.canonical.split(':') : undefined;
}

/** Takes all eight groups without leading zeros. */
function compressed(groups: string): string {
  let longest = { start: 0, length: 0 };
  for (const { 0: run, index: start } of groups.matchAll(/\b0(?::0)+\b/g))
    if (run.length > longest.length) longest = { start, length: run.length };
  if (longest.length === 0) return groups;
  const before = groups.slice(0, longest.start).replace(/:$/, '');
  const after = groups.slice(longest.start + longest.length).replace(/^:/, '');
  return `${before}::${after}`;
}
