import { trap } from './told-by-reader';

export const swappedRange = trap({
  id: 'swapped-range',
  summary: 'A range that runs backwards and is turned round.',
  rationale:
    'firewalld reads `90-80` as 80-90 without a word. It works; whoever wrote it may have meant something else.',
});
