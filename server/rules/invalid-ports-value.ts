import { refused } from './shared/told-by-reader';

export const invalidPortsValue = refused({
  id: 'invalid-ports-value',
  summary: 'A value of a type that the place does not take.',
  rationale:
    'YAML gave the value another type than the one that the Compose schema wants, often unseen: a list is missing, a number became a fraction, a colon made a mapping.',
});
