import type { ComposeProject, HostContainer } from './compose-project';
import type { NginxConfiguration } from './nginx-configuration';
import type { PortReference } from './port';
import type { RuleSet } from './rule-set';
import type { SettingsFile } from './settings';
import type { SourceFile } from './snapshot';
import type { IdleSuppressions } from './suppression';

/** What rules look at, by the name of its kind. */
export interface UnitKinds {
  /** One file by itself. */
  readonly file: SourceFile;
  /** The compose files that Compose reads together. */
  readonly project: ComposeProject;
  /** The files that nginx loads together. */
  readonly nginx: NginxConfiguration;
  /** A file that dials names. */
  readonly dialer: Dialer;
  /** The rules of packet filters that are loaded together. */
  readonly filter: RuleSet;
  /** Everything that is known of the workspace. */
  readonly workspace: Surroundings;
}

/** What rules are told of beside the workspace's own texts: these units are made from what is known already. */
export interface SideKinds {
  /** One settings file. */
  readonly settings: SettingsFile;
  /** The suppressions of one file that do nothing. */
  readonly suppressions: IdleSuppressions;
}

/** All that a rule can look at. */
export interface RuleKinds extends UnitKinds, SideKinds {}

/** The units of one moment. */
export type Units = { readonly [Kind in keyof UnitKinds]: readonly UnitKinds[Kind][] };

/** A file that dials names, and the projects in whose networks it may do so: its own; those of the folders above, and those
 * whose containers mount it or are built with it. */
export interface Dialer {
  readonly file: SourceFile;
  /** The connections to one port of a name. */
  readonly dialled: readonly PortReference[];
  readonly projects: readonly ComposeProject[];
}

/** All units side by side, for what is seen only across them. */
export interface Surroundings {
  /** The Dockerfiles that copy something of their context into an image. */
  readonly dockerfiles: readonly SourceFile[];
  readonly projects: readonly ComposeProject[];
  readonly configurations: readonly NginxConfiguration[];
  readonly sets: readonly RuleSet[];
  /** The services that surely run nginx in the host's network. */
  readonly hostContainers: readonly HostContainer[];
  /** Tells of a file whether a container of the workspace sees it. */
  readonly isContained: (file: SourceFile) => boolean;
}
