import { trap } from './shared/told-by-reader';

export const randomPort = trap({
  id: 'random-port',
  summary: 'A listener without a port, which gets a random one.',
  rationale:
    'In `stream` and `mail` a port is not optional, though it loads without: the system then picks a free one at every start.',
});
