import type { Claim } from './claim';
import type { ListenSocket, NginxListen, NginxServer, NginxServerName, ServerModule } from './nginx-server';
import type { SourceFile, Uri } from './snapshot';
import type { Span } from './span';

/** Files that nginx loads together: a main file with all that it includes. */
export interface NginxConfiguration {
  /** Tells configurations apart. */
  readonly id: string;
  /** True when its files are loaded by a main file that is not in the workspace: the one of nginx's packages. */
  readonly isAssumed: boolean;
  /** Every file once, in the order in which nginx first reads them. */
  readonly files: readonly SourceFile[];
  /** Its servers in nginx's order; one that is included twice stands there twice. */
  readonly servers: readonly LoadedServer[];
  /** What its servers listen on, in the order in which nginx first meets it. */
  readonly sockets: readonly NginxSocket[];
  /** The ports that it makes nginx bind, each socket by itself. */
  readonly claims: readonly ListenClaim[];
  /** The backups that an include's glob takes in. What stands in them is none of the servers above. */
  readonly backups: readonly LoadedBackup[];
}

/** A server block as all files together define it. */
export interface LoadedServer {
  readonly module: ServerModule;
  /** False where no block around it is known, and what stands in it had to tell the module. */
  readonly isPlaced: boolean;
  readonly file: SourceFile;
  readonly server: NginxServer;
  /** The include that brings its file in; absent for the main file's own. */
  readonly includedAt?: Place;
  /** In nginx's order. */
  readonly listens: readonly LoadedListen[];
  readonly names: readonly LoadedName[];
  /** False when more can stand in it than is known: then it proves nothing what it does not have. */
  readonly isWhole: boolean;
}

/** A `listen` and the server that it counts for. */
export interface LoadedListen {
  readonly file: SourceFile;
  readonly listen: NginxListen;
  /** The include that puts it into its server, or its server into the configuration. */
  readonly includedAt?: Place;
}

/** A name and the server that it counts for. */
export interface LoadedName {
  readonly file: SourceFile;
  readonly name: NginxServerName;
  readonly includedAt?: Place;
}

/** An address with its ports that servers of one module listen on; all of these ports are wanted by the same ones. */
export interface NginxSocket {
  readonly module: ServerModule;
  readonly socket: ListenSocket;
  /** Who listens on it, in nginx's order. */
  readonly uses: readonly SocketUse[];
  /**
   * False where nginx binds none of its own for it, since a server of the module listens on the same port of every
   * address (src/http/ngx_http.c: ngx_http_init_listening, and its sisters in stream and mail).
   */
  readonly isBound: boolean;
}

/** A server's part in a socket. */
export interface SocketUse {
  readonly server: LoadedServer;
  /** Absent for a server of http without `listen`, which gets port 80, or 8000 where nginx may not take that. */
  readonly listen?: LoadedListen;
}

/** A port that nginx binds, with the socket and the server that say so first. */
export interface ListenClaim extends Claim {
  readonly socket: NginxSocket;
  readonly server: LoadedServer;
  readonly listen: LoadedListen;
}

/** A backup that a glob takes in, and where the glob stands; absent where no file of the workspace holds it. */
export interface LoadedBackup {
  readonly file: SourceFile;
  readonly includedAt?: Place;
}

/** A stretch of a file. */
export interface Place {
  readonly uri: Uri;
  readonly span: Span;
}
