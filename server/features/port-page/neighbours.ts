import type { Books } from '../../model/knowledge';
import { portFacts, preferredName } from '../port-facts/port-facts';
import type { Block, Line } from './page';

/** How many ports are shown on either side. */
const reach = 2;

/** The ports before and after this one, with what they are registered for: numbers are often assigned in pairs. */
export function neighbours(books: Books, port: number): readonly Block[] {
  const items: Line[] = [];
  for (let other = port - reach; other <= port + reach; other += 1) {
    if (other === port || other < 0 || other > 65535) continue;
    const facts = portFacts(books, other);
    const name = preferredName(facts)?.name;
    const [program] = facts.practice;
    const words = [
      name === undefined ? facts.verdict.words : `registered for ${name}`,
      ...(program === undefined ? [] : [`in practice ${program.software}`]),
    ];
    items.push([{ kind: 'port', port: other, text: `${other}` }, `: ${words.join('; ')}`]);
  }
  return [{ kind: 'list', items }];
}
