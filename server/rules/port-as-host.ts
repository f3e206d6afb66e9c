import { trap } from './shared/told-by-reader';

export const portAsHost = trap({
  id: 'port-as-host',
  summary: 'A bare number where a host is expected.',
  rationale:
    '`server 8080;` in an upstream is the host 0.0.31.144 and port 80. It loads, and the requests go nowhere.',
});
