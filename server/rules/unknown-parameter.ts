import { refused } from './shared/told-by-reader';

export const unknownParameter = refused({
  id: 'unknown-parameter',
  summary: 'A word that the place does not take, or not together with what stands there already.',
  rationale:
    'The program reads every word or none: one that it does not know, or that excludes another, and the file does not load.',
});
