import { refused } from './shared/told-by-reader';

export const unexpectedPath = refused({
  id: 'unexpected-path',
  summary: 'A path behind the address of `proxy_pass` where no prefix of the request can give way to it.',
  rationale:
    'nginx puts the path in place of what the location matched. A regular expression, a named location, `if` and `limit_except` have no such prefix: nginx does not start, be it for a mere slash.',
});
