import type { Certainty, Exposure, PracticeRecord } from '../../model/knowledge';
import type { PortFacts } from '../port-facts/port-facts';
import type { Block, Inline, Line } from './page';

/** Of a port whose registered service nobody is known to run. */
const dormant =
  'No program is known to us that listens on it, the registered one included. What answers there is most likely a program that somebody put there: an application with a port of its own choice, a development server, or something that should not run.';

/** Our tables are not the world. */
const unknown =
  'Our tables have no program for it. That says nothing of whether the registered service runs somewhere.';

/** How many programs are seen at once. */
const shown = 10;

/** Who is found on the port, one a line, with how sure that is and what says so. */
export function practiceBlocks({ practice, notes }: PortFacts): readonly Block[] {
  if (practice.length > 0) return [{ kind: 'list', items: practice.map(programLine), shown }];
  return [{ kind: 'paragraph', line: [notes.some(({ kind }) => kind === 'dormant') ? dormant : unknown] }];
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
