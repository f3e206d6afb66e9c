import { refused } from './shared/told-by-reader';

export const invalidAddress = refused({
  id: 'invalid-address',
  summary: 'An address that is none.',
  rationale:
    'Docker takes numeric IPv4 and IPv6 addresses only: no host names, no zone ids, no octets with leading zeros. nginx wants IPv6 in brackets, and packet filters refuse what they cannot resolve.',
});
