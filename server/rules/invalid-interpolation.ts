import { refused } from './shared/told-by-reader';

export const invalidInterpolation = refused({
  id: 'invalid-interpolation',
  summary: 'A variable expression that cannot be substituted.',
  rationale: 'Docker substitutes variables before it reads the ports; a malformed expression stops it.',
});
