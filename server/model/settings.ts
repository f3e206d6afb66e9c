import type { Fault } from './fault';
import type { Severity } from './finding';
import type { Uri } from './uri';

/** How grave a rule's findings are by somebody's say. */
export type Level = Severity | 'off';

/** All levels, from the gravest to none at all. */
export const levels = ['error', 'warning', 'information', 'hint', 'off'] as const satisfies readonly Level[];

/** What one place settles: the editor's settings, or one settings file. */
export interface Choices {
  /** Levels by the id of a rule or the name of a group. */
  readonly levels: ReadonlyMap<string, Level>;
  /** The version of nginx that loads the files: `1.25.3`. */
  readonly nginxVersion?: string;
}

/** Choices that leave everything as it is. */
export const noChoices: Choices = { levels: new Map() };

/** A `.portolan.json`, read. */
export interface SettingsFile {
  readonly uri: Uri;
  readonly text: string;
  readonly choices: Choices;
  /** Globs from the file's own folder: what fits is no part of the workspace. */
  readonly exclude: readonly string[];
  /** What it says that cannot be followed; the rest of it holds. */
  readonly faults: readonly Fault[];
}

/** Everything that is settled at one moment. */
export interface Policy {
  /** What holds for a file, by its address as it is spelled: the choices that go before others stand first. */
  choicesAt(uri: Uri): readonly Choices[];
  /** The folders that messages name files from. */
  readonly folders: readonly Uri[];
  /** The settings files that have been looked at. */
  readonly files: readonly SettingsFile[];
}
