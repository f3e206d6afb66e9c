import { refused } from './refused';

export const missingPort = refused({
  id: 'missing-port',
  summary: 'An entry without the container port that it is about.',
  rationale: 'Docker cannot publish or expose nothing: the file does not load or the image does not build.',
});
