import { trap } from './shared/told-by-reader';

export const unusablePort = trap({
  id: 'unusable-port',
  summary: 'A port that loads, and fails whenever it is used.',
  rationale:
    'nginx reads an address with variables only when a request comes: behind `127.0.0.1:70000$uri` every request is answered with the status 500.',
});
