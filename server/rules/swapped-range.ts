import { trap } from './shared/told-by-reader';

export const swappedRange = trap({
  id: 'swapped-range',
  summary: 'A range that runs backwards and is taken all the same.',
  rationale:
    'firewalld reads `90-80` as 80-90 without a word; iptables 1.8.9 takes `90:80` for udp, and the rule matches nothing.',
});
