import { refused } from './refused';

export const invalidAddress = refused({
  id: 'invalid-address',
  summary: 'A bind address that is not an IP address.',
  rationale:
    'Docker takes numeric IPv4 and IPv6 addresses only: no host names, no zone ids, no octets with leading zeros.',
});
