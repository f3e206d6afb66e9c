import { ipAddress } from '../../model/address';

/**
 * The family of an address or network that ufw takes, undefined for one that it refuses (src/util.py, valid_address4
 * and valid_address6): the address as inet_pton(3) reads it, then a prefix length or, for IPv4, a dotted mask.
 */
export function addressFamily(text: string): 'ipv4' | 'ipv6' | undefined {
  const [address = '', mask, ...rest] = text.split('/', 3);
  if (rest.length > 0) return undefined;
  if (text.length <= 31 && /^[0-9./]+$/.test(text)) {
    const isMask = mask === undefined || isPrefix(mask, 32) || isDottedMask(mask);
    return isMask && !address.includes(':') && ipAddress(address) !== undefined ? 'ipv4' : undefined;
  }
  if (text.length > 43 || !/^[a-fA-F0-9:./]+$/.test(text) || !address.includes(':')) return undefined;
  return (mask === undefined || isPrefix(mask, 128)) && ipAddress(address) !== undefined ? 'ipv6' : undefined;
}

function isPrefix(mask: string, longest: number): boolean {
  return /^[0-9]+$/.test(mask) && Number(mask) <= longest;
}

/** _valid_dotted_quads: four numbers, leading zeros allowed. */
function isDottedMask(mask: string): boolean {
  const quads = mask.split('.');
  return quads.length === 4 && quads.every((quad) => /^[0-9]+$/.test(quad) && Number(quad) <= 255);
}
