import { refused } from './shared/told-by-reader';

export const undefinedName = refused({
  id: 'undefined-name',
  summary: 'A name that nothing in the text defines.',
  rationale:
    'nft refuses a variable, set or chain that it does not know, iptables-restore a chain, and nothing of the file is loaded.',
});
