import type { Include } from './include';
import type { PortRange, PortReference, Transport } from './port';
import type { Span } from './span';

/** The module of nginx that a server block belongs to; `unknown` where the text and its includers do not tell. */
export type ServerModule = 'http' | 'stream' | 'mail' | 'unknown';

/** What one file says of nginx's servers. */
export interface NginxServers {
  /** Its server blocks in the order of the text; none where its structure cannot be told for certain. */
  readonly servers: readonly NginxServer[];
  /** What its server blocks seem to be while somebody is still writing: `servers`, or what a text is for which these are none. */
  readonly drafts: readonly NginxServer[];
  /** What stands outside of all blocks: in a file that a server block includes, it belongs to that server. */
  readonly loose: ServerParts;
}

/** One `server { … }`. */
export interface NginxServer extends ServerParts {
  /** From the word `server` to the closing brace. */
  readonly span: Span;
  /** The word `server`. */
  readonly nameSpan: Span;
  /** As far as this file and those that include it tell. */
  readonly module: ServerModule;
  /** The blocks around it in its own file, from the outermost inwards. */
  readonly within: readonly string[];
}

/** What decides where a server listens and for whom: the directives of one block that are about it. */
export interface ServerParts {
  readonly listens: readonly NginxListen[];
  /** The words of its `server_name` directives. */
  readonly names: readonly NginxServerName[];
  /** The files that it takes in. */
  readonly includes: readonly Include[];
  /** True when something else than nginx makes up a part of it, so that more can stand there than is listed. */
  readonly isOpen: boolean;
}

/** One `listen` directive. */
export interface NginxListen {
  /** The whole directive with its `;`. */
  readonly span: Span;
  /** Its first word: the address. */
  readonly addressSpan: Span;
  /** Absent where a part of it is filled in by something else than nginx, and where nginx refuses it. */
  readonly socket?: ListenSocket;
  /** Absent for sockets without ports, and where the text gives none. */
  readonly reference?: PortReference;
  /** The words behind the address, in their order. */
  readonly parameters: readonly ListenParameter[];
}

/** What a `listen` makes nginx bind: one socket for each port of the range. */
export interface ListenSocket {
  readonly family: 'ipv4' | 'ipv6' | 'unix' | 'name';
  /** One spelling for each address, path or name of a host. */
  readonly host: string;
  /** Absent for paths. */
  readonly ports?: PortRange;
  readonly transport: Transport;
}

/** One word of `listen` behind the address: `default_server`, `backlog=511`. */
export interface ListenParameter {
  readonly name: string;
  readonly value?: string;
  readonly span: Span;
}

/** One word of `server_name`. */
export interface NginxServerName {
  readonly span: Span;
  /** The whole `server_name` directive. */
  readonly directiveSpan: Span;
  /** In small letters, as nginx compares it; absent where something else than nginx fills it in. */
  readonly name?: string;
  /** A regular expression (`~^www\.`): nginx tries these one after the other and never compares them. */
  readonly isRegex: boolean;
}
