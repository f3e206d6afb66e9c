import type { ServiceDefinition } from '../../model/compose-project';
import { indexed } from '../../model/file-index';
import { environmentUri } from '../../model/file-name';
import type { SourceFile, Uri } from '../../model/snapshot';
import { composeDefinitions, environmentsOf } from '../../units/compose-definitions';

/** Where the variables of compose files come from. */
export interface VariableScopes {
  /** How projects read the services of a file, in the order of its text. */
  definitionsOf(file: SourceFile): readonly ServiceDefinition[];
  /**
   * The environment files that are read together with those of a file, be it by way of further files. Within them a variable
   * has one meaning.
   */
  around(file: SourceFile): readonly Uri[];
}

/** Finds out for compose files where their variables come from. */
export function variableScopes(files: readonly SourceFile[]): VariableScopes {
  const definitions = composeDefinitions(indexed(files));
  const together = new Map<Uri, Set<Uri>>();
  const firstOf = new Map<SourceFile, Uri>();
  for (const file of files) {
    const all = environmentsOf(file, definitions(file)).flat();
    const [first = environmentUri(file.uri)] = all;
    firstOf.set(file, first);
    for (const each of all) {
      together.set(first, (together.get(first) ?? new Set()).add(each));
      together.set(each, (together.get(each) ?? new Set()).add(first));
    }
  }
  const known = new Map<Uri, readonly Uri[]>();
  return {
    definitionsOf: (file) =>
      [...definitions(file)].sort((a, b) => a.service.nameSpan.start - b.service.nameSpan.start),
    around: (file) => {
      const first = firstOf.get(file) ?? environmentUri(file.uri);
      const before = known.get(first);
      if (before !== undefined) return before;
      const found = new Set([first]);
      // The set grows while it is walked.
      for (const each of found) for (const other of together.get(each) ?? []) found.add(other);
      const around = [...found];
      for (const each of around) known.set(each, around);
      return around;
    },
  };
}
