import type { Books } from '../../model/knowledge';
import { portFacts, preferredName } from '../port-facts/port-facts';
import type { Block, Line } from './page';

/** What is told of a port beside another one. */
export interface NearbyPort {
  readonly port: number;
  /** The service that it is registered for; absent where it has no name. */
  readonly name?: string;
  /** The program that most people meet there. */
  readonly software?: string;
  /** The words of the verdict on its label. */
  readonly verdict: string;
}

/** How many ports are shown on either side. */
const reach = 2;

/** The ports before and after this one: numbers are often assigned in pairs. */
export function nearbyPorts(books: Books, port: number): readonly NearbyPort[] {
  const found: NearbyPort[] = [];
  for (let other = port - reach; other <= port + reach; other += 1) {
    if (other === port || other < 0 || other > 65535) continue;
    const facts = portFacts(books, other);
    const name = preferredName(facts)?.name;
    // A range of thousands of ports says little of each of them.
    const software = facts.practice.find(({ ports }) => ports.first === ports.last)?.software;
    found.push({
      port: other,
      ...(name !== undefined && { name }),
      ...(software !== undefined && { software }),
      verdict: facts.verdict.words,
    });
  }
  return found;
}

/** They as a list with links to their pages. */
export function nearbyBlocks(books: Books, port: number): readonly Block[] {
  const items = nearbyPorts(books, port).map(({ port: other, name, software, verdict }): Line => {
    const words = [
      name === undefined ? verdict : `registered for ${name}`,
      ...(software === undefined ? [] : [`in practice ${software}`]),
    ];
    return [{ kind: 'port', port: other, text: `${other}` }, `: ${words.join('; ')}`];
  });
  return [{ kind: 'list', items }];
}
