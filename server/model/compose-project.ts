import type { BuildStage } from './build-stage';
import type { Claim } from './claim';
import type { ClaimList } from './claim-list';
import type { Variables } from './dialect';
import type { Build, EnvFile, InlineBuild, PortEntry, ProjectInclude, Service } from './service';
import type { SourceFile, Uri } from './snapshot';

/** The compose files that Compose reads together, and the services that they come to (compose-spec 13-merge.md). */
export interface ComposeProject {
  /** Tells projects apart. */
  readonly id: string;
  /** In the order in which each goes over those before it. */
  readonly files: readonly SourceFile[];
  /** Those of the files that Compose begins with: they include the others, or extend what is in them. */
  readonly roots: readonly SourceFile[];
  /** The folder that it is called in: of its files or of the `.env` that names them, as its canonical address with a slash. */
  readonly folder: Uri;
  /** The name that its containers get; absent when it hangs on something unknown. */
  readonly name?: string;
  /**
   * False for a file that Compose reads only where somebody names it (`-f`): other files may go before or behind it.
   */
  readonly isFound: boolean;
  readonly services: readonly ProjectService[];
  /** The host ports that its services bind with every profile on, service by service. */
  readonly claims: readonly PublicationClaim[];
  /** Those of its claims that it makes whatever profile is on. */
  readonly steadyClaims: ClaimList<PublicationClaim>;
  /** The addresses of the files and folders that containers in its own networks get. */
  readonly given: readonly string[];
  /** Its services in the host's network. */
  readonly onHost: readonly ProjectService[];
}

/** A service as all files of its project together define it. */
export interface ProjectService {
  readonly name: string;
  /** Its definitions in the order in which each goes over those before it; those that it extends come first. */
  readonly definitions: readonly ServiceDefinition[];
  /** Every binding that the engine gets. */
  readonly ports: readonly Publication[];
  /** The last word of its definitions on the rest. */
  readonly network: Service['network'];
  /** The networks that it is in when it has some of the project: `default` where no file names any. */
  readonly networks: Service['networks'];
  readonly profiles: Service['profiles'];
  readonly replicas: Service['replicas'];
  /** What all its files say of its build. */
  readonly build: PlacedBuild | 'inline' | 'unknown' | undefined;
  readonly image: Service['image'];
  readonly mounts: Service['mounts'];
  readonly aliases: readonly string[];
  /** What its image is built from, where that is in the workspace. */
  readonly built: BuiltFrom | undefined;
  /** What its image is built from, where a compose file says all of that itself. */
  readonly inlineBuild: InlineBuild | undefined;
  /** The host ports that it binds when it starts. */
  readonly claims: readonly PublicationClaim[];
}

/** A build, and the place that the path of its context counts from. */
export interface PlacedBuild extends Build {
  readonly base: { readonly uri: Uri };
}

/** A Dockerfile, and the stage of it that is built. */
export interface BuiltFrom {
  readonly file: SourceFile;
  readonly stage: BuildStage;
}

/** A host port that a service wants, with the entry that says so. */
export interface PublicationClaim extends Claim {
  readonly service: ProjectService;
  readonly publication: Publication;
}

/** One definition of a service, and the file that it stands in. */
export interface ServiceDefinition {
  readonly file: SourceFile;
  /** As the file is read with the variables of the project. */
  readonly service: Service;
  /** The paths in it count from the folder of this address. */
  readonly base: { readonly uri: Uri };
  /** The file of the project's own that brings it in, be it itself. */
  readonly root: SourceFile;
  /** The include of it that does; absent for what the file itself defines or extends. */
  readonly include?: ProjectInclude;
  /** The variables that the include proposes values of: an environment file of the project may say otherwise. */
  readonly proposed: ReadonlySet<string>;
  /**
   * The environment files that give the variables in it, whether they are there or not: of several that set one the first
   * counts. Absent where it is not known which they are.
   */
  readonly environments?: readonly Uri[];
  /** What the variables in it are in this project. */
  readonly variables: Variables;
  /** The files that its `env_file` names, where they are in the workspace, each over those before it. */
  readonly envFiles: readonly GivenEnvironment[];
}

/** A file that gives a service settings. */
export interface GivenEnvironment extends Pick<EnvFile, 'isRaw'> {
  readonly file: SourceFile;
}

/** One entry of a service's ports after the merge, and where it comes from. */
export interface Publication extends PortEntry {
  readonly file: SourceFile;
  /** The service whose definition it stands in: another one where the service extends that. */
  readonly from: Service;
  /** True where an earlier entry of the service says the same: without this one, that one counts. */
  readonly isRestated?: true;
  /** True where an include proposes its ports: it gives the value of a variable that the project leaves open. */
  readonly isProposed?: true;
}

/** A service that runs nginx in the network of the host, and its project. */
export interface HostContainer {
  readonly project: ComposeProject;
  readonly service: ProjectService;
}
