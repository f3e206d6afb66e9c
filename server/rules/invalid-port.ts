import { refused } from './shared/told-by-reader';

export const invalidPort = refused({
  id: 'invalid-port',
  summary: 'A port or a range of ports that the program refuses.',
  rationale:
    'A port is a number up to 65535 and a range runs upwards, each in the notation of its format; with anything else the file does not load or the container is not created.',
});
