import { refused } from './shared/told-by-reader';

export const duplicateKey = refused({
  id: 'duplicate-key',
  summary: 'The same key of a service written twice.',
  rationale: 'YAML wants each key once; Compose refuses the file.',
});
