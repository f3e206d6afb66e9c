import { advice } from './shared/told-by-reader';

export const exposeTransportCase = advice(
  {
    id: 'expose-transport-case',
    group: 'dockerfile',
    summary: 'A transport in capitals in EXPOSE.',
    rationale: 'Docker takes it and warns at every build.',
  },
  'information',
);
