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
import { type HostServicePort, hostServicePorts } from './host-services';
import { asksForBoth } from './nginx-claims';
import { portNamespace } from './port-namespace';
import { reachingFolders } from './reaching-folders';
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
  return remembered(snapshot, claimsAfter, knowledge);
}

function claimsAfter(
  snapshot: Snapshot,
  before: JoinedList<FileClaimList> | undefined,
  knowledge: Pick<Knowledge, 'image'>,
): JoinedList<FileClaimList> {
  const parts = [
    ...remembered(snapshot, publishedAfter, undefined).said,
    ...remembered(snapshot, setAfter, undefined).lists,
    ...remembered(snapshot, listenedAfter, undefined).lists,
    ...remembered(snapshot, publishedElsewhere, undefined).lists,
    ...remembered(snapshot, onHostAfter, knowledge).lists,
  ];
  return joined(parts, before);
}

function publishedAfter(
  snapshot: Snapshot,
  before: FromEach<FileClaimList> | undefined,
): FromEach<FileClaimList> {
  return fromEach(fileIndex(snapshot).files, (file) => anyIn(file.once(claimsIn).published), before);
}

/** What environment files set, without what containers alone are given. */
interface SetClaims {
  readonly set: FromEach<FileClaimList>;
  readonly reach: EnvironmentReach;
  readonly lists: readonly FileClaimList[];
}

function setAfter(snapshot: Snapshot, before: SetClaims | undefined): SetClaims {
  const { files } = fileIndex(snapshot);
  const set = fromEach(files, (file) => anyIn(file.once(claimsIn).set), before?.set);
  const reach = environmentReach(snapshot);
  const isSame = before?.set.said === set.said && before.reach === reach;
  return { set, reach, lists: isSame ? before.lists : outside(set.said, reach) };
}

/** What is listened on in files that may be the machine's. */
interface ListenedClaims {
  readonly listened: FromEach<FileClaimList>;
  readonly isContained: (file: SourceFile) => boolean;
  readonly lists: readonly FileClaimList[];
}

function listenedAfter(snapshot: Snapshot, before: ListenedClaims | undefined): ListenedClaims {
  const { files } = fileIndex(snapshot);
  const listened = fromEach(files, (file) => anyIn(file.once(claimsIn).listened), before?.listened);
  const isContained = surelyContained(snapshot);
  const isSame = before?.listened.said === listened.said && before.isContained === isContained;
  const lists = isSame ? before.lists : listened.said.filter(({ file }) => !isContained(file));
  return { listened, isContained, lists };
}

/** What services in the machine's network may listen on. */
interface ServiceClaims {
  readonly ports: readonly HostServicePort[];
  readonly lists: readonly FileClaimList[];
}

function onHostAfter(
  snapshot: Snapshot,
  before: ServiceClaims | undefined,
  knowledge: Pick<Knowledge, 'image'>,
): ServiceClaims {
  const ports = hostServicePorts(snapshot, knowledge);
  if (before?.ports === ports) return before;
  const byFile = grouped(ports, ({ file }) => file);
  return { ports, lists: listsOf(byFile, ({ reference }) => reference) };
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
function publishedElsewhere(snapshot: Snapshot, before: PublishedElsewhere | undefined): PublishedElsewhere {
  const known = projectsOf(snapshot, reachingFolders(snapshot));
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
