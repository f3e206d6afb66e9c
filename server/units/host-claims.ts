import { isLoopback } from '../model/address';
import type { Claim } from '../model/claim';
import { type ClaimList, claimList } from '../model/claim-list';
import { grouped } from '../model/grouped';
import type { Knowledge } from '../model/knowledge';
import type { PortRange, PortReference } from '../model/port';
import type { Service } from '../model/service';
import type { Snapshot, SourceFile } from '../model/snapshot';
import { composeProjects } from './compose-projects';
import { hostServicePorts, reachesOut } from './host-services';
import { asksForBoth } from './nginx-claims';
import { portNamespace } from './port-namespace';
import { surelyContained } from './surely-contained';

/**
 * Every port of the machine itself that a text of the workspace wants: what compose files publish, with whatever profile
 * and in whatever file that goes over another one, with the variables of its own folder and those of the projects that
 * read it; what services in the host's network listen on, as far as their files
 * and their images tell; what nginx listens on where nothing puts its configuration into a container; and what environment
 * files set. It is more than is ever bound at once: who looks for a port that is free for certain has to keep off all of it.
 */
export function hostClaims(
  snapshot: Snapshot,
  knowledge: Pick<Knowledge, 'image'>,
): readonly FileClaimList[] {
  const files = [...snapshot.files.values()];
  const isContained = surelyContained(files);
  const found: FileClaimList[] = [];
  for (const file of files) {
    const { published, listened } = file.once(claimsIn);
    if (published.claims.length > 0) found.push(published);
    if (listened.claims.length > 0 && !isContained(file)) found.push(listened);
  }
  for (const [file, references] of publishedForOthers(files)) {
    const claims = references.flatMap((reference) => claimsOf(file, reference));
    if (claims.length > 0) found.push({ file, ...claimList(claims) });
  }
  const onHost = grouped(hostServicePorts(files, knowledge), ({ file }) => file);
  for (const [file, ports] of onHost) {
    const claims = ports.flatMap(({ reference }) => claimsOf(file, reference));
    if (claims.length > 0) found.push({ file, ...claimList(claims) });
  }
  return found;
}

/** What files publish in projects of other folders, where the variables have other values than beside the file. */
function publishedForOthers(files: readonly SourceFile[]): ReadonlyMap<SourceFile, readonly PortReference[]> {
  const found = new Map<SourceFile, PortReference[]>();
  const folders = new Set(files.filter(reachesOut).map(({ folder }) => folder));
  if (folders.size === 0) return found;
  for (const { known } of composeProjects(files, new Map(), (folder) => folders.has(folder)))
    for (const { project } of known)
      for (const { file, service } of project.services.flatMap(({ definitions }) => definitions)) {
        if (file.once(servicesBeside).has(service)) continue;
        const those = found.get(file) ?? [];
        found.set(file, those);
        for (const { publish } of service.ports) if (publish?.variables) those.push(publish);
      }
  return found;
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
  /** What its program binds, on the machine or in a container. */
  readonly listened: FileClaimList;
}

function claimsIn(file: SourceFile): FileClaims {
  const { references, nginx } = file.reading;
  const both = new Set(
    [...(nginx?.servers ?? []), ...(nginx ? [nginx.loose] : [])].flatMap(({ listens }) =>
      listens.filter(asksForBoth).map(({ reference }) => reference),
    ),
  );
  // Who sees the file is asked for when all files are known.
  const isOfMachine = ({ role }: PortReference): boolean =>
    portNamespace(file, role, () => false) === 'machine';
  const isPublished = (reference: PortReference): boolean =>
    reference.role !== 'listen' &&
    isOfMachine(reference) &&
    (reference.role === 'publish' || isOfEnvironment(reference));
  const listOf = (those: readonly PortReference[]): FileClaimList => ({
    file,
    ...claimList(those.flatMap((reference) => claimsOf(file, reference, both.has(reference)))),
  });
  return {
    published: listOf(references.filter(isPublished)),
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
