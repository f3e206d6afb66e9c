import { trap } from './shared/told-by-reader';

export const truncatedPort = trap({
  id: 'truncated-port',
  summary: 'A number above 65535 that is cut to sixteen bits.',
  rationale:
    'Some versions take it and keep the lower sixteen bits: 70000 becomes 4464. It loads, and the rule is about another port.',
});
