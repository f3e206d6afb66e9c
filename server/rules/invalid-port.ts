import { refused } from './refused';

export const invalidPort = refused({
  id: 'invalid-port',
  summary: 'A port or a range of ports that Docker refuses.',
  rationale:
    'A port is a decimal number from 0 to 65535 and a range runs upwards; with anything else the file does not load or the container is not created.',
});
