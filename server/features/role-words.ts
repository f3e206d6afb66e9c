import type { PortReference } from '../model/port';

/** What a text does with a port, in a few plain words: `host port of service "web"`. */
export function roleWords({ role, owner }: Pick<PortReference, 'role' | 'owner'>): string {
  switch (role) {
    case 'publish':
      return `host port of ${owner}`;
    case 'target':
      return `container port of ${owner}`;
    case 'expose':
      return `exposed by ${owner}`;
    case 'listen':
      return `${owner} listens on it`;
    case 'connect':
      return `${owner} connects to it`;
    case 'link':
      return `in a URL of ${owner}`;
    case 'declare':
      return `in the settings of ${owner}`;
    case 'allow':
      return `allowed by ${owner}`;
    case 'deny':
      return `denied by ${owner}`;
    case 'match':
      return `matched by ${owner}`;
    case 'source':
      return `source port in ${owner}`;
    case 'forward':
      return `${owner} forwards to it`;
  }
}
