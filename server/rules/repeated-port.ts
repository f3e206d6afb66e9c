import { trap } from './told-by-reader';

export const repeatedPort = trap({
  id: 'repeated-port',
  summary: 'A port that is said twice, of which the last one counts.',
  rationale: 'The program takes the last one without a word; the first one has no effect.',
});
