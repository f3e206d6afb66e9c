import { isLoopback } from '../model/address';
import type { Claim } from '../model/claim';
import { type ClaimList, claimList, type JoinedList, joined } from '../model/claim-list';
import { fileIndex } from '../model/file-index';
import { type FromEach, fromEach } from '../model/from-each';
import { grouped } from '../model/grouped';
import type { Knowledge } from '../model/knowledge';
import type { PortRange, PortReference } from '../model/port';
import { sameElements } from '../model/same-elements';
import type { Service } from '../model/service';
import { remembered, type Snapshot, type SourceFile } from '../model/snapshot';
import { type FolderProjects, projectsOf } from './compose-projects';
import { type EnvironmentReach, environmentReach } from './environment-reach';
import { settingAt } from './environment-settings';
import { type HostServicePort, type HostServices, hostServices, reachesOut } from './host-services';
import { asksForBoth } from './nginx-claims';
import { portNamespace } from './port-namespace';
import { surelyContained } from './surely-contained';

/**
 * Every port of the machine itself that a text of the workspace wants: what compose files publish, with whatever profile
 * and in whatever file that goes over another one, with the variables of its own folder and those of the projects that
 * read it; what services in the host's network listen on, as far as their files
 * and their images tell; what nginx listens on where nothing puts its configuration into a container; and what environment
 * files set, but for what surely gets into containers alone. It is more than is ever bound at once: who looks for a port that is free for certain has to keep off all of it.
 *
 * It is asked for at every key: what an edit leaves as it was is handed out again.
 */
export function hostClaims(
  snapshot: Snapshot,
  knowledge: Pick<Knowledge, 'image'>,
): JoinedList<FileClaimList> {
  return remembered(snapshot, claimsAfter, knowledge).all;
}

/** The ports among them that services in the machine's network may listen on. */
export function hostServicePorts(
  snapshot: Snapshot,
  knowledge: Pick<Knowledge, 'image'>,
): readonly HostServicePort[] {
  return remembered(snapshot, claimsAfter, knowledge).services.ports;
}

interface KnownClaims {
  readonly published: FromEach<FileClaimList>;
  readonly listened: FromEach<FileClaimList>;
  readonly set: FromEach<FileClaimList>;
  readonly reach: EnvironmentReach;
  /** What is left of the settings without those that containers alone are given. */
  readonly setOutside: readonly FileClaimList[];
  readonly isContained: (file: SourceFile) => boolean;
  readonly uncontained: readonly FileClaimList[];
  /** The files that can be a part of projects of other folders. */
  readonly reaching: FromEach<SourceFile>;
  readonly elsewhere: PublishedElsewhere;
  readonly services: HostServices;
  readonly onHost: readonly FileClaimList[];
  readonly all: JoinedList<FileClaimList>;
}

function claimsAfter(
  snapshot: Snapshot,
  before: KnownClaims | undefined,
  knowledge: Pick<Knowledge, 'image'>,
): KnownClaims {
  const { files } = fileIndex(snapshot);
  const published = fromEach(files, (file) => anyIn(file.once(claimsIn).published), before?.published);
  const listened = fromEach(files, (file) => anyIn(file.once(claimsIn).listened), before?.listened);
  const set = fromEach(files, (file) => anyIn(file.once(claimsIn).set), before?.set);
  const reach = environmentReach(snapshot);
  const isSetSame = before?.set.said === set.said && before.reach === reach;
  const setOutside = isSetSame ? before.setOutside : outside(set.said, reach);
  const isContained = surelyContained(snapshot);
  const isListenedSame = before?.listened.said === listened.said && before.isContained === isContained;
  const uncontained = isListenedSame
    ? before.uncontained
    : listened.said.filter(({ file }) => !isContained(file));
  const reaching = fromEach(files, (file) => (reachesOut(file) ? file : undefined), before?.reaching);
  const folders = new Set(reaching.said.map(({ folder }) => folder));
  const elsewhere = publishedElsewhere(snapshot, folders, before?.elsewhere);
  const services = hostServices(snapshot, folders, knowledge, before?.services);
  const onHost =
    before?.services.ports === services.ports
      ? before.onHost
      : listsOf(
          grouped(services.ports, ({ file }) => file),
          ({ reference }) => reference,
        );
  const parts = [...published.said, ...setOutside, ...uncontained, ...elsewhere.lists, ...onHost];
  return {
    ...{ set, reach, setOutside },
    ...{ published, listened, isContained, uncontained, reaching, elsewhere, services, onHost },
    all: joined(parts, before?.all),
  };
}

function anyIn(list: FileClaimList): FileClaimList | undefined {
  return list.claims.length > 0 ? list : undefined;
}

/** The settings of environment files that are not for containers alone; a list that is left whole is the same one. */
function outside(lists: readonly FileClaimList[], reach: EnvironmentReach): readonly FileClaimList[] {
  return lists.flatMap((all) => {
    const { file, claims } = all;
    const left = claims.filter(
      ({ reference }) => !reach.isInside(file, settingAt(file, reference.span.start)?.name),
    );
    return left.length === claims.length ? all : (anyIn({ file, ...claimList(left) }) ?? []);
  });
}

/** What files publish in projects of other folders. */
interface PublishedElsewhere {
  readonly known: readonly FolderProjects[];
  readonly lists: readonly FileClaimList[];
}

/** What files publish in projects of other folders, where the variables have other values than beside the file. */
function publishedElsewhere(
  snapshot: Snapshot,
  folders: ReadonlySet<string>,
  before: PublishedElsewhere | undefined,
): PublishedElsewhere {
  const known = projectsOf(snapshot, folders);
  if (before !== undefined && sameElements(before.known, known)) return before;
  const found = new Map<SourceFile, PortReference[]>();
  for (const { project } of known.flatMap((each) => each.known))
    for (const { file, service } of project.services.flatMap(({ definitions }) => definitions)) {
      if (file.once(servicesBeside).has(service)) continue;
      const those = found.get(file) ?? [];
      found.set(file, those);
      for (const { publish } of service.ports) if (publish?.variables) those.push(publish);
    }
  return {
    known,
    lists: listsOf(found, (reference) => reference),
  };
}

function listsOf<T>(
  byFile: ReadonlyMap<SourceFile, readonly T[]>,
  referenceOf: (each: T) => PortReference,
): readonly FileClaimList[] {
  return [...byFile].flatMap(([file, those]) => {
    const claims = those.flatMap((each) => claimsOf(file, referenceOf(each)));
    return claims.length === 0 ? [] : [{ file, ...claimList(claims) }];
  });
}

function servicesBeside({ reading }: SourceFile): ReadonlySet<Service> {
  return new Set(reading.services);
}

/** What one file wants. */
export interface FileClaimList extends ClaimList {
  readonly file: SourceFile;
}

/** The ports that a file makes a program listen on, on the machine or in a container. */
export function listenedIn(file: SourceFile): FileClaimList {
  return file.once(claimsIn).listened;
}

interface FileClaims {
  readonly published: FileClaimList;
  /** What it sets as an environment file. */
  readonly set: FileClaimList;
  /** What its program binds, on the machine or in a container. */
  readonly listened: FileClaimList;
}

function claimsIn(file: SourceFile): FileClaims {
  const { references, nginx } = file.reading;
  const both = new Set(
    [...(nginx?.drafts ?? []), ...(nginx ? [nginx.loose] : [])].flatMap(({ listens }) =>
      listens.filter(asksForBoth).map(({ reference }) => reference),
    ),
  );
  // Who sees the file is asked for when all files are known.
  const isOfMachine = ({ role }: PortReference): boolean =>
    portNamespace(file, role, () => false) === 'machine';
  const isSet = (reference: PortReference): boolean =>
    reference.role !== 'listen' &&
    reference.role !== 'publish' &&
    isOfMachine(reference) &&
    isOfEnvironment(reference);
  const listOf = (those: readonly PortReference[]): FileClaimList => ({
    file,
    ...claimList(those.flatMap((reference) => claimsOf(file, reference, both.has(reference)))),
  });
  return {
    published: listOf(references.filter(({ role }) => role === 'publish')),
    set: listOf(references.filter(isSet)),
    listened: listOf(references.filter((reference) => reference.role === 'listen' && isOfMachine(reference))),
  };
}

/** A port that a setting gives, or that it has somebody find on this machine; not one of another host. */
function isOfEnvironment({ address }: PortReference): boolean {
  return address === undefined || isLoopback(address);
}

/**
 * The claim of a reference, and that of what its variable falls back to where nobody sets it.
 *
 * @param isOfBoth Whether it is about both families, whatever its address.
 */
function claimsOf(file: SourceFile, reference: PortReference, isOfBoth = false): readonly Claim[] {
  const { ports, transport, address, isAddressUnknown } = reference;
  return [...(ports === undefined ? [] : [ports]), ...fallbackOf(file, reference)]
    .filter(({ first, last }) => 0 < first && first <= last && last <= 65535)
    .flatMap((range) =>
      // A setting does not say what its number is for.
      (transport === undefined ? (['tcp', 'udp'] as const) : [transport]).map((each) => ({
        ...{ file, reference, ports: range, transport: each, isFlexible: false, takers: 1 },
        ...(address && !isOfBoth && !isAddressUnknown && address.kind !== 'name' && { address }),
        holder: reference.owner,
      })),
    );
}

/** The ports that the text gives where nobody sets the variables that it names: every default in its place. */
function fallbackOf({ text }: SourceFile, { portSpan, variables = [] }: PortReference): readonly PortRange[] {
  if (variables.every(({ fallback }) => fallback === undefined)) return [];
  let written = '';
  let at = portSpan.start;
  for (const { span, value, fallback = value } of variables) {
    if (span.start < at || fallback === undefined) return [];
    written += text.slice(at, span.start) + fallback;
    at = span.end;
  }
  if (at < portSpan.end) written += text.slice(at, portSpan.end);
  const [, first, last = first] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(written) ?? [];
  return first === undefined ? [] : [{ first: Number(first), last: Number(last) }];
}
