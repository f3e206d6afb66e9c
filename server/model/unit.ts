import type { ComposeProject, HostContainer, PublicationClaim } from './compose-project';
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
  /** One compose file, with all projects that read it. */
  readonly composeFile: ComposeFile;
  /** The files that nginx loads together. */
  readonly nginx: NginxConfiguration;
  /** A file that dials names. */
  readonly dialer: Dialer;
  /** The rules of packet filters that are loaded together. */
  readonly filter: RuleSet;
  /** Projects that want the same ports of one machine. */
  readonly rivalry: Rivalry;
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

/** A compose file that takes ports from variables, and the projects that read it: each may give them other values. */
export interface ComposeFile {
  readonly file: SourceFile;
  readonly projects: readonly ComposeProject[];
}

/** A file that dials names, and the projects in whose networks it may do so: its own; those of the folders above, and those
 * whose containers mount it or are built with it. */
export interface Dialer {
  readonly file: SourceFile;
  /** The connections to one port of a name. */
  readonly dialled: readonly PortReference[];
  readonly projects: readonly ComposeProject[];
}

/** What several projects of the workspace want of the same ports of one machine. */
export interface Rivalry {
  /** The first of the ports: no other rivalry has it. */
  readonly port: number;
  /** By the addresses of their files. */
  readonly rivals: readonly Rival[];
}

/** A host port that a project wants whatever profile is on. */
export interface Rival {
  readonly project: ComposeProject;
  readonly claim: PublicationClaim;
  /** The project itself, and those that take in what it begins with: they are parts of one another. */
  readonly wholes: readonly ComposeProject[];
}

/** All units side by side, for what is seen only across them. */
export interface Surroundings {
  readonly projects: readonly ComposeProject[];
  readonly configurations: readonly NginxConfiguration[];
  readonly sets: readonly RuleSet[];
  /** The services that surely run nginx in the host's network. */
  readonly hostContainers: readonly HostContainer[];
  /** Tells of a file whether a container of the workspace sees it. */
  readonly isContained: (file: SourceFile) => boolean;
}
