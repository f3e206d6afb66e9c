import { refused } from './shared/told-by-reader';

export const ignoredProfile = refused({
  id: 'ignored-profile',
  summary: 'A profile or file that the program leaves out.',
  rationale: 'It only warns, or says nothing, and goes on without it: the ports in it stay as they were.',
});
