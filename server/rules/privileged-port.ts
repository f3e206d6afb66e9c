import { advice } from './shared/told-by-reader';

export const privilegedPort = advice(
  {
    id: 'privileged-port',
    group: 'dockerfile',
    summary: 'A port below 1024 in an image that does not run as root.',
    rationale:
      'Docker lets every user of a container bind such ports since 20.10; elsewhere that takes a capability or a setting. A port from 1024 up works everywhere.',
  },
  'hint',
);
