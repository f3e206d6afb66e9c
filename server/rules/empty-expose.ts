import { trap } from './shared/told-by-reader';

export const emptyExpose = trap({
  id: 'empty-expose',
  group: 'dockerfile',
  summary: 'An EXPOSE whose variables are empty.',
  rationale:
    'Docker exposes nothing for it, and does not say so. It is told only where the Dockerfile itself settles that nothing sets the variable.',
});
