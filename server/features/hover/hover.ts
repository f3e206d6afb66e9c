import type { Chart } from '../../model/chart';
import { mappingEnds, type PortReference, type Transport } from '../../model/port';
import type { Uri } from '../../model/snapshot';
import { type Span, sameSpan, touches } from '../../model/span';
import { hardBreak } from '../markdown';
import { checks, runnable } from '../port-facts/checks';
import { labelLines, practiceLine, rangeLine } from '../port-facts/fact-lines';
import { type PortFacts, portFacts } from '../port-facts/port-facts';
import { type PortUse, usesOf } from '../uses';
import { caveats } from './caveats';
import { headLine } from './head-line';
import type { HoveredPort } from './hovered-port';
import { type ImageAnswer, imageOf } from './image-of';
import { listeningLine } from './listening';
import { rangeLines } from './range-lines';

/** What to show for the port under the caret. */
export interface HoverAnswer {
  readonly span: Span;
  /** Paragraphs of Markdown, the answer first. */
  readonly paragraphs: readonly string[];
  /** Where else in the workspace the port is named, the nearest first, and how many there are in all. */
  readonly uses: readonly PortUse[];
  readonly useCount: number;
  /** What listens on the machine now, as Markdown. */
  readonly listening?: string;
  /** The port to offer a page and a check of; absent for a range or an unknown port. */
  readonly port?: HoveredNumber;
}

/** The port itself, for the links of a hover. */
export interface HoveredNumber {
  readonly number: number;
  readonly transport?: Transport;
  /** The command that shows who listens, where the port is one of this machine. */
  readonly check?: string;
}

/** How many other uses a hover names. */
const usesShown = 3;

/** The hover at `offset`, or undefined where no port stands. */
export function hover(chart: Chart, uri: Uri, offset: number): HoverAnswer | undefined {
  const file = chart.snapshot.files.get(uri);
  const [reference, ...others] = referencesAt(file?.reading.references ?? [], offset);
  if (file === undefined || reference === undefined) return undefined;
  const same = others.filter(({ portSpan }) => sameSpan(portSpan, reference.portSpan));
  // Both ends of a mapping have one span; to pair up all mappings of a long file would take longer than the hover may.
  const ends = mappingEnds(file.reading.references.filter(({ span }) => sameSpan(span, reference.span)));
  const head = headLine(file.text, [reference, ...same], ends);
  return {
    span: reference.portSpan,
    ...answer(chart, { file, reference, partner: ends.get(reference) }, head),
  };
}

function answer(chart: Chart, hovered: HoveredPort, head: string): Omit<HoverAnswer, 'span'> {
  const { ports, transport, protocol } = hovered.reference;
  const nothing = { uses: [], useCount: 0 };
  if (ports === undefined || ports.last === 0 || ports.first > 65535)
    return { ...nothing, paragraphs: [head] };
  const listening = listeningLine(chart.machine, hovered.reference);
  if (ports.first !== ports.last) {
    const lines = rangeLines(chart.books, hovered.reference, ports);
    return { ...nothing, paragraphs: [head, ...lines], ...(listening && { listening }) };
  }
  const facts = portFacts(chart.books, ports.first, transport, protocol);
  const image = imageOf(chart.books.knowledge, hovered);
  const uses = usesOf(chart.snapshot, ports.first, transport, hovered);
  return {
    paragraphs: [
      head,
      ...image.lines,
      ...practiceLines(chart, hovered, facts, image),
      ...labelLines(facts, image.isCertain),
      hardBreak(caveats(facts, hovered, image)),
      rangeLine(facts),
    ].filter((line) => line !== ''),
    uses: uses.slice(0, usesShown),
    useCount: uses.length,
    ...(listening && { listening }),
    port: { number: ports.first, ...(transport && { transport }), ...checkOf(chart, hovered.reference) },
  };
}

/** Who is found there in practice; a host port tells first of the container port that it leads to. */
function practiceLines(
  { books }: Chart,
  { reference, partner }: HoveredPort,
  facts: PortFacts,
  image: ImageAnswer,
): readonly string[] {
  if (image.isCertain) return [];
  const target = reference.role === 'publish' ? partner?.ports : undefined;
  if (target === undefined || target.first === facts.port || target.first !== target.last)
    return practiceLine(facts);
  const inside =
    image.port === undefined
      ? practiceLine(
          portFacts(books, target.first, partner?.transport),
          `Container port ${target.first} in practice`,
        )
      : [];
  return [...inside, ...practiceLine(facts, `Elsewhere ${facts.port} in practice`)];
}

/** A container's own port is nothing that the machine could be asked about. */
function checkOf({ machine }: Chart, { ports, transport, role }: PortReference): { readonly check?: string } {
  if (ports === undefined || role === 'target' || role === 'expose') return {};
  const check = runnable(checks(ports.first, transport, machine.system), machine.system);
  return check === undefined ? {} : { check: check.command };
}

/** What stands under the caret; on the name of a variable, the port that the variable gives. */
function referencesAt(references: readonly PortReference[], offset: number): readonly PortReference[] {
  const found = references.filter(({ portSpan }) => touches(portSpan, offset));
  if (found.length > 0) return found;
  return references.filter(({ variables }) => variables?.some(({ span }) => touches(span, offset)));
}
