import { refused } from './shared/told-by-reader';

export const unquotedAddress = refused({
  id: 'unquoted-address',
  summary: 'An IPv6 address in brackets in an entry without quotes.',
  rationale:
    'An opening bracket begins a list in YAML, so that the file cannot be read; in quotes it is an address.',
});
