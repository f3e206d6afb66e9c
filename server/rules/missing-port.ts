import { refused } from './shared/told-by-reader';

export const missingPort = refused({
  id: 'missing-port',
  summary: 'A place that must name a port and names none.',
  rationale:
    'Docker cannot publish or expose nothing, and a proxy cannot connect to a host alone where its protocol has no port of its own: the file does not load.',
});
