import { refused } from './shared/told-by-reader';

export const undefinedName = refused({
  id: 'undefined-name',
  summary: 'A name that nothing in the text defines.',
  rationale: 'nft refuses a variable or set that it does not know, and loads nothing of the file.',
});
