import type { Chart } from '../../model/chart';
import type { Books } from '../../model/knowledge';
import { portsText } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Snapshot, SourceFile, Uri } from '../../model/snapshot';
import { type Span, slice, touches } from '../../model/span';
import { type PortFacts, portFacts, preferredName } from '../port-facts/port-facts';
import type { Candidate } from './candidate';
import { type ServedSlot, servedSlot } from './container-candidates';
import type { DocumentedPort } from './documentation';
import { freeOnes } from './host-candidates';
import { hostSlot } from './host-slot';
import { namedCandidates, serviceCandidates } from './named-candidates';
import { numberCandidates, seenOften } from './number-candidates';
import { peerCandidates } from './peer-candidates';

/** One port on offer. Items come in the order in which a user wants them. */
export interface CompletionItem {
  readonly label: string;
  /** The characters that `insert` replaces. */
  readonly span: Span;
  readonly insert: string;
  /** What the typed text is compared with: the number, or the service name that was typed. */
  readonly filter: string;
  /** Why it is offered, in a few words. */
  readonly detail: string;
  /** The same as short as can be, for a row of a list; absent where that is the detail. */
  readonly brief?: string;
  /** What its documentation is about; absent where it is no port but a name for ports that the text itself gives. */
  readonly about?: DocumentedPort;
}

/** How many items a list has at the most; the editor asks again as the user types on. */
export const longestList = 50;

/** The ports for the slot at `offset`; empty where no port can be typed. */
export function completion(chart: Chart, uri: Uri, offset: number): readonly CompletionItem[] {
  const { snapshot, books } = chart;
  const file = snapshot.files.get(uri);
  const found = slotAt(snapshot, uri, offset);
  if (file === undefined || found === undefined) return [];
  const slot = servedSlot(snapshot, file, found);
  const typed = slice(file.text, { start: slot.span.start, end: offset }).trimStart();
  if (/^[$@]/.test(typed)) return nameItems(file, slot, typed);
  const candidates = candidatesFor(chart, file, slot, typed);
  const items = new Map<string, CompletionItem>();
  for (const candidate of candidates) {
    if (slot.above !== undefined && (candidate.host?.first ?? candidate.port) <= slot.above) continue;
    const item = itemFor(books, slot, candidate);
    if (!items.has(item.label)) items.set(item.label, item);
    if (items.size >= longestList) break;
  }
  return [...items.values()];
}

function candidatesFor(chart: Chart, file: SourceFile, slot: ServedSlot, typed: string): Iterable<Candidate> {
  if (slot.accepts === 'peer') return peerCandidates(chart, file, slot, typed);
  return /^[A-Za-z]/.test(typed)
    ? byName(chart, file, slot, slice(file.text, slot.span).trim())
    : numberCandidates(chart, file, slot, typed);
}

/** The place for a port that the cursor stands in; undefined where no port can be typed. */
export function slotAt({ files }: Snapshot, uri: Uri, offset: number): PortSlot | undefined {
  return files.get(uri)?.reading.slots.find(({ span }) => touches(span, offset));
}

/** The names that the text itself gives ports, behind the sign that they begin with; each once. */
function nameItems({ reading }: SourceFile, { span }: PortSlot, typed: string): readonly CompletionItem[] {
  const names = new Map((reading.portNames ?? []).map((name) => [name.text, name]));
  return [...names.values()]
    .filter(({ text }) => text.startsWith(typed))
    .slice(0, longestList)
    .map(({ text, stands }) => ({
      ...{ label: text, span, insert: text, filter: text, detail: stands },
    }));
}

/** Where the format takes names, the names themselves; their numbers, and those of programs, come after them. */
function byName(chart: Chart, file: SourceFile, slot: ServedSlot, typed: string): Iterable<Candidate> {
  const host = hostSlot(chart, file, slot, typed);
  const named = namedCandidates(chart.books, typed, slot.transport);
  if (host !== undefined) return freeOnes(host, named);
  return [...(slot.names ? serviceCandidates(typed, slot.transport) : []), ...named];
}

function itemFor(books: Books, slot: PortSlot, candidate: Candidate): CompletionItem {
  const { port, transport, name, host, last = port } = candidate;
  const suffix = suffixOf(slot, candidate);
  const isMapping = slot.accepts === 'mapping';
  const ports =
    slot.range !== undefined && last > port
      ? `${port}${slot.range.sign}${last}`
      : portsText({ first: port, last: Math.max(port, last) });
  const peer = candidate.peer === undefined ? '' : `${candidate.peer}:`;
  const front = isMapping ? (host === undefined ? ports : portsText(host)) : `${peer}${ports}`;
  const behind = isMapping ? `:${ports}${suffix}` : suffix;
  const number = `${front}${behind}`;
  const isName = candidate.isWrittenAsName === true && name !== undefined;
  const text = !isName ? number : slot.separator === undefined ? name : `${name}${suffix}`;
  const facts = portFacts(books, port, transport, slot.protocol);
  const { before = '', after = '', braces, quote } = slot;
  const mark = isMapping && suffix === '' && quote !== undefined && port < quote.below ? quote.mark : '';
  const written = braces === undefined ? `${mark}${text}${mark}` : `${front}${braces.text}${behind}`;
  return {
    label: name === undefined || isName ? text : `${text} ${name}`,
    span: braces?.isWritten ? { start: slot.span.start, end: slot.span.end + braces.text.length } : slot.span,
    insert: `${before}${written}${after}`,
    filter: candidate.filter ?? name ?? text,
    detail: detailOf(candidate, facts),
    ...briefOf(candidate, facts),
    about: { port, transport, ...(slot.protocol && { protocol: slot.protocol }) },
  };
}

/** The transport, with what stands in front of it, where that is to be written along. */
function suffixOf(
  { role, accepts, transport: own, separator, range, list, above = 0 }: PortSlot,
  { port, last = port, transport }: Candidate,
): string {
  if (separator !== undefined) return `${separator}${transport}`;
  if (own !== undefined) return '';
  // Without a transport such a rule is about both TCP and UDP: what listens on UDP alone wants no more than that. In a list
  // it would be said of the other ports, too.
  const isUdpAlone = transport === 'udp' && list === undefined;
  if (range?.transport !== undefined && (last > port || above > 0 || isUdpAlone))
    return `${range.transport}${transport}`;
  const isInContainer = role === 'target' || role === 'expose' || accepts === 'mapping';
  return isInContainer && transport !== 'tcp' ? `/${transport}` : '';
}

/** That nothing uses the port is true of all that is free: in a row stands what only this one has. */
function briefOf(candidate: Candidate, facts: PortFacts): Pick<CompletionItem, 'brief'> {
  const { free = '' } = candidate;
  const end = free.indexOf(',');
  return end < 0 ? {} : { brief: detailOf({ ...candidate, free: free.slice(0, end) }, facts) };
}

/** Why it is offered, then what runs there in practice, or else what it is registered for. */
function detailOf({ why, name, free, range }: Candidate, facts: PortFacts): string {
  if (range !== undefined) return `${why}, ${range.last - range.first + 1} ports`;
  const software = facts.practice[0]?.software;
  if (free !== undefined) {
    const words = why === seenOften && software !== undefined ? `often ${software}` : why;
    // What it is registered for is told with why it is free.
    return words === '' || free.includes(words) ? free : `${words}; ${free}`;
  }
  if (software !== undefined) {
    if (why === seenOften) return `often ${software}`;
    return why.includes(software) || name === software ? why : `${why}; in practice ${software}`;
  }
  const registered = preferredName(facts)?.name;
  return registered === undefined || why.endsWith(` ${registered}`)
    ? why
    : `${why}; registered for ${registered}`;
}
