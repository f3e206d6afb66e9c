import { refused } from './shared/told-by-reader';

export const duplicateName = refused({
  id: 'duplicate-name',
  summary: 'A name that is defined twice in one block.',
  rationale:
    'nft wants `redefine` for a second definition of a variable, and nginx takes one upstream block of a name: neither loads the file.',
});
