import { isAbout, type PortReference, type Role } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { overlaps } from '../../model/span';
import { portNamespace } from '../../units/port-namespace';
import { surelyContained } from '../../units/surely-contained';
import { type Candidate, endCandidates, namesAll, referenceCandidates } from './candidate';
import { type DialledHost, dialledHost } from './dialled-host';

/** What a place is about, and which places elsewhere in the workspace it may want to name. */
const wanted: Readonly<Partial<Record<Role, ReadonlySet<Role>>>> = {
  // A firewall lets in what the host publishes or listens on.
  allow: new Set(['publish', 'listen']),
  deny: new Set(['publish', 'listen']),
  match: new Set(['publish', 'listen']),
  // A proxy connects to what containers listen on, and forwards to it.
  connect: new Set(['target', 'expose', 'listen']),
  forward: new Set(['target', 'expose', 'listen', 'publish']),
};

/** How many references are looked at: a completion answers while somebody types. */
const mostSeen = 20_000;

/**
 * The ports that other files of the workspace name and this one does not mention yet: those that a firewall's rule, or a
 * proxy's target, is most likely written for. In the order of files and texts, each once.
 */
export function workspaceCandidates(
  snapshot: Snapshot,
  file: SourceFile,
  slot: PortSlot,
): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const reference of wantedReferences(snapshot, file, slot))
    for (const candidate of referenceCandidates(reference, slot)) {
      const { port, last = port, transport } = candidate;
      const key = `${port}-${last}/${transport}`;
      if (!found.has(key) && !isNamed(file, slot, candidate)) found.set(key, candidate);
    }
  return [...found.values()];
}

/** Where the end of a range is typed in a rule: the ends of those in the workspace that begin at the same port. */
export function rangeEndCandidates(
  snapshot: Snapshot,
  file: SourceFile,
  slot: PortSlot,
): readonly Candidate[] {
  return [...wantedReferences(snapshot, file, slot)].flatMap((reference) => endCandidates(reference, slot));
}

/** The places in other files that a slot may want to name. */
function* wantedReferences(snapshot: Snapshot, file: SourceFile, slot: PortSlot): Iterable<PortReference> {
  const host = dialledHost(snapshot, file, slot);
  const roles = rolesFor(slot, host);
  if (roles === undefined) return;
  const isContained = surelyContained(snapshot);
  let seen = 0;
  for (const other of snapshot.files.values()) {
    if (other.uri === file.uri) continue;
    for (const reference of other.reading.references) {
      seen += 1;
      if (seen > mostSeen) return;
      if (!roles.has(reference.role)) continue;
      if (host !== undefined && portNamespace(other, reference.role, isContained) !== host.kind) continue;
      yield reference;
    }
  }
}

/** Behind an address of the machine is what listens there; what containers listen on is behind their own. */
function rolesFor(slot: PortSlot, host: DialledHost | undefined): ReadonlySet<Role> | undefined {
  if (host?.kind === 'container') return undefined;
  if (host?.kind === 'machine') return listening;
  return wanted[slot.role] ?? (isForRules(slot) ? wanted.match : undefined);
}

const listening: ReadonlySet<Role> = new Set(['listen']);

/**
 * Where the end of a range is typed that means just these ports: in a packet filter's rule, and in what is put together
 * for rules.
 */
export function isOfRule(slot: PortSlot): boolean {
  return ofRules.has(slot.role) || isForRules(slot);
}

const ofRules: ReadonlySet<Role> = new Set(['allow', 'deny', 'match', 'source', 'forward']);

/** What may be the name of a service, or a range, is no setting of a program: such ports are put together for rules. */
export function isForRules({ role, names, range, above }: PortSlot): boolean {
  return role === 'declare' && (names || range !== undefined || above !== undefined);
}

/** A rule for one transport leaves the others to be thought of. */
function isNamed(file: SourceFile, slot: PortSlot, candidate: Candidate): boolean {
  return file
    .namesOf(candidate.port)
    .some(
      ({ ports, portSpan, transport }) =>
        ports !== undefined &&
        namesAll(ports, candidate) &&
        isAbout(transport, candidate.transport) &&
        !overlaps(portSpan, slot.span),
    );
}
