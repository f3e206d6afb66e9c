import type { Chart } from '../../model/chart';
import type { Claim } from '../../model/claim';
import { siblingUri } from '../../model/file-name';
import type { Edit } from '../../model/finding';
import { type PortRange, type PortReference, portsText } from '../../model/port';
import type { PortEntry, Service } from '../../model/service';
import type { SourceFile, Uri } from '../../model/snapshot';
import { fieldOf } from './field';
import { freePorts } from './free-ports';
import { type Ground, groundOf } from './ground';
import { namedPort } from './port-variables';
import { whyNot } from './reasons';
import type { Wish } from './wish';

/** One host port that a variable gives from now on. */
export interface OwnPort {
  readonly variable: string;
  readonly service: string;
  /** The compose file that has it first. */
  readonly uri: Uri;
  readonly from: PortRange;
  readonly to: PortRange;
}

/** The settings that an environment file is to give. */
export interface EnvironmentValues {
  readonly uri: Uri;
  readonly values: ReadonlyMap<string, string>;
}

/** What gives a worktree ports of its own. */
export interface WorktreePorts {
  /** Variables in place of fixed ports, in the compose files. */
  readonly edits: readonly Edit[];
  readonly environments: readonly EnvironmentValues[];
  readonly ports: readonly OwnPort[];
  /** The entries that stay as they are, and why. */
  readonly left: readonly { readonly uri: Uri; readonly reference: PortReference; readonly reason: string }[];
}

/**
 * Turns the fixed host ports of compose files into variables with the same port as their default, and finds for each a
 * value that nothing else on the machine wants: neither the files of other worktrees nor what listens now. A port that
 * nobody else wants stays what it is. The values belong into the environment file beside each compose file, which
 * Compose reads by itself.
 *
 * @param files The compose files of the worktree.
 */
export function worktreePorts(chart: Chart, files: readonly SourceFile[]): WorktreePorts {
  const own = new Set(files);
  const isOwn = ({ file, reference }: Claim): boolean =>
    own.has(file) && (reference.role === 'publish' || reference.role === 'declare');
  const ground = groundOf(chart, (claim) => isOwn(claim) || isEnvironmentOf(files, claim));
  const chosen: Claim[] = [];
  const edits: Edit[] = [];
  const left: WorktreePorts['left'][number][] = [];
  const ports = new Map<string, OwnPort>();
  const environments = new Map<Uri, Map<string, string>>();
  for (const { file, service, entry } of files.flatMap(entriesOf)) {
    const { publish } = entry;
    if (publish?.ports === undefined || publish.ports.first === 0) continue;
    const environment = siblingUri(file.uri, '.env');
    const named = namedPort(file, service, entry, besides(files, file));
    if ('reason' in named) {
      left.push({ uri: file.uri, reference: publish, reason: named.reason });
      continue;
    }
    const key = `${environment} ${named.variable}`;
    const known = ports.get(key);
    edits.push(...named.edits);
    if (known !== undefined) continue;
    const to = ownPorts({ ...ground, claims: [...ground.claims, ...chosen] }, chart, entry, publish.ports);
    if (to === undefined) {
      left.push({ uri: file.uri, reference: publish, reason: 'no port is free for it' });
      continue;
    }
    chosen.push(claimOn(file, publish, to));
    ports.set(key, {
      variable: named.variable,
      service: service.name,
      uri: file.uri,
      from: publish.ports,
      to,
    });
    const values = environments.get(environment) ?? new Map<string, string>();
    environments.set(environment, values.set(named.variable, portsText(to)));
  }
  return {
    edits: distinct(edits),
    environments: [...environments].map(([uri, values]) => ({ uri, values })),
    ports: [...ports.values()],
    left,
  };
}

interface Entry {
  readonly file: SourceFile;
  readonly service: Service;
  readonly entry: PortEntry;
}

function entriesOf(file: SourceFile): readonly Entry[] {
  return (file.reading.services ?? []).flatMap((service) =>
    service.ports.map((entry) => ({ file, service, entry })),
  );
}

/** The files that share one environment file. */
function besides(files: readonly SourceFile[], { uri }: SourceFile): readonly SourceFile[] {
  const environment = siblingUri(uri, '.env');
  return files.filter((file) => siblingUri(file.uri, '.env') === environment);
}

/** The values that an environment file gives now make room: they are about to be written anew. */
function isEnvironmentOf(files: readonly SourceFile[], { file, reference }: Claim): boolean {
  return reference.role === 'declare' && files.some(({ uri }) => siblingUri(uri, '.env') === file.uri);
}

/** The ports as they are where nobody else wants them, else free ones that remind of them. */
function ownPorts(
  ground: Ground,
  chart: Chart,
  { target, publish }: PortEntry,
  ports: PortRange,
): PortRange | undefined {
  const wish: Wish = {
    transport: publish?.transport ?? target.transport ?? 'tcp',
    ...(publish?.address && publish.address.kind !== 'name' && { address: publish.address }),
    width: ports.last - ports.first + 1,
    near: ports.first,
  };
  // What the file has chosen for itself is not put into question here: only others are in its way.
  const field = fieldOf(ground, { ...wish, mayBePrivileged: true, isNotForWeb: true });
  if (whyNot(ground, field, wish, ports) === undefined) return ports;
  const [found] = freePorts(chart.books.registry, fieldOf(ground, wish), wish);
  return found;
}

function claimOn(file: SourceFile, reference: PortReference, ports: PortRange): Claim {
  const { transport = 'tcp', address, owner } = reference;
  return {
    ...{ file, reference, ports, transport, isFlexible: false, takers: 1, holder: owner },
    ...(address && address.kind !== 'name' && { address }),
  };
}

/** An entry that an alias uses twice is edited once. */
function distinct(edits: readonly Edit[]): readonly Edit[] {
  return [
    ...new Map(edits.map((edit) => [`${edit.uri} ${edit.span.start} ${edit.span.end}`, edit])).values(),
  ];
}
