import type { ImageMatch, ImagePort, Knowledge } from '../../model/knowledge';
import type { PortReference } from '../../model/port';
import { code, escaped } from '../markdown';
import type { HoveredPort } from './hovered-port';

/** What the container image of a port tells about it. */
export interface ImageAnswer {
  /** Paragraphs of Markdown. */
  readonly lines: readonly string[];
  /** The image's own port that this one is, or leads to. */
  readonly port?: ImagePort;
  /** True when it is settled who listens on this very port: nothing general needs to be said. */
  readonly isCertain: boolean;
}

/** Looks at the image of a container port; for a host port, at the container port that it leads to. */
export function imageOf(knowledge: Knowledge, { reference, partner }: HoveredPort): ImageAnswer {
  const isHostSide = reference.role === 'publish';
  const target = isHostSide ? partner : reference;
  const match = target?.image === undefined ? undefined : knowledge.image(target.image);
  if (target === undefined || match === undefined || !inContainer.has(target.role)) return nothing;
  const port = portOf(match, target);
  if (port === undefined) return isHostSide ? nothing : { ...nothing, lines: otherwiseLine(match) };
  const who = softwareOf(match, port);
  const told = builtFrom(match, target);
  // Some ports are there only when somebody turns them on.
  const isSure = !/\bwhen\b/.test(port.part ?? '');
  const listens = isSure ? 'listens' : 'can listen';
  if (!isHostSide) return { lines: [`${who}: ${told} ${listens} here.`], port, isCertain: isSure };
  return {
    lines: [`Leads to ${who}: ${told} ${listens} on its port ${port.port}.`],
    port,
    isCertain: isSure && reference.ports?.first === port.port,
  };
}

const nothing: ImageAnswer = { lines: [], isCertain: false };

const inContainer: ReadonlySet<PortReference['role']> = new Set(['target', 'expose', 'listen']);

function portOf({ record }: ImageMatch, { ports, transport }: PortReference): ImagePort | undefined {
  if (ports === undefined || ports.first !== ports.last) return undefined;
  return record.ports.find(
    (each) => each.port === ports.first && (transport === undefined || transport === each.transport),
  );
}

function softwareOf({ record }: ImageMatch, { part }: ImagePort): string {
  return `**${escaped(record.software)}**${part === undefined ? '' : ` (${escaped(part)})`}`;
}

function builtFrom({ record, isExact }: ImageMatch, { image }: PortReference): string {
  if (isExact) return `the image ${code(record.image)}`;
  return `${code(image ?? '')}, a variant of the image ${code(record.image)},`;
}

/** An image that listens elsewhere as it comes: worth a look, but it may well be configured so. */
function otherwiseLine({ record }: ImageMatch): readonly string[] {
  const main = record.ports.filter(({ part }) => part === undefined);
  const numbers = main.map(({ port, transport }) =>
    transport === 'tcp' ? `${port}` : `${port}/${transport}`,
  );
  const own = [...new Set(numbers)].slice(0, 3);
  if (own.length === 0) return [];
  return [
    `The image ${code(record.image)} (${escaped(record.software)}) listens on ${own.join(', ')} unless it is told otherwise.`,
  ];
}
