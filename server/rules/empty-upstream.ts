import { refused } from './shared/told-by-reader';

export const emptyUpstream = refused({
  id: 'empty-upstream',
  summary: 'An upstream block without a server, or with none but backups.',
  rationale: 'nginx does not start: there is nothing that requests could be sent to.',
});
