import type { BuildStage, CopiedPath } from './build-stage';
import type { Fault } from './fault';
import type { Include } from './include';
import type { NginxServers } from './nginx-server';
import type { PacketFilter } from './packet-filter';
import type { PortReference } from './port';
import type { PortSlot } from './port-slot';
import type { ProjectHeader, Service } from './service';

/** All that one dialect found in one text. */
export interface Reading {
  readonly references: readonly PortReference[];
  readonly slots: readonly PortSlot[];
  readonly faults: readonly Fault[];
  /** The names that can be typed in a slot in place of a port. */
  readonly portNames?: readonly PortName[];
  readonly includes?: readonly Include[];
  readonly mentions?: readonly Mention[];
  /** The services that a compose file defines, in the order of the text. */
  readonly services?: readonly Service[];
  /** The services that it takes away from the files before it (`!reset`). */
  readonly removedServices?: readonly string[];
  /** True where its services take the place of all that the files before it define (`services: !override`). */
  readonly replacesServices?: true;
  /** What a compose file says of its project, when it says something. */
  readonly project?: ProjectHeader;
  /** The stages of a Dockerfile, in the order of the text; the last one is the image. */
  readonly stages?: readonly BuildStage[];
  /** The files and folders of its context that a Dockerfile copies into the image, stage by stage. */
  readonly copied?: readonly (readonly CopiedPath[])[];
  /** True for an environment file; whose programs are given its settings, `units/environment-reach.ts` finds out. */
  readonly isEnvironment?: true;
  /** What a firewall's file says of its packet filter as a whole. */
  readonly filter?: PacketFilter;
  /** What an nginx configuration says of its servers. */
  readonly nginx?: NginxServers;
  /** The dialect's own notes that let it read the next version of the same text faster; nobody else looks inside. */
  readonly reusable?: unknown;
}

/** A reading of a text without ports. */
export const emptyReading: Reading = { references: [], slots: [], faults: [] };

/** A name of a text that stands for ports where one is asked for. */
export interface PortName {
  /** As it is typed: `$web`, `@admin`. */
  readonly text: string;
  /** What it stands for, as it is written. */
  readonly stands: string;
}

/** A file that a text names, and that is therefore of our concern whatever it is called. */
export interface Mention {
  /** A path from the folder of the text, or from the one that whoever names the text has its paths count from. */
  readonly path: string;
  /** The folder that the paths in that file count from, as such a path; absent for its own. */
  readonly from?: string;
  /** The id of the dialect that it is read as. */
  readonly dialect: string;
}
