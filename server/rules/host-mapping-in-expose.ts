import { trap } from './shared/told-by-reader';

export const hostMappingInExpose = trap({
  id: 'host-mapping-in-expose',
  group: 'dockerfile',
  summary: 'An address or a host port in EXPOSE.',
  rationale:
    'EXPOSE makes a container port known and publishes nothing; Docker drops the rest, warns at every build, and announces that it will be an error. Host ports belong to `docker run -p` or to a compose file.',
});
