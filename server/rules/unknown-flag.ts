import { refused } from './shared/told-by-reader';

export const unknownFlag = refused({
  id: 'unknown-flag',
  summary: 'A flag on an instruction that takes none.',
  rationale: 'EXPOSE takes no flags: the image does not build.',
});
