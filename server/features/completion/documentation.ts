import type { Books } from '../../model/knowledge';
import type { Protocol, Transport } from '../../model/port';
import { factLines, rangeLine } from '../port-facts/fact-lines';
import { portFacts } from '../port-facts/port-facts';

/** The port that an item of a list offers, and what is known to be spoken there. */
export interface DocumentedPort {
  readonly port: number;
  readonly transport: Transport;
  readonly protocol?: Protocol;
}

/** What the hover would tell of a port, as Markdown. A list has fifty of them, and a reader looks at one or two. */
export function documentation(books: Books, { port, transport, protocol }: DocumentedPort): string {
  const facts = portFacts(books, port, transport, protocol);
  return [...factLines(facts), rangeLine(facts)].join('\n\n');
}
