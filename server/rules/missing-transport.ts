import { refused } from './shared/told-by-reader';

export const missingTransport = refused({
  id: 'missing-transport',
  summary: 'A port without the protocol that gives it a meaning.',
  rationale:
    'Ports belong to tcp, udp and their kin. A packet filter that is told a port and not whose refuses the rule.',
});
