import { ipAddress } from './address';
import type { Network } from './packet-filter';

/**
 * Reads an address or a network as packet filters write them: `10.0.0.1`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`,
 * `2001:db8::/32`, and a range `10.0.0.1-10.0.0.9`. Host bits behind the prefix are cleared, as the programs do.
 *
 * @returns Undefined for everything else: host names, macros, masks with gaps.
 */
export function network(text: string): Network | undefined {
  const dash = text.indexOf('-');
  if (dash > 0) {
    const [first, last] = [single(text.slice(0, dash)), single(text.slice(dash + 1))];
    const isRange = first && last && first.family === last.family && first.value <= last.value;
    return isRange ? { family: first.family, first: first.value, last: last.value } : undefined;
  }
  const [written = '', prefix] = text.split('/', 2);
  const address = single(written);
  if (address === undefined) return undefined;
  const width = address.family === 'ipv4' ? 32 : 128;
  const length = prefix === undefined ? width : prefixLength(prefix, width);
  if (length === undefined) return undefined;
  const host = (1n << BigInt(width - length)) - 1n;
  const first = address.value & ~host;
  return { family: address.family, first, last: first | host };
}

/** Tells whether every address of `inner` lies in `outer`. */
export function contains(outer: Network, inner: Network): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

function single(text: string): { readonly family: Network['family']; readonly value: bigint } | undefined {
  const address = ipAddress(text);
  if (address === undefined || address.kind === 'name') return undefined;
  const isV4 = address.kind === 'ipv4';
  const groups = address.canonical.split(isV4 ? '.' : ':');
  const bits = isV4 ? 8n : 16n;
  const value = groups.reduce((sum, group) => (sum << bits) + BigInt(isV4 ? group : `0x${group}`), 0n);
  return { family: address.kind, value };
}

/** The bits of a prefix written as their number, or as a mask of ones in front of zeros. */
function prefixLength(prefix: string, width: number): number | undefined {
  if (/^[0-9]{1,3}$/.test(prefix)) return Number(prefix) <= width ? Number(prefix) : undefined;
  const mask = single(prefix);
  if (mask?.family !== 'ipv4' || width !== 32) return undefined;
  const bits = mask.value.toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
}
