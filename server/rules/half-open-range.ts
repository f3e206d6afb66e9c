import { trap } from './shared/told-by-reader';

export const halfOpenRange = trap({
  id: 'half-open-range',
  summary: 'A range without an end, read as its first port alone.',
  rationale: 'firewalld reads `1024-` as port 1024 and not as everything from there on.',
});
