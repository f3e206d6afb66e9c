import type { Books } from '../model/knowledge';
import { type PortRange, portsText, type Transport } from '../model/port';
import { commonPorts } from '../registry/common-ports';
import { rangeOf } from '../registry/ranges';

/** One port that a search found. */
export interface LookUpItem {
  readonly port: number;
  /** The number and the transport: `53/udp`. */
  readonly label: string;
  /** What was found: a service name, a program or the title of a story; empty for a bare number. */
  readonly name: string;
  /** What is known of it, in one line. */
  readonly detail: string;
}

/** Finds ports by number, service name, program or description; `limit` items at the most, the best first. */
export type LookUp = (query: string, limit: number) => readonly LookUpItem[];

/** One row to search in. */
interface Entry {
  readonly ports: PortRange;
  readonly transports: readonly Transport[];
  readonly name: string;
  readonly detail: string;
  /** The name, and all of it, in small letters. */
  readonly nameKey: string;
  readonly text: string;
  /** Programs, which people look for most: those met first on their port, then the others; services; stories. */
  readonly kind: 0 | 1 | 2 | 3;
}

/**
 * Makes a search over everything in the books. The entries are put together at the first search, and again when the
 * registry has become another one.
 */
export function openLookUp(books: Books): LookUp {
  let entries: readonly Entry[] | undefined;
  let date: string | undefined;
  return (query, limit) => {
    if (entries === undefined || date !== books.registry.date) {
      entries = entriesOf(books);
      date = books.registry.date;
    }
    const words = wordsOf(query);
    if (words.length === 0)
      return commonPorts.slice(0, limit).map((port) => byNumber(entries ?? [], port.port));
    const ranked = entries
      .map((entry, place) => ({ entry, place, rank: rankOf(entry, words) }))
      .filter(({ rank }) => rank < unrelated)
      .sort(
        (a, b) =>
          a.rank + a.entry.kind - (b.rank + b.entry.kind) ||
          a.entry.kind - b.entry.kind ||
          a.entry.name.length - b.entry.name.length ||
          a.place - b.place,
      );
    const number = numberIn(words);
    const exact = number === undefined ? [] : [byNumber(entries, number)];
    return distinct([...exact, ...ranked.map(({ entry }) => itemOf(entry))], limit);
  };
}

const unrelated = 100;

/** The words of a query: `:8080` and `port 8080` are about 8080. */
function wordsOf(query: string): readonly string[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^:(?=\d)/, ''))
    .filter((word) => word !== '');
  const isAboutNumber = words.some((word) => /^\d/.test(word));
  return isAboutNumber ? words.filter((word) => word !== 'port') : words;
}

/** A whole port number among the words: `5432`, `53/udp`. */
function numberIn(words: readonly string[]): number | undefined {
  if (words.length !== 1) return undefined;
  const [, digits] = /^(\d{1,5})(?:\/[a-z]*)?$/.exec(words[0] ?? '') ?? [];
  const port = Number(digits);
  return digits === undefined || port > 65535 ? undefined : port;
}

function entriesOf({ registry, knowledge }: Books): readonly Entry[] {
  const { practice, notes } = knowledge.all();
  return [
    ...practice.map(({ ports, transports, software, images, note }, place) =>
      entry(practice[place - 1]?.ports.first === ports.first ? 1 : 0, ports, transports, software, {
        detail: `in practice${note === undefined ? '' : `: ${note}`}`,
        hidden: images.join(' '),
      }),
    ),
    ...Array.from(registry.named(), ({ ports, transport, name, description, assignee = '' }) =>
      entry(2, ports, transport === undefined ? [] : [transport], name, {
        detail: `registered for ${name}${description ? ` (${description.replace(/\s+/g, ' ')})` : ''}`,
        hidden: assignee,
      }),
    ),
    ...notes.flatMap(({ ports: [first], title, summary }) =>
      first === undefined
        ? []
        : [
            entry(3, first.ports, first.transport ? [first.transport] : [], title, {
              detail: summary,
              hidden: '',
            }),
          ],
    ),
  ];
}

/** `detail` is shown and searched, `hidden` only searched. */
function entry(
  kind: Entry['kind'],
  ports: PortRange,
  transports: readonly Transport[],
  name: string,
  { detail, hidden }: { readonly detail: string; readonly hidden: string },
): Entry {
  const text = `${name} ${transports.join(' ')} ${detail} ${hidden}`.toLowerCase();
  return { kind, ports, transports, name, detail, nameKey: name.toLowerCase(), text };
}

/** How well an entry fits: 0 is best. All words must be in it. */
function rankOf(entry: Entry, words: readonly string[]): number {
  let rank = 0;
  for (const word of words) {
    const own = Math.min(numberRank(entry, word), wordRank(entry, word));
    if (own >= unrelated) return unrelated;
    rank += own;
  }
  return Math.min(rank, unrelated - 1);
}

/** `54` goes on to 5432; `54/udp` is that port and transport alone. */
function numberRank({ ports, transports }: Entry, word: string): number {
  const [, digits, transport] = /^(\d{1,5})(?:\/([a-z]*))?$/.exec(word) ?? [];
  if (digits === undefined) return unrelated;
  const number = Number(digits);
  if (transport !== undefined) {
    const speaks = transports.length === 0 || transports.some((each) => each.startsWith(transport));
    return speaks && ports.first <= number && number <= ports.last ? 0 : unrelated;
  }
  if (ports.first === number) return 0;
  if (ports.first < number && number <= ports.last) return 5;
  return `${ports.first}`.startsWith(digits) ? 10 + `${ports.first}`.length : unrelated;
}

function wordRank({ nameKey, text }: Entry, word: string): number {
  if (nameKey === word) return 0;
  if (nameKey.startsWith(word)) return 2;
  if (nameKey.includes(` ${word}`) || nameKey.includes(`-${word}`)) return 4;
  if (nameKey.includes(word)) return 20;
  return text.includes(word) ? 40 : unrelated;
}

/** The port itself, whether or not anything is known of it. */
function byNumber(entries: readonly Entry[], port: number): LookUpItem {
  const own = entries.filter(({ ports }) => ports.first === port && ports.last === port);
  const programs = own.filter(({ kind }) => kind < 2).map(({ name }) => name);
  const services = [...new Set(own.filter(({ kind }) => kind === 2).map(({ name }) => name))];
  const parts = [
    ...(programs.length === 0 ? [] : [`in practice ${programs.slice(0, 3).join(', ')}`]),
    services.length === 0
      ? `${rangeOf(port).name} Port, registered for no service`
      : `registered for ${services.join(', ')}`,
  ];
  return { port, label: `${port}`, name: '', detail: parts.join('; ') };
}

function itemOf({ ports, transports, name, detail }: Entry): LookUpItem {
  const suffix = transports.length === 0 ? '' : `/${transports.join('+')}`;
  return {
    port: ports.first,
    label: `${portsText(ports)}${suffix}`,
    name,
    detail,
  };
}

/** A service that is registered for several transports is one item, under the transport that came first. */
function distinct(items: readonly LookUpItem[], limit: number): readonly LookUpItem[] {
  const seen = new Set<string>();
  const kept: LookUpItem[] = [];
  for (const item of items) {
    const key = `${item.port} ${item.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(item);
    if (kept.length >= limit) break;
  }
  return kept;
}
