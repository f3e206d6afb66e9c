import { refused } from './shared/told-by-reader';

export const misplacedDirective = refused({
  id: 'misplaced-directive',
  summary: 'A directive in a block that does not take it.',
  rationale:
    'Where a directive may stand is part of its meaning; elsewhere the program refuses the whole file.',
});
