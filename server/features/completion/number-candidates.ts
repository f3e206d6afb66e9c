import { spokenPorts } from '../../knowledge/spoken';
import type { Chart } from '../../model/chart';
import type { Knowledge } from '../../model/knowledge';
import { isAbout, type PortReference, type Transport } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Registry } from '../../model/registry';
import type { SourceFile } from '../../model/snapshot';
import { overlaps } from '../../model/span';
import { type CommonPort, commonPorts, commonUdpPorts } from '../../registry/common-ports';
import { type Candidate, candidateOf, namesAll } from './candidate';
import { containerCandidates, isAtService, type ServedSlot } from './container-candidates';
import { exposedEnds } from './exposed-ends';
import { hostCandidates, type Wanted } from './host-candidates';
import { hostSlot } from './host-slot';
import { publishedCandidates } from './published-candidates';
import { fittingEnd, lastBehind } from './range-ends';
import { variableCandidates } from './variable-candidates';
import { isForRules, isOfRule, rangeEndCandidates, workspaceCandidates } from './workspace-candidates';

/** Why a port is offered that nothing in the file speaks for. */
export const seenOften = 'seen often';

/** The ports for a slot, best first, whose digits go on from the typed ones. */
export function* numberCandidates(
  chart: Chart,
  file: SourceFile,
  slot: ServedSlot,
  typed: string,
): Iterable<Candidate> {
  const { registry, knowledge } = chart.books;
  const { usual, isKnown } = spokenFor(chart, file, slot);
  const common = commonOf(slot.transport)
    .filter((each) => mayListen(knowledge, slot, each))
    .map((each) => ({ ...each, why: seenOften }));
  const host = hostSlot(chart, file, slot, typed);
  if (host !== undefined) {
    // Who types digits of a listener's port may mean a service that is known to run there.
    const known = slot.role === 'listen' ? [...continuations(registry, typed, slot.transport ?? 'tcp')] : [];
    const practised = known
      .filter(({ port, transport }) => knowledge.inPractice(port, transport).length > 0)
      .map((each) => ({ ...each, why: seenOften }));
    yield* hostCandidates(registry, host, { usual, isKnown, common: [...common, ...practised] }, typed);
    return;
  }
  const fitting = fittingEnd(slot, lastBehind(file, slot));
  if (fitting !== undefined) {
    const candidate: Candidate = {
      ...{ port: fitting, transport: slot.transport ?? 'tcp' },
      why: 'as many ports as at the other end',
    };
    if (isPort(fitting) && fitting !== slot.above && begins(candidate, typed)) yield candidate;
    return;
  }
  if (slot.above !== undefined && isOfRule(slot)) {
    for (const end of rangeEndCandidates(chart.snapshot, file, slot)) if (begins(end, typed)) yield end;
    return;
  }
  if (slot.above !== undefined && slot.role === 'expose') {
    for (const end of exposedEnds(chart.snapshot, file, slot, slot.above)) if (begins(end, typed)) yield end;
    return;
  }
  const registered = typed === '' ? [] : continuations(registry, typed, slot.transport ?? 'tcp');
  // A text can say the same port many thousand times: it is looked for once.
  const seen = new Set<string>();
  const all: readonly Iterable<Candidate>[] = [usual, common, registered];
  for (const candidates of all)
    for (const candidate of candidates) {
      const key = `${candidate.port} ${candidate.last} ${candidate.transport}`;
      if (!begins(candidate, typed) || seen.has(key)) continue;
      seen.add(key);
      if (!isTaken(file, slot, candidate)) yield candidate;
    }
}

/** The ports that the text, and the others of the workspace, speak for; the best first. */
function spokenFor(chart: Chart, file: SourceFile, slot: ServedSlot): Pick<Wanted, 'usual' | 'isKnown'> {
  const {
    snapshot,
    books: { registry, knowledge },
  } = chart;
  const { counterpart, transport = 'tcp' } = slot;
  const meant = slot.usual === undefined ? [] : [{ port: slot.usual, transport, why: seenOften }];
  const isOther = counterpart !== undefined && counterpart.first > 0;
  const end = slot.above === undefined && slot.accepts === 'port' && { last: counterpart?.last ?? 0 };
  const same = isOther
    ? [{ port: counterpart.first, ...end, transport, why: 'the same as at the other end' }]
    : [];
  const known = imagePorts(knowledge, slot);
  const ofImage = known.length > 0 ? known : namesakes(registry, imageName(slot.image ?? ownName(slot)));
  // On the container's side the image knows best, on the host's the other end does.
  const isRange = isOther && counterpart.first < counterpart.last;
  const best = slot.role === 'target' && !isRange ? [...ofImage, ...same] : [...same, ...ofImage];
  const inContainer = containerCandidates(snapshot, knowledge, file, slot);
  const usual = [
    ...meant,
    ...publishedCandidates(snapshot, file, slot),
    ...variableCandidates(snapshot, file, slot),
    // Of all that the container has, a host's port is for the one at the other end.
    ...(slot.role === 'publish' && !isRange ? same : []),
    ...inContainer,
    ...protocolCandidates(knowledge, slot),
    ...best,
    ...ownerCandidates(file, slot),
    ...(isAtService(snapshot, file, slot) ? [] : workspaceCandidates(snapshot, file, slot)),
  ];
  return { usual, isKnown: inContainer.length > 0 || known.length > 0 };
}

function isPort(port: number): boolean {
  return port > 0 && port <= 65535;
}

function begins({ port }: Candidate, typed: string): boolean {
  return `${port}`.startsWith(typed.replace(/^0+(?=\d)/, ''));
}

/**
 * Where a file tells a TCP server of its own to listen, the ports that stores and brokers have in practice are others'.
 * Where the transport is open, it may forward whatever there is. What speaks a protocol of its own has its own ports.
 */
function mayListen(
  knowledge: Knowledge,
  { role, transport, protocol, isForWeb }: PortSlot,
  { port }: CommonPort,
): boolean {
  if (role !== 'listen') return true;
  if (protocol !== undefined || isForWeb) return false;
  if (transport !== 'tcp') return true;
  return knowledge.inPractice(port, transport)[0]?.exposure === 'web';
}

/** The roles in which a port that is there already is not wanted a second time. */
const saidOnce: ReadonlySet<PortSlot['role']> = new Set([
  ...(['expose', 'listen', 'allow', 'deny', 'match'] as const),
]);

/**
 * Whether a port stands in the same list or kind of place already: a second EXPOSE adds nothing. A listener of another
 * address is not in the way: its twin is what is wanted.
 */
function isTaken(file: SourceFile, slot: ServedSlot, candidate: Candidate): boolean {
  const { role, span, owner, address, list } = slot;
  const isOnce = saidOnce.has(role) || (isForRules(slot) && list === undefined);
  if (!isOnce && list === undefined) return false;
  const isBeside = ({ portSpan: { start, end } }: PortReference): boolean =>
    list !== undefined && start >= list.start && end <= list.end;
  const isOfOwner = (other: PortReference): boolean =>
    other.role === role &&
    other.owner === owner &&
    (role !== 'listen' || other.address?.canonical === address?.canonical);
  return file
    .namesOf(candidate.port)
    .some(
      (other) =>
        other.portSpan.start !== span.start &&
        isAbout(other.transport, candidate.transport) &&
        other.ports !== undefined &&
        namesAll(other.ports, candidate) &&
        (isBeside(other) || (isOnce && isOfOwner(other))),
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

/** The ports of the programs that speak what is spoken here. */
function protocolCandidates(knowledge: Knowledge, { protocol, transport }: PortSlot): readonly Candidate[] {
  if (protocol === undefined) return [];
  return spokenPorts(knowledge, protocol)
    .filter((each) => transport === undefined || each.transport === transport)
    .map((each) => ({ ...each, why: seenOften }));
}

/** Where the text says UDP already, the ports of TCP are beside the point. */
function commonOf(transport: Transport | undefined): readonly CommonPort[] {
  return transport === 'udp' ? commonUdpPorts : commonPorts;
}

/** The ports registered under the image's own name, or one that goes on by a few letters: `postgres`, `postgresql`. */
function namesakes(registry: Registry, name: string): readonly Candidate[] {
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

/** What a variable is called beside the word that says that it holds a port: `redis` for REDIS_PORT. */
function ownName({ variable = '' }: PortSlot): string {
  const [word = ''] = variable.toLowerCase().split('_');
  return word;
}

/** The last path segment of an image reference without tag and digest. */
function imageName(image: string): string {
  const segment = image.slice(image.lastIndexOf('/') + 1);
  return /^[A-Za-z0-9-]*/.exec(segment)?.[0] ?? '';
}

/** What the same service or stage says elsewhere in the file. */
function ownerCandidates(file: SourceFile, slot: ServedSlot): readonly Candidate[] {
  // Who dials an address that is named does not mean himself.
  if (slot.role === 'connect' && slot.address !== undefined) return [];
  const inContainer: readonly PortReference['role'][] = ['target', 'expose', 'listen', 'declare'];
  return file.reading.references.flatMap((reference) => {
    const { owner, role, ports, transport } = reference;
    const isElse = owner === slot.owner && inContainer.includes(role) && !isTypedIn(reference, file, slot);
    return isElse && ports !== undefined && ports.first > 0
      ? [{ port: ports.first, transport: transport ?? 'tcp', why: `used by ${owner}` }]
      : [];
  });
}

/**
 * Whether a reference is what stands in the slot itself, be it by a variable whose value is typed there, or what its program
 * takes for the port as long as that is missing.
 */
function isTypedIn(
  { portSpan, role, variables = [] }: PortReference,
  { text }: SourceFile,
  { span, role: own }: PortSlot,
): boolean {
  if (portSpan.start <= span.start && span.end <= portSpan.end) return true;
  if (variables.some(({ definition }) => definition !== undefined && overlaps(definition, span))) return true;
  const isNext = role === own && portSpan.start > span.end && portSpan.start - span.end <= longestGap;
  return isNext && /^[ \t]+$/.test(text.slice(span.end, portSpan.start));
}

/** In UTF-16 code units; nobody types in front of more blanks. */
const longestGap = 80;

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
