import { refused } from './refused';

export const invalidTransport = refused({
  id: 'invalid-transport',
  summary: 'A port with a protocol other than tcp, udp or sctp.',
  rationale:
    'Docker publishes and exposes these three protocols only; with any other the file does not load.',
});
