import { isWide, type Role } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { portNamespace } from '../../units/port-namespace';
import { surelyContained } from '../../units/surely-contained';
import { type Candidate, referenceCandidates } from './candidate';
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
  const host = dialledHost(snapshot, file, slot);
  const roles = rolesFor(slot, host);
  if (roles === undefined) return [];
  const isContained = surelyContained(snapshot);
  const found = new Map<string, Candidate>();
  let seen = 0;
  for (const other of snapshot.files.values()) {
    if (other.uri === file.uri) continue;
    for (const reference of other.reading.references) {
      seen += 1;
      if (seen > mostSeen) return [...found.values()];
      if (!roles.has(reference.role)) continue;
      if (host !== undefined && portNamespace(other, reference.role, isContained) !== host.kind) continue;
      for (const candidate of referenceCandidates(reference, slot)) {
        const key = `${candidate.port}/${candidate.transport}`;
        if (!found.has(key) && !isNamed(file, candidate)) found.set(key, candidate);
      }
    }
  }
  return [...found.values()];
}

/** Behind an address of the machine is what listens there; what containers listen on is behind their own. */
function rolesFor(slot: PortSlot, host: DialledHost | undefined): ReadonlySet<Role> | undefined {
  if (host?.kind === 'container') return undefined;
  if (host?.kind === 'machine') return listening;
  return wanted[slot.role] ?? (isForRules(slot) ? wanted.match : undefined);
}

const listening: ReadonlySet<Role> = new Set(['listen']);

/** What may be the name of a service is no setting of a program: such ports are put together for rules. */
function isForRules({ role, names }: PortSlot): boolean {
  return role === 'declare' && names;
}

/** A rule for all high ports does not say that one of them has been thought of. */
function isNamed(file: SourceFile, { port }: Candidate): boolean {
  return file.namesOf(port).some(({ ports }) => ports !== undefined && !isWide(ports));
}
