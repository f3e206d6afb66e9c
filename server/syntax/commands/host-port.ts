import { type Address, address } from '../../model/address';
import type { PortRange, Role, Transport, VariableUse } from '../../model/port';
import type { Span } from '../../model/span';
import { highestPort } from '../docker/port-number';
import type { Part } from '../docker/port-spec';
import { type SourcedText, sourceSpan, variablesWithin } from '../sourced-text';

/** A port that a command line or a setting names beyond doubt; a reference without its owner. */
export interface CommandPort {
  /** `http://localhost:8080`, `0.0.0.0:8000`, or the digits alone. */
  readonly span: Span;
  readonly portSpan: Span;
  readonly ports: PortRange;
  readonly role: Role;
  readonly address?: Address;
  readonly transport?: Transport;
  readonly variables?: readonly VariableUse[];
}

/** `host:port` taken apart: indexes into the text it stands in. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
  readonly portPart: Part;
}

/** The port that `value[from, to)` is: digits alone, 1 to 65535. */
export function portNumber(value: string, from = 0, to = value.length): number | undefined {
  const digits = value.slice(from, to);
  if (!/^[0-9]{1,5}$/.test(digits)) return undefined;
  const port = Number(digits);
  return port >= 1 && port <= highestPort ? port : undefined;
}

/** Reads `host:port`, `[address]:port` or `:port`; undefined when it is anything else. */
export function hostPort(value: string, from = 0, to = value.length): HostPort | undefined {
  const colon = value.lastIndexOf(':', to - 1);
  if (colon < from) return undefined;
  const port = portNumber(value, colon + 1, to);
  const host = value.slice(from, colon);
  if (port === undefined || !/^(?:[A-Za-z0-9_.-]*|\*|\+|\[[0-9A-Fa-f:.]*\])$/.test(host)) return undefined;
  return { host, port, portPart: { from: colon + 1, to } };
}

/** Tells whether a host stands for every address; nothing at all does, too. */
export function isEveryHost(host: string): boolean {
  return ['', '*', '+', '0.0.0.0', '[::]'].includes(host);
}

/** Tells whether a host is this machine, or container, itself. */
export function isOwnHost(host: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].includes(host);
}

/** The port in `part` of a word, with the address when its host is one. */
export function commandPort(
  word: SourcedText,
  whole: Part,
  found: Pick<HostPort, 'port' | 'portPart'> & { readonly host?: string },
  role: Role,
  transport?: Transport,
): CommandPort {
  const { port, portPart, host = '' } = found;
  const variables = variablesWithin(word, portPart.from, portPart.to);
  const named = host !== '' && host !== '*' && host !== '+';
  return {
    span: sourceSpan(word, whole.from, whole.to),
    portSpan: sourceSpan(word, portPart.from, portPart.to),
    ports: { first: port, last: port },
    role,
    ...(named && { address: address(host.replace(/^\[(.*)\]$/, '$1')) }),
    ...(transport && { transport }),
    ...(variables.length > 0 && { variables }),
  };
}
