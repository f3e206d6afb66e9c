import { refused } from './shared/told-by-reader';

export const syntaxError = refused({
  id: 'syntax-error',
  summary: 'Text at which the program stops reading.',
  rationale:
    'A bracket that nobody closes, a word where none can stand, a table without its end: what follows is not loaded, and mostly nothing is.',
});
