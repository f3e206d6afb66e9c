import { baseName, isBeside } from '../../model/file-name';
import { mappingEnds, type PortReference } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { Snapshot, SourceFile } from '../../model/snapshot';
import { type Candidate, referenceCandidates } from './candidate';

/**
 * What the files beside an environment file take one of its variables for: the port at the other end of the mapping that
 * it is one end of, and the default that they have for it.
 */
export function variableCandidates(
  { files }: Snapshot,
  file: SourceFile,
  slot: PortSlot,
): readonly Candidate[] {
  const { variable } = slot;
  if (variable === undefined) return [];
  const found: Candidate[] = [];
  for (const other of files.values()) {
    if (other === file || !isBeside(other.uri, file.uri)) continue;
    const references = referencesWith(other, variable);
    const users = references.filter((reference) => isMadeOf(reference, variable));
    if (users.length === 0) continue;
    const ends = mappingEnds(references);
    for (const user of users) {
      const end = ends.get(user);
      const name = baseName(other.uri);
      const fallbacks = user.variables?.flatMap(({ from, value, fallback }) => {
        const digits = fallback ?? (from === 'default' ? value : undefined) ?? '';
        return /^[1-9][0-9]{0,4}$/.test(digits) ? [Number(digits)] : [];
      });
      found.push(
        ...(fallbacks ?? []).map((port) => ({
          ...{ port, transport: user.transport ?? slot.transport ?? 'tcp' },
          why: `the default in ${name}`,
        })),
        ...(end === undefined ? [] : referenceCandidates(end, slot)),
      );
    }
  }
  return found;
}

/** What a file says once a variable is given: as long as its value is empty, nothing is where no default stands. */
function referencesWith(file: SourceFile, variable: string): readonly PortReference[] {
  const { references } = file.reading;
  const isEmpty = file.variables.get(variable) === '';
  if (!isEmpty || references.some((reference) => isMadeOf(reference, variable))) return references;
  return file.readingWith(new Map(file.variables).set(variable, undefined)).references;
}

function isMadeOf({ variables = [] }: PortReference, variable: string): boolean {
  return variables.some(({ name }) => name === variable);
}
