import { refused } from './shared/told-by-reader';

export const invalidRule = refused({
  id: 'invalid-rule',
  summary: 'A rich rule that lacks a part, or whose parts exclude each other.',
  rationale:
    'firewalld before 2.3 leaves out such a rule and goes on; since 2.3 the whole file is refused, and firewall-cmd refuses the command.',
});
