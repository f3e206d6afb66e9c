/**
 * An address as a file writes it. `text` is what stands there, `kind` what it can be read as, and `canonical`
 * one spelling for all ways of writing the same address, so that two addresses are equal when these are.
 */
export interface Address {
  readonly text: string;
  readonly kind: 'ipv4' | 'ipv6' | 'name';
  readonly canonical: string;
}

/** Reads an IP address or keeps the text as a host name; brackets around IPv6 are not part of an address. */
export function address(text: string): Address {
  return ipAddress(text) ?? { text, kind: 'name', canonical: text.toLowerCase() };
}

/**
 * Reads an IP address as Go's `netip.ParseAddr` does without a zone: four decimal octets without leading zeros,
 * or IPv6 with at most one `::` and an optional IPv4 tail. Answers undefined for everything else.
 * An IPv4-mapped IPv6 address is that IPv4 address, as it is for Docker's port allocator.
 */
export function ipAddress(text: string): Address | undefined {
  const octets = ipv4Octets(text);
  if (octets !== undefined) return { text, kind: 'ipv4', canonical: octets.join('.') };
  const groups = ipv6Groups(text);
  if (groups === undefined) return undefined;
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return { text, kind: 'ipv4', canonical: [high >> 8, high & 255, low >> 8, low & 255].join('.') };
  }
  return { text, kind: 'ipv6', canonical: groups.map((group) => group.toString(16)).join(':') };
}

/** The one address that a text of a packet filter names: `10.0.0.1`, or a network of one, `10.0.0.1/32`. */
export function oneAddress(text: string): Address | undefined {
  const [host = '', bits, ...rest] = text.split('/');
  const found = ipAddress(host);
  if (found === undefined || rest.length > 0) return undefined;
  return bits === undefined || bits === (host.includes(':') ? '128' : '32') ? found : undefined;
}

/** What tells the addresses of published ports apart; one that is not written is every address of IPv4 (compose-go types). */
export function addressKey(address: Pick<Address, 'canonical'> | undefined): string {
  return address?.canonical ?? '0.0.0.0';
}

/** Tells whether the address stands for every address of its family. */
export function isWildcard({ canonical }: Pick<Address, 'canonical'>): boolean {
  return canonical === '0.0.0.0' || canonical === '0:0:0:0:0:0:0:0';
}

/** Tells whether the address can be reached from the same machine only. */
export function isLoopback(address: Address): boolean {
  return address.kind === 'ipv4'
    ? address.canonical.startsWith('127.')
    : address.canonical === '0:0:0:0:0:0:0:1' || address.canonical === 'localhost';
}

function ipv4Octets(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const octets: number[] = [];
  for (const part of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return undefined;
    octets.push(Number(part));
  }
  return octets;
}

function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => groupsOf(half, index === halves.length - 1));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** Only the very last group of an address can be written as IPv4. */
function groupsOf(half: string, isLast: boolean): number[] | undefined {
  if (half === '') return [];
  const groups: number[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    const octets = isLast && index === parts.length - 1 ? ipv4Octets(part) : undefined;
    if (octets !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = octets;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}
