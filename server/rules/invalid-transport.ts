import { refused } from './shared/told-by-reader';

export const invalidTransport = refused({
  id: 'invalid-transport',
  summary: 'A port with a protocol that cannot have it there.',
  rationale:
    'Docker publishes and exposes tcp, udp and sctp; packet filters have lists of their own. With any other protocol the file or the rule does not load.',
});
