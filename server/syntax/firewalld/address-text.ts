import { ipAddress } from '../../model/address';
import { pythonInt } from './python-int';

/**
 * Tells whether the text is an IP address as inet_pton(3) reads it; brackets around IPv6 are taken off
 * (src/firewall/functions.py, `check_single_address`).
 */
export function isAddress(text: string, family?: 'ipv4' | 'ipv6'): boolean {
  const isV4 = !text.includes(':') && ipAddress(text) !== undefined;
  if (family !== 'ipv6' && isV4) return true;
  const bare = text.replace(/^[[\]]+|[[\]]+$/g, '');
  return family !== 'ipv4' && bare.includes(':') && ipAddress(bare) !== undefined;
}

/** Tells whether it is an address with or without a mask (src/firewall/functions.py, `check_address`). */
export function isNetwork(text: string, family?: 'ipv4' | 'ipv6'): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return isAddress(text, family);
  const host = text.slice(0, slash);
  const mask = text.slice(slash + 1);
  const bits = pythonInt(mask);
  const isMask = (most: number): boolean => bits !== undefined && bits >= 0 && bits <= most;
  if (host === '' || mask === '') return false;
  if (family !== 'ipv6' && isAddress(host, 'ipv4'))
    return mask.includes('.') ? isAddress(mask, 'ipv4') : isMask(32);
  return family !== 'ipv4' && isAddress(host, 'ipv6') && isMask(128);
}

/** Tells whether it is a MAC address (src/firewall/functions.py, `check_mac`). */
export function isMac(text: string): boolean {
  return /^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}$/.test(text);
}
