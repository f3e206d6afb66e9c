import { refused } from './shared/told-by-reader';

export const rangeMismatch = refused({
  id: 'range-mismatch',
  summary: 'A range of host ports and a range of container ports that differ in length.',
  rationale:
    'Docker pairs the two ranges port by port; only a single container port may stand against a range of host ports.',
});
