import { refused } from './shared/told-by-reader';

export const tooManyPorts = refused({
  id: 'too-many-ports',
  summary: 'A list with more ports than one rule can hold.',
  rationale:
    'iptables and ufw hold fifteen ports in one rule, and a range takes two of them; a longer list is refused.',
});
