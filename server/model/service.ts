import type { PortReference } from './port';
import type { Span } from './span';

/**
 * A service as one compose file defines it, with what decides where its ports are bound (compose-spec 05-services.md).
 * Values are as they are after substitution; what hangs on a variable without a known value is `unknown`.
 */
export interface Service {
  readonly name: string;
  readonly nameSpan: Span;
  /** In front of its first key; absent where an alias stands for all of it, and where no key can go there. */
  readonly keys?: KeyPlace;
  /** What it takes away of the definitions that it goes over, before it adds its own. */
  readonly clears: readonly ServicePart[];
  /** Its `ports` entries in their order; one that is refused or cannot be read is left out. */
  readonly ports: readonly PortEntry[];
  /** The key `ports` with its value; absent where the service has none. */
  readonly portsSpan?: Span;
  /** What a list of ports does to the one that an earlier file gives. */
  readonly portsMerge: Merge;
  /** The container ports that it makes known under `expose`. */
  readonly exposes: readonly PortReference[];
  readonly network: NetworkMode;
  /** The networks of the project that it is put in; empty where the file names none. */
  readonly networks: Listed;
  readonly profiles: Listed;
  /** What its list of profiles does to the one that an earlier file gives. */
  readonly profilesMerge: Merge;
  /** How many containers of it run; absent when the file does not say, which is one. */
  readonly replicas?: Replicas;
  readonly extends?: ExtendedService;
  readonly build?: Build;
  /** What the file alone says of the build: other files may say the rest. */
  readonly buildParts?: BuildParts;
  /** What the Dockerfile says that is written within the file; absent where none is, or it hangs on something unknown. */
  readonly inlineBuild?: InlineBuild;
  readonly image?: string;
  /** Files and folders of the project that the container sees. */
  readonly mounts: readonly Mount[];
  /** The names beside its own by which other containers reach it. */
  readonly aliases: readonly string[];
  /** Names that lead somewhere else for it than to the services that are called so. */
  readonly extraHosts: readonly string[];
  /** The settings of its environment that the file gives; undefined for one that is passed on from where Compose runs. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** The files that give settings of its environment as well, each over those before it; absent where it names none. */
  readonly envFiles?: readonly EnvFile[];
}

/** One file of `env_file`. */
export interface EnvFile {
  /** From the folder of the project. */
  readonly path: string;
  /** True where all behind the equals sign is the value, marks and all (`format: raw`). */
  readonly isRaw?: true;
}

/** The words for a service in messages, by which what its file says of its ports is known as its own. */
export function serviceOwner(name: string): string {
  return `service "${name}"`;
}

/** Where a mapping can be given a further key: in front of one that it has. */
export interface KeyPlace {
  /** An empty span. */
  readonly span: Span;
  /** What parts the new key with its value from the one behind it. */
  readonly separator: string;
  /** The mark that the key behind it stands in; absent where it has none. */
  readonly quote?: '"' | "'";
}

/** One entry of `ports`: the container's port, and the host's where the entry names one. */
export interface PortEntry {
  /** The whole entry, and where it is used when an alias names it. */
  readonly span: Span;
  readonly target: PortReference;
  /** Absent where Docker picks the host port. */
  readonly publish?: PortReference;
  readonly writing: EntryWriting;
}

/** How an entry is written: what an edit can put into it, and where. */
export interface EntryWriting {
  /** One text, `8080:80`, or a mapping with `target` and `published` (compose-spec 05-services.md). */
  readonly form: 'short' | 'long';
  /** Of the text that the host port is in: the whole entry in the short form, its own value in the long one. */
  readonly quoting: Quoting;
  /** True where digits can surely take the place of a variable: there is no reader that would take them for another number. */
  readonly takesDigits?: true;
  /** The address that is written in the entry, without brackets; absent where a variable or another place gives it. */
  readonly address?: Span;
  /** Where the key of an address can be given to a mapping that has none. */
  readonly keys?: KeyPlace;
  /** What the alias stands for by which the entry comes in: it alone, its list, or keys of the service with that list among them. */
  readonly alias?: 'entry' | 'list' | 'keys';
}

/**
 * How a text is written: between marks, where it takes any characters; without them, and can be put between some as a whole;
 * or so that it takes neither.
 */
export type Quoting = 'quoted' | 'plain' | 'fixed';

/** How a list goes together with that of an earlier file: behind it, in its place (`!override`), or it takes it away (`!reset`). */
export type Merge = 'append' | 'override' | 'reset';

/** A part of a service that a later file can replace or take away: all that earlier files say of it, or one value. */
export type ServicePart =
  | 'all'
  | 'scale'
  | 'deploy'
  | 'build'
  | 'args'
  | 'dockerfile'
  | 'target'
  | 'image'
  | 'environment'
  | 'env_file';

/** `network_mode`: `own` is networks of the project, which is so as well where all files are `unsaid`. */
export type NetworkMode =
  | { readonly kind: 'unsaid' | 'own' | 'none' | 'unknown' }
  | { readonly kind: 'host'; readonly span: Span }
  | { readonly kind: 'service' | 'container'; readonly span: Span; readonly name: string };

/** A list of words, or that it is not known. */
export type Listed = readonly string[] | 'unknown';

/** `scale` or `deploy.replicas`. */
export interface Replicas {
  readonly count: number | 'unknown';
  /** The key that says so. */
  readonly by: 'scale' | 'deploy';
  /** True where a variable may say otherwise. */
  readonly isByDefault?: true;
  readonly span: Span;
}

/** `extends`: the service that this one begins as. */
export interface ExtendedService {
  readonly service: string;
  /** The path of another file, from the folder of this one; absent for this same file. */
  readonly file?: string;
  readonly span: Span;
}

/** `build`: paths from the folder of the project. */
export interface Build {
  readonly context: string;
  readonly dockerfile: string;
  readonly target?: string;
  /** The arguments that it is built with; undefined is the value of one that hangs on something unknown. */
  readonly args?: ReadonlyMap<string, string | undefined>;
}

/**
 * What one file says of a build; `inline` where the Dockerfile is written within the file; `unknown` where
 * it cannot be followed to its files: a repository, a variable without a value.
 */
export type BuildParts = Partial<Build> | 'inline' | 'unknown';

/** What the stage that is built says of an image whose Dockerfile is written within the compose file. */
export interface InlineBuild {
  /** The image from outside that it builds on; absent where the text does not tell. */
  readonly image?: string;
  readonly exposed: readonly InlinePort[];
}

/** A port that such a stage exposes. */
export type InlinePort = Required<Pick<PortReference, 'ports'>> & Pick<PortReference, 'transport'>;

/** A bind mount (`volumes`) or a config file. */
export interface Mount {
  /** A path of the host from the folder of the project. */
  readonly source: string;
  readonly target: string;
}

/** What a compose file says of its project beside its services. */
export interface ProjectHeader {
  /** `name`, or COMPOSE_PROJECT_NAME of the `.env` beside it. */
  readonly name?: string;
  /** The files that COMPOSE_FILE of the `.env` beside it names, in their order. */
  readonly composeFiles?: readonly string[];
  /** The profiles that COMPOSE_PROFILES of the `.env` beside it turns on. */
  readonly activeProfiles: readonly string[];
  readonly includes: readonly ProjectInclude[];
  /** Its names for networks that are, or may be, Docker's `host`; absent where it has none. */
  readonly hostNetworks?: readonly string[];
}

/** One entry of the top level's `include`. */
export interface ProjectInclude {
  /** Paths from the folder of the file; the later ones override the earlier ones. */
  readonly paths: readonly string[];
  /** The folder that paths in there count from; absent for that of the first path. */
  readonly projectDirectory?: string;
  /** The files that give its variables, undefined for a path that is not known; absent for the `.env` of that folder. */
  readonly envFiles?: readonly (string | undefined)[];
  readonly span: Span;
}
