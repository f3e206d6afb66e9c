import { refused } from './shared/told-by-reader';

export const intervalOverlap = refused({
  id: 'interval-overlap',
  summary: 'Ranges of a set that overlap.',
  rationale:
    'Each element of a named set with intervals must stand for itself: nft refuses ranges that overlap or share an end, unless the set says `auto-merge`.',
});
