import { trap } from './shared/told-by-reader';

export const portInName = trap({
  id: 'port-in-name',
  summary: 'A port in `server_name`.',
  rationale: 'nginx takes the port off the request before it compares names, so the name fits no request.',
});
