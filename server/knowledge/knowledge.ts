import type { Knowledge, PracticeRecord, Story } from '../model/knowledge';
import type { Transport } from '../model/port';
import { holds, portIndex } from '../model/port-index';
import type { CompiledKnowledge, CompiledStories } from './format';
import { matchImage } from './image-name';

/** Look-ups in the compiled tables; `stories` is asked for only when somebody wants to read one. */
export function openKnowledge(tables: CompiledKnowledge, stories: () => CompiledStories): Knowledge {
  const practice = portIndex(tables.practice, ({ ports }) => [ports]);
  const notes = portIndex(tables.notes, (note) => note.ports.map(({ ports }) => ports));
  const meanings = portIndex(tables.meanings, ({ ports }) => [ports]);
  const images = new Map(tables.images.map((record) => [record.image, record]));
  return {
    inPractice: (port, transport) =>
      narrowFirst(practice(port).filter(({ transports }) => serves(transports, transport))),
    image: (reference) => matchImage(reference, images, tables.variants),
    notes: (port, transport) =>
      notes(port).filter((note) =>
        note.ports.some(
          (each) =>
            holds(each.ports, port) && serves([...(each.transport ? [each.transport] : usual)], transport),
        ),
      ),
    story: (note): Story => stories()[note.id] ?? { paragraphs: [], sources: [] },
    meanings: (port, transport) =>
      meanings(port).filter((meaning) => serves(meaning.transport && [meaning.transport], transport)),
    all: () => ({ practice: tables.practice, notes: tables.notes, meanings: tables.meanings }),
  };
}

/** What a story is about that names no transport; SCTP and DCCP are rare enough to be named. */
const usual: readonly Transport[] = ['tcp', 'udp'];

/** Who uses this very port stands before those who use a range around it; else the order of the table stays. */
function narrowFirst(records: readonly PracticeRecord[]): readonly PracticeRecord[] {
  const width = ({ ports }: PracticeRecord): number => ports.last - ports.first;
  return records.some((record) => width(record) > 0)
    ? [...records].sort((a, b) => width(a) - width(b))
    : records;
}

/** A record that names no transport holds for all, and a question that names none is about all. */
function serves(own: readonly Transport[] | undefined, asked: Transport | undefined): boolean {
  return own === undefined || asked === undefined || own.includes(asked);
}
