import type { Address } from './address';
import type { BuildStage, CopiedPath } from './build-stage';
import type { NginxServers } from './nginx-server';
import type { PacketFilter } from './packet-filter';
import type { ProjectHeader, Service } from './service';
import type { Span } from './span';

/** The transport protocols that have port numbers in the formats that Portolan reads. */
export type Transport = (typeof transports)[number];

/** All of them. */
export const transports = ['tcp', 'udp', 'sctp', 'dccp', 'udplite'] as const;

/** Tells whether something of one transport (or of any) is about the transport that is asked for (or about any). */
export function isAbout(own: Transport | undefined, asked: Transport | undefined): boolean {
  return own === undefined || asked === undefined || own === asked;
}

/** Ports from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What the text does with the port.
 * - `publish`: the host side of a mapping into a container; `target`: its container side.
 * - `expose`: a container port made known, published nowhere.
 * - `listen`: a program is told to bind it; `connect`: a program is told to dial it.
 * - `link`: it stands in a URL that a program hands out or compares, and does not dial.
 * - `declare`: a setting that holds a port number, bound or dialled by whoever reads the setting.
 * - `allow`, `deny`, `match`: a packet filter lets it through, refuses it, or only looks at it.
 * - `source`: a packet's source port; `forward`: where a packet filter sends a packet on to.
 */
export type Role =
  | 'publish'
  | 'target'
  | 'expose'
  | 'listen'
  | 'connect'
  | 'link'
  | 'declare'
  | 'allow'
  | 'deny'
  | 'match'
  | 'source'
  | 'forward';

/** A variable that a port's text names, and what is known of its value. */
export interface VariableUse {
  readonly name: string;
  /** The expression that names it: `$PORT`, `${PORT:-8080}`. */
  readonly span: Span;
  /** Where the value came from: `definition` is one in the same file (a macro, a `define`); `unknown` when no text that
   * was read gives one. */
  readonly from: 'default' | '.env' | 'ARG' | 'ENV' | 'definition' | 'unknown';
  readonly value?: string;
  /** What the text gives where nobody sets the variable, when that is not the value already. */
  readonly fallback?: string;
  /** True when the files that could set it are there and do not, and the text gives no default. */
  readonly isUnset?: true;
  /** The characters of this same file that give the value: a default, the value of an ARG or ENV. */
  readonly definition?: Span;
}

/** What is spoken with a peer, where it is not what browsers speak. */
export type Protocol = 'fastcgi' | 'uwsgi' | 'scgi' | 'memcached' | 'dns' | 'syslog';

/** What a packet filter's rule says beside the port, in the words that a hover tells; `PacketRule` is what is judged by. */
export interface FilterRule {
  /** Where the rule is evaluated, in the program's own words: `filter/INPUT`, `inet filter input`, `zone public`. */
  readonly chain: string;
  /** The one IP family it is about; absent for both. */
  readonly family?: 'ipv4' | 'ipv6';
  /** True when it is about every port but these. */
  readonly isNegated: boolean;
  /** Its other conditions as written, in the order of the text; empty when port and transport alone decide. */
  readonly conditions: readonly string[];
  /** What happens to the packet, in the program's own words: `ACCEPT`, `drop`, `jump web`; absent when nothing does. */
  readonly verdict?: string;
}

/** One place in a text that names a port or a range of ports. */
export interface PortReference {
  /** The whole expression: `127.0.0.1:8080:80/tcp`. Both ends of one mapping have the same span. */
  readonly span: Span;
  /** The digits, the service name or the variable: what hover, rename and fixes touch. */
  readonly portSpan: Span;
  /** Absent when the text alone does not tell: a variable without a known value. */
  readonly ports?: PortRange;
  /** Absent when the text does not say and the format has no default. */
  readonly transport?: Transport;
  readonly role: Role;
  /**
   * The bind address of a listener or publication, the peer's address of a connection; in a packet filter's rule the one
   * address that packets with the port go to, or with a source port come from.
   */
  readonly address?: Address;
  /** What is spoken there, where the text says. */
  readonly protocol?: Protocol;
  /** True when the text gives an address that hangs on a variable without a known value. */
  readonly isAddressUnknown?: true;
  /** Words for messages: `service "web"`, `stage "build"`. */
  readonly owner: string;
  /** The variables the port's text is made of, in order; absent when it is literal. */
  readonly variables?: readonly VariableUse[];
  /** The container image that the port belongs to, as written, where the text names one. */
  readonly image?: string;
  /** True when the entry that it stands in is refused as a whole: what it would do cannot be told. */
  readonly isRefused?: boolean;
  /** The rule of a packet filter that it stands in. */
  readonly rule?: FilterRule;
  /** Where the expression is used by name (a YAML alias), when it is written elsewhere. */
  readonly usedAt?: Span;
}

/** A place where a port may be typed: empty, half-written or complete. Completion works on these alone. */
export interface PortSlot {
  /** The characters a completion replaces; empty where nothing is typed yet. */
  readonly span: Span;
  readonly role: Role;
  readonly transport?: Transport;
  readonly owner: string;
  /** The address in front of the port, as in a reference: where it is bound, or whom it is dialled at. */
  readonly address?: Address;
  /** What is spoken there, where the text says. */
  readonly protocol?: Protocol;
  /** `port`: digits only. `mapping`: the place takes a whole `host:container` text as well. */
  readonly accepts: 'port' | 'mapping';
  /** True where the format itself takes a service name instead of the number. */
  readonly names: boolean;
  /** What goes in front of the text that is put here: a missing blank, a quotation mark. */
  readonly before?: string;
  /** What goes behind it. */
  readonly after?: string;
  /** The first port of the range whose last port is typed here. */
  readonly above?: number;
  /** The port at the other end of the mapping, where it is known. */
  readonly counterpart?: PortRange;
  readonly image?: string;
}

/** A name of a text that stands for ports where one is asked for. */
export interface PortName {
  /** As it is typed: `$web`, `@admin`. */
  readonly text: string;
  /** What it stands for, as it is written. */
  readonly stands: string;
}

/** Something the reader found that the program which loads the file refuses. */
export interface Fault {
  /** The id of the rule that documents it. */
  readonly rule: string;
  readonly span: Span;
  /** One sentence: what is wrong, with the values, and the program's own reason. */
  readonly message: string;
  /** Replacements in this file that mend it, best first. */
  readonly fixes?: readonly FaultFix[];
}

/** A mend within the faulty file: put `text` in place of `span`. */
export interface FaultFix {
  readonly title: string;
  readonly span: Span;
  readonly text: string;
  /** See `Fix`. */
  readonly isSafe?: true;
}

/** A place that takes in other files. */
export interface Include {
  readonly span: Span;
  /** The path or glob, seen from the folder of the main file; absolute where it lies outside of any workspace. */
  readonly pattern: string;
  /**
   * The blocks around it in its own file, from the outermost inwards: `http`, `server`. What is included counts as
   * standing in there.
   */
  readonly within: readonly string[];
}

/** A file that a text names, and that is therefore of our concern whatever it is called. */
export interface Mention {
  /** A path from the folder of the text. */
  readonly path: string;
  /** The id of the dialect that it is read as. */
  readonly dialect: string;
}

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
  /** What a compose file says of its project, when it says something. */
  readonly project?: ProjectHeader;
  /** The stages of a Dockerfile, in the order of the text; the last one is the image. */
  readonly stages?: readonly BuildStage[];
  /** The files and folders of its context that a Dockerfile copies into the image, stage by stage. */
  readonly copied?: readonly (readonly CopiedPath[])[];
  /** True for settings that programs of the machine, and not those of one container, are given: an environment file. */
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

/** Every reference that is one end of a mapping, with the other end; in linear time. */
export function mappingEnds(references: readonly PortReference[]): ReadonlyMap<PortReference, PortReference> {
  const open = new Map<string, PortReference>();
  const ends = new Map<PortReference, PortReference>();
  for (const reference of references) {
    if (reference.role !== 'publish' && reference.role !== 'target') continue;
    const key = `${reference.span.start} ${reference.span.end} ${reference.owner}`;
    const other = open.get(key);
    if (other === undefined || other.role === reference.role) {
      open.set(key, reference);
    } else {
      ends.set(reference, other).set(other, reference);
      open.delete(key);
    }
  }
  return ends;
}

/** The range in the digits people write: `80`, or `8000-8002`. */
export function portsText(ports: PortRange): string {
  return ports.first === ports.last ? `${ports.first}` : `${ports.first}-${ports.last}`;
}

/** Tells whether a range is about many ports, rather than naming each of them: `1024:65535`. */
export function isWide({ first, last }: PortRange): boolean {
  return last - first >= widestNamed;
}

/** Passive FTP, media and node ports are opened by the hundred; nobody means each one. */
const widestNamed = 100;
