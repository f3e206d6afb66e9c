import { advice } from './shared/told-by-reader';

export const duplicateExpose = advice(
  {
    id: 'duplicate-expose',
    group: 'dockerfile',
    summary: 'A port that a stage exposes twice.',
    rationale: 'Docker takes both for one; mostly one of them was meant to be another port.',
  },
  'information',
);
