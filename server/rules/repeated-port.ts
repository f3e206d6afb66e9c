import { trap } from './shared/told-by-reader';

export const repeatedPort = trap({
  id: 'repeated-port',
  summary: 'A port that is said twice in one place.',
  rationale:
    'ufw takes the last one without a word, and the first has no effect; in iptables both must hold, and the rule matches nothing.',
});
