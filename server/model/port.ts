import type { Address } from './address';
import type { FilterRule } from './filter-rule';
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

/** What is spoken with a peer or by a listener, where it is not what browsers speak; `mail` is any protocol of mail. */
export type Protocol = (typeof protocols)[number];

/** All of them. */
export const protocols = [
  ...(['fastcgi', 'uwsgi', 'scgi', 'memcached', 'dns', 'syslog'] as const),
  ...(['imap', 'pop3', 'smtp', 'mail'] as const),
] as const;

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

/** The IP address that a place gives for sure; undefined for none, for a name, and where a variable without a value decides. */
export function knownAddress({
  address,
  isAddressUnknown,
}: Pick<PortReference, 'address' | 'isAddressUnknown'>): Address | undefined {
  return address?.kind === 'name' || isAddressUnknown === true ? undefined : address;
}

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
