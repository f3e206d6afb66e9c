import type { NoteKind, PracticeRecord } from '../../model/knowledge';
import { portsText } from '../../model/port';
import { listed, lowerFirst } from '../../model/words';
import { escaped, hardBreak } from '../markdown';
import { meaningOf, type PortFacts } from './port-facts';
import { registeredLines } from './registered-lines';

/** How many programs one line names. */
const programsShown = 4;

/** What is known of a port wherever it stands, as paragraphs of Markdown: what runs there goes before its label. */
export function factLines(facts: PortFacts): readonly string[] {
  return [...practiceLine(facts), ...labelLines(facts)];
}

/** Who is found on the port in practice; nothing where nobody is known to be. `place` says which port is meant. */
export function practiceLine({ practice }: PortFacts, place = 'In practice'): readonly string[] {
  const [first, ...others] = practice.map(({ software }) => escaped(software));
  if (first === undefined) return [];
  const note = practice.length === 1 ? noteOf(practice[0]) : '';
  return [`${place}: ${listed([`**${first}**`, ...others], programsShown)}.${note}`];
}

/**
 * The label and the port's story in a sentence.
 *
 * @param isSettled Whether it is known who listens here: then only what is dangerous, taken or special is told.
 */
export function labelLines(facts: PortFacts, isSettled = false): readonly string[] {
  const told = isSettled ? facts.notes.filter(({ kind }) => toldAlways.has(kind)) : facts.notes;
  return [hardBreak(registeredLines(facts)), ...told.slice(0, 1).map(({ summary }) => escaped(summary))];
}

/** The kinds of story that matter whoever listens. */
const toldAlways: ReadonlySet<NoteKind> = new Set(['dangerous', 'occupied', 'special']);

/** `User Port (1024-49151): …`: in which range the number lies and what that means. */
export function rangeLine(facts: PortFacts): string {
  const { name, ports } = facts.range;
  const meaning = meaningOf(facts, 'range')?.meaning ?? '';
  return `${name} Port (${portsText(ports)})${meaning === '' ? '' : `: ${escaped(lowerFirst(meaning))}`}`;
}

function noteOf(record: PracticeRecord | undefined): string {
  return record?.note === undefined ? '' : ` ${escaped(record.note)}`;
}
