import type { Books } from '../../model/knowledge';
import { type PortRange, type PortReference, portsText } from '../../model/port';
import { listed } from '../../model/words';
import { code, escaped } from '../markdown';
import { rangeOfPortsLines } from '../port-facts/registered-lines';

/** How many programs a range names. */
const programsShown = 5;

/** How many ports of a range are looked at, one by one. */
const portsSeen = 2_000;

/** What is known of the ports of a range: those of the image, who is found on them in practice, what is registered. */
export function rangeLines(books: Books, reference: PortReference, ports: PortRange): readonly string[] {
  return [
    ...imageLines(books, reference, ports),
    ...practiceLines(books, reference, ports),
    ...rangeOfPortsLines(books.registry, ports, reference.transport),
  ];
}

function imageLines({ knowledge }: Books, { image, transport }: PortReference, ports: PortRange) {
  const record = image === undefined ? undefined : knowledge.image(image)?.record;
  const own = (record?.ports ?? []).filter(
    (each) =>
      ports.first <= each.port &&
      each.port <= ports.last &&
      (transport === undefined || transport === each.transport),
  );
  if (record === undefined || own.length === 0) return [];
  const numbers = [...new Set(own.map(({ port }) => `${port}`))];
  return [
    `**${escaped(record.software)}**: the image ${code(record.image)} listens on ${listed(numbers, 6)}.`,
  ];
}

function practiceLines({ knowledge }: Books, { transport }: PortReference, { first, last }: PortRange) {
  const found: string[] = [];
  const seen = new Set<string>();
  for (let port = first; port <= Math.min(last, first + portsSeen, 65535); port += 1) {
    const [program] = knowledge.inPractice(port, transport);
    if (program === undefined || seen.has(program.software)) continue;
    seen.add(program.software);
    const numbers = program.ports.first === program.ports.last ? `${port}` : portsText(program.ports);
    found.push(`${numbers} ${escaped(program.software)}`);
  }
  return found.length === 0 ? [] : [`In practice: ${listed(found, programsShown)}.`];
}
