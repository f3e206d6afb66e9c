import { refused } from './shared/told-by-reader';

export const duplicateDirective = refused({
  id: 'duplicate-directive',
  summary: 'A directive written twice in a block where it stands once.',
  rationale:
    'nginx does not start. Requests to several servers want an `upstream` block, several name servers stand in one `resolver`.',
});
