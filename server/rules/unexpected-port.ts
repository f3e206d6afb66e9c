import { refused } from './shared/told-by-reader';

export const unexpectedPort = refused({
  id: 'unexpected-port',
  summary: 'A port where none can stand.',
  rationale:
    'nginx does not load: the servers of an upstream block have ports of their own, and `allow` and `deny` are about every port.',
});
