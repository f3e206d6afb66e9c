import { environmentUri, folderOf } from '../../model/file-name';
import type { SourceFile, Uri } from '../../model/snapshot';
import { addressFrom } from '../../units/paths';

/** Which environment files give the variables of compose files. */
export interface VariableScopes {
  /**
   * The environment files that count before the one beside the file: those beside the files of other folders that include
   * it, be it through others (compose-go loader/include.go: what the including project knows is not overwritten).
   */
  above(file: SourceFile): readonly Uri[];
  /** The environment file itself, and those that one of the files beside it or beside them has above or below. */
  around(environment: Uri): readonly Uri[];
  /** Whether its file is extended from another folder: variables then come from where the extending file lies alone (compose-go loader/extends.go). */
  isExtendedElsewhere(file: SourceFile): boolean;
}

/** Finds out for compose files where their variables come from. */
export function variableScopes(files: readonly SourceFile[]): VariableScopes {
  const includers = new Map<string | undefined, SourceFile[]>();
  const extended = new Set<string | undefined>();
  for (const file of files) {
    const { project, services = [] } = file.reading;
    for (const path of project?.includes.flatMap(({ paths }) => paths) ?? []) {
      const address = addressFrom(file, path);
      const known = includers.get(address);
      if (known === undefined) includers.set(address, [file]);
      else known.push(file);
    }
    for (const { extends: base } of services) {
      const address = base?.file === undefined ? undefined : addressFrom(file, base.file);
      if (address !== undefined && folderOf(address) !== folderOf(file.address)) extended.add(address);
    }
  }
  const above = (file: SourceFile): readonly Uri[] => {
    const seen = new Set([file]);
    // The set grows while it is walked.
    for (const each of seen) for (const including of includers.get(each.address) ?? []) seen.add(including);
    return [...new Set([...seen].map(environmentOf))].filter((each) => each !== environmentOf(file));
  };
  const beside = new Map<Uri, Set<Uri>>();
  for (const file of files)
    for (const other of above(file)) {
      const own = environmentOf(file);
      beside.set(own, (beside.get(own) ?? new Set()).add(other));
      beside.set(other, (beside.get(other) ?? new Set()).add(own));
    }
  return {
    above,
    around: (environment) => {
      const found = new Set([environment]);
      for (const each of found) for (const other of beside.get(each) ?? []) found.add(other);
      return [...found];
    },
    isExtendedElsewhere: ({ address }) => extended.has(address),
  };
}

/** The environment file that Compose reads where a file lies. */
export function environmentOf({ uri }: Pick<SourceFile, 'uri'>): Uri {
  return environmentUri(uri);
}
