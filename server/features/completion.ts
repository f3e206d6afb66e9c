import type { Chart } from '../model/chart';
import type { Books, Knowledge } from '../model/knowledge';
import type { PortReference, PortSlot, Transport } from '../model/port';
import type { Registry, RegistryRecord } from '../model/registry';
import type { SourceFile, Uri } from '../model/snapshot';
import { type Span, slice, touches } from '../model/span';
import { commonPorts } from '../registry/common-ports';
import { factLines, rangeLine } from './port-facts/fact-lines';
import { type PortFacts, portFacts, preferredName } from './port-facts/port-facts';

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
  /** What the hover would tell of the port, as Markdown. */
  readonly documentation: string;
}

/** How many items a list has at the most; the editor asks again as the user types on. */
export const longestList = 50;

/** The ports for the slot at `offset`; empty where no port can be typed. */
export function completion({ snapshot, books }: Chart, uri: Uri, offset: number): readonly CompletionItem[] {
  const file = snapshot.files.get(uri);
  const slot = file?.reading.slots.find(({ span }) => touches(span, offset));
  if (file === undefined || slot === undefined) return [];
  const typed = slice(file.text, { start: slot.span.start, end: offset }).trimStart();
  const candidates = /^[A-Za-z]/.test(typed)
    ? namedCandidates(books, slice(file.text, slot.span).trim())
    : numberCandidates(books, file, slot, typed);
  const items = new Map<string, CompletionItem>();
  for (const candidate of candidates) {
    if (slot.above !== undefined && candidate.port <= slot.above) continue;
    const item = itemFor(books, slot, candidate);
    if (!items.has(item.label)) items.set(item.label, item);
    if (items.size >= longestList) break;
  }
  return [...items.values()];
}

interface Candidate {
  readonly port: number;
  readonly transport: Transport;
  readonly why: string;
  /** The service name that the user is typing, when it is a name. */
  readonly name?: string;
}

/** Services and programs whose name begins as typed, the best known first; the number goes into the text. */
function namedCandidates({ registry, knowledge }: Books, typed: string): readonly Candidate[] {
  const isCommon = (candidate: Candidate): boolean => commonPorts.some(({ port }) => port === candidate.port);
  const rank = (candidate: Candidate): number =>
    (isCommon(candidate) ? 0 : 1000) +
    (candidate.name?.length ?? 0) +
    (candidate.port < 1024 ? 0 : 100) +
    (services.includes(candidate) ? 0 : 10);
  const services = registry.byPrefix(typed, longestList * 8).flatMap(candidateOf);
  const named = new Set(services.map(({ port, name }) => `${port} ${name?.toLowerCase()}`));
  // Where the program bears the service's name, one of the two will do.
  const programs = programCandidates(knowledge, typed).filter(
    ({ port, name }) => !named.has(`${port} ${name?.toLowerCase()}`),
  );
  return [...services, ...programs]
    .filter(({ transport }) => transport === 'tcp' || transport === 'udp')
    .sort((a, b) => rank(a) - rank(b) || a.port - b.port || (a.transport < b.transport ? -1 : 1));
}

/** Programs that are found on a port of their own: typing `graf` leads to Grafana's. */
function programCandidates(knowledge: Knowledge, typed: string): readonly Candidate[] {
  const wanted = typed.toLowerCase();
  return knowledge
    .all()
    .practice.filter(
      ({ software, certainty }) => certainty === 'default' && software.toLowerCase().startsWith(wanted),
    )
    .map(({ ports, transports: [transport = 'tcp'], software }) => ({
      port: ports.first,
      transport,
      why: `a port of ${software}`,
      name: software,
    }));
}

function candidateOf({ name, ports, transport, status }: RegistryRecord): readonly Candidate[] {
  if (name === undefined || ports === undefined || status === 'historic') return [];
  return [{ port: ports.first, transport: transport ?? 'tcp', why: `registered for ${name}`, name }];
}

function* numberCandidates(
  { registry, knowledge }: Books,
  file: SourceFile,
  slot: PortSlot,
  typed: string,
): Iterable<Candidate> {
  const transport = slot.transport ?? 'tcp';
  const begins = ({ port }: Candidate): boolean => `${port}`.startsWith(typed.replace(/^0+(?=\d)/, ''));
  const { counterpart } = slot;
  const taken = takenPorts(file, slot);
  const isOther = counterpart !== undefined && counterpart.first > 0;
  const same = isOther ? [{ port: counterpart.first, transport, why: 'the same as at the other end' }] : [];
  const known = imagePorts(knowledge, slot);
  const ofImage = known.length > 0 ? known : namesakes(registry, slot);
  // On the container's side the image knows best, on the host's the other end does.
  const best = slot.role === 'target' ? [...ofImage, ...same] : [...same, ...ofImage];
  for (const candidate of [...best, ...ownerCandidates(file, slot)]) {
    if (begins(candidate) && !taken.has(candidate.port)) yield candidate;
  }
  for (const common of commonPorts) {
    const candidate = { ...common, why: seenOften };
    if (begins(candidate) && !taken.has(common.port)) yield candidate;
  }
  if (typed !== '') yield* continuations(registry, typed, transport);
}

/** What stands in the same kind of place already: a second EXPOSE adds nothing, a second publication collides. */
function takenPorts({ reading }: SourceFile, slot: PortSlot): ReadonlySet<number> {
  const role = slot.accepts === 'mapping' ? 'publish' : slot.role;
  const isTaken = ({ role: other, owner, portSpan }: PortReference): boolean =>
    other === role && (role === 'publish' || owner === slot.owner) && portSpan.start !== slot.span.start;
  if (role !== 'publish' && role !== 'expose') return new Set();
  return new Set(
    reading.references.flatMap((each) => (isTaken(each) && each.ports ? [each.ports.first] : [])),
  );
}

/** The ports that the image's software listens on. */
function imagePorts(knowledge: Knowledge, { image }: PortSlot): readonly Candidate[] {
  const record = image === undefined ? undefined : knowledge.image(image)?.record;
  return (record?.ports ?? []).map(({ port, transport, part }) => ({
    port,
    transport,
    why: `${record?.software}${part === undefined ? '' : ` (${part})`} listens there`,
  }));
}

/** The ports registered under the image's own name, or one that goes on by a few letters: `postgres`, `postgresql`. */
function namesakes(registry: Registry, { image }: PortSlot): readonly Candidate[] {
  const name = imageName(image ?? '');
  if (name.length < 3) return [];
  return registry
    .byPrefix(name, 8)
    .filter((record) => record.transport === 'tcp' && isNameOf(record.name ?? '', name))
    .flatMap(candidateOf)
    .map(({ port, transport, why }) => ({ port, transport, why }));
}

function isNameOf(service: string, image: string): boolean {
  return /^[a-z]{0,3}$/i.test(service.slice(image.length));
}

/** The last path segment of an image reference without tag and digest. */
function imageName(image: string): string {
  const segment = image.slice(image.lastIndexOf('/') + 1);
  return /^[A-Za-z0-9-]*/.exec(segment)?.[0] ?? '';
}

/** What the same service or stage says elsewhere in the file. */
function ownerCandidates(file: SourceFile, slot: PortSlot): readonly Candidate[] {
  const inContainer: readonly PortReference['role'][] = ['target', 'expose', 'listen', 'declare'];
  return file.reading.references.flatMap(({ owner, role, ports, transport, portSpan }) =>
    ports !== undefined &&
    ports.first > 0 &&
    owner === slot.owner &&
    inContainer.includes(role) &&
    portSpan.start !== slot.span.start
      ? [{ port: ports.first, transport: transport ?? 'tcp', why: `used by ${owner}` }]
      : [],
  );
}

/** Registered ports whose number goes on from the typed digits. */
function* continuations(registry: Registry, typed: string, transport: Transport): Iterable<Candidate> {
  // A single digit says too little: what it begins is a tenth of the registry.
  if (!/^[1-9][0-9]{1,3}$/.test(typed)) return;
  for (let width = 1, base = Number(typed); width <= 1000; width *= 10, base *= 10) {
    if (width === 1) continue;
    for (let port = base; port < base + width && port <= 65535; port += 1) {
      const [record] = registry.byPort(port, transport);
      if (record?.name !== undefined && record.status === 'assigned' && record.ports?.first === port) {
        yield { port, transport, why: `registered for ${record.name}` };
      }
    }
  }
}

function itemFor(books: Books, slot: PortSlot, candidate: Candidate): CompletionItem {
  const { port, transport, name } = candidate;
  const isInContainer = slot.role === 'target' || slot.role === 'expose';
  const suffix = isInContainer && slot.transport === undefined && transport !== 'tcp' ? `/${transport}` : '';
  const isMapping = slot.accepts === 'mapping' && name === undefined;
  const text = isMapping ? `${port}:${port}${suffix}` : `${port}${suffix}`;
  const facts = portFacts(books, port, transport);
  return {
    label: name === undefined ? text : `${text} ${name}`,
    span: slot.span,
    insert: `${slot.before ?? ''}${text}${slot.after ?? ''}`,
    filter: name ?? text,
    detail: detailOf(candidate, facts),
    documentation: [...factLines(facts), rangeLine(facts)].join('\n\n'),
  };
}

/** Why a port is offered that nothing in the file speaks for. */
const seenOften = 'seen often';

/** Why it is offered, then what runs there in practice, or else what it is registered for. */
function detailOf({ why, name }: Candidate, facts: PortFacts): string {
  const software = facts.practice[0]?.software;
  if (software !== undefined) {
    if (why === seenOften) return `often ${software}`;
    return why.includes(software) || name === software ? why : `${why}; in practice ${software}`;
  }
  const registered = preferredName(facts)?.name;
  return registered === undefined || why.endsWith(` ${registered}`)
    ? why
    : `${why}; registered for ${registered}`;
}
