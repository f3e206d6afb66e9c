import type { Certainty, Exposure, PracticeRecord } from '../../model/knowledge';
import type { PortFacts } from '../port-facts/port-facts';
import type { Block, Inline, Line } from './page';

/** How many programs are seen at once. */
const shown = 10;

/** Who is found on the port, one a line, with how sure that is and what says so. */
export function practiceBlocks({ practice, records }: PortFacts): readonly Block[] {
  if (practice.length > 0) return [{ kind: 'list', items: practice.map(programLine), shown }];
  const named = records.some(({ name }) => name !== undefined);
  const text = named
    ? 'No program is known to us that listens on it, the registered one included. What answers there is most likely a program that somebody put there: an application with a port of its own choice, a development server, or something that should not run.'
    : 'No program is known to us that listens on it.';
  return [{ kind: 'paragraph', line: [text] }];
}

function programLine(record: PracticeRecord): Line {
  const { software, transports, certainty, exposure, images, note, source, isAsRegistered } = record;
  const words = [transports.join(' and '), certaintyWords[certainty], exposureWords[exposure]];
  return [
    { kind: 'strong', text: software },
    ` — ${[...words, ...(isAsRegistered ? ['as registered'] : [])].join(', ')}`,
    ...images.flatMap((image, index): readonly Inline[] => [
      index === 0 ? '; images ' : ', ',
      { kind: 'code', text: image },
    ]),
    note === undefined ? '. ' : `. ${note} `,
    { kind: 'link', text: 'Source', url: source },
  ];
}

const certaintyWords: Readonly<Record<Certainty, string>> = {
  default: "the program's own default",
  convention: 'by convention',
  seen: 'seen in public configuration',
};

const exposureWords: Readonly<Record<Exposure, string>> = {
  web: 'for browsers',
  data: 'data store',
  admin: 'administration',
  internal: 'between parts of one system',
  public: 'meant to be reached from outside',
};
