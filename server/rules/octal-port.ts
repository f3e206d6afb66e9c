import { trap } from './shared/told-by-reader';

export const octalPort = trap({
  id: 'octal-port',
  summary: 'A number with a leading zero, read in base eight.',
  rationale:
    '`010` is port 8 where the program reads numbers as the C library does. It loads, and another port is open than the one that is written.',
});
