import { trap } from './shared/told-by-reader';

export const excludedEnds = trap({
  id: 'excluded-ends',
  summary: 'A range that leaves out both of its ends.',
  rationale: 'In pf `1024 >< 2048` is 1025 to 2047; with the ends it is written `1024:2048`.',
});
