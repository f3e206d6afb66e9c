import type { ComposeProject } from './compose-project';
import type { SourceFile } from './snapshot';

/** What rules look at, by the name of its kind. */
export interface UnitKinds {
  /** One file by itself. */
  readonly file: SourceFile;
  /** The compose files that Compose reads together. */
  readonly project: ComposeProject;
  /** Everything that is known of the workspace. */
  readonly workspace: Surroundings;
}

/** The units of one moment. */
export type Units = { readonly [Kind in keyof UnitKinds]: readonly UnitKinds[Kind][] };

/** All units side by side, for what is seen only across them. */
export interface Surroundings {
  readonly files: readonly SourceFile[];
  /** The same by their canonical address. */
  readonly known: ReadonlyMap<string, SourceFile>;
  readonly projects: readonly ComposeProject[];
}
