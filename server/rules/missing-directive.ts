import { refused } from './shared/told-by-reader';

export const missingDirective = refused({
  id: 'missing-directive',
  summary: 'A block without a directive that it cannot do without.',
  rationale:
    'nginx asks the server of `auth_http` where each mail connection goes, and does not start without one.',
});
