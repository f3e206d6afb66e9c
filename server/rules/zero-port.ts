import { trap } from './shared/told-by-reader';

export const zeroPort = trap({
  id: 'zero-port',
  summary: 'Port 0 in a filter.',
  rationale:
    'No connection uses port 0, so a rule about it meets no ordinary traffic; mostly another number was meant.',
});
