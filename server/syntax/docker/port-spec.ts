import { type Address, ipAddress } from '../../model/address';
import type { PortRange, Transport } from '../../model/port';
import { unknownText } from '../sourced-text';
import { isPortRange, readPortRange } from './port-number';

/** A stretch of the text that was read: indexes, end excluded. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** A part that names ports; `ports` is absent where it holds text that cannot be known. */
export interface PortPart extends Part {
  readonly ports?: PortRange;
}

/** Docker's short port syntax taken apart: `[[ip:][host]:]container[/transport]`. */
export interface PortSpec {
  readonly address?: Part & { readonly value?: Address };
  /** Absent when nothing stands there: Docker picks a free host port. */
  readonly host?: PortPart;
  readonly container: PortPart;
  /** Absent when the part is missing or empty (then it is tcp) or cannot be known. */
  readonly transport?: Part & { readonly value?: Transport };
}

/** Why Docker refuses the text: the rule, the place and the words. */
export interface PortSpecFault extends Part {
  readonly rule: 'invalid-port' | 'invalid-transport' | 'invalid-address' | 'missing-port' | 'range-mismatch';
  /** What is wrong, in our words. */
  readonly reason: string;
  /** Docker's own words. */
  readonly docker: string;
}

/**
 * Reads a port as Docker's short syntax has it, in the order in which Docker checks it, so that the fault told
 * is the one Docker tells (docker/go-connections nat/nat.go `ParsePortSpec`). Nothing is trimmed. Where a part
 * holds `unknownText`, nothing that depends on it is judged.
 */
export function readPortSpec(value: string): PortSpec | PortSpecFault {
  const parts = splitSpec(value);
  const fault = missingPort(value, parts) ?? transportFault(value, parts) ?? addressFault(value, parts);
  if (fault !== undefined) return fault;
  const container = readPorts(value, parts.container, 'containerPort');
  if ('rule' in container) return container;
  if (parts.host === undefined) return { ...spec(value, parts), container };
  const host = readPorts(value, parts.host, 'hostPort');
  if ('rule' in host) {
    // With an unknown container part, what looks like the host port may be an address: `10.0.0.1:${PORTS}`.
    return isUnknown(value, parts.container) ? { ...spec(value, parts), container } : host;
  }
  const mismatch = rangeMismatch(value, host, container);
  return mismatch ?? { ...spec(value, parts), host, container };
}

/** Tells a fault from a spec. */
export function isSpecFault(read: PortSpec | PortSpecFault): read is PortSpecFault {
  return 'rule' in read;
}

/** The parts of a short port text by their punctuation alone; the contents are not judged. */
export interface SpecParts {
  readonly address?: Part;
  readonly host?: Part;
  readonly container: Part;
  readonly transport?: Part;
}

/** The protocol is cut at the first slash after the last colon; all but the last two colon parts are the address. */
export function splitSpec(value: string): SpecParts {
  const lastColon = value.lastIndexOf(':');
  const slash = value.indexOf('/', lastColon + 1);
  const container = { from: lastColon + 1, to: slash < 0 ? value.length : slash };
  const transport = slash < 0 ? {} : { transport: { from: slash + 1, to: value.length } };
  if (lastColon < 0) return { container, ...transport };
  const hostColon = lastColon === 0 ? -1 : value.lastIndexOf(':', lastColon - 1);
  const host = { from: hostColon + 1, to: lastColon };
  const address = { from: 0, to: Math.max(0, hostColon) };
  return {
    container,
    ...transport,
    ...(host.from < host.to && { host }),
    ...(address.to > 0 && { address }),
  };
}

function missingPort(value: string, { container }: SpecParts): PortSpecFault | undefined {
  if (container.from < container.to) return undefined;
  const place = value === '' ? { from: 0, to: 0 } : { from: 0, to: value.length };
  return {
    ...place,
    rule: 'missing-port',
    reason: value === '' ? 'the entry is empty' : 'the container port is missing',
    docker: `no port specified: ${value}<empty>`,
  };
}

function transportFault(value: string, { transport }: SpecParts): PortSpecFault | undefined {
  if (transport === undefined || isUnknown(value, transport)) return undefined;
  const text = value.slice(transport.from, transport.to);
  if (text === '' || dockerTransport(text) !== undefined) return undefined;
  return {
    ...transport,
    rule: 'invalid-transport',
    reason: `${JSON.stringify(text)} is not a protocol that can be published; use tcp, udp or sctp`,
    docker: `invalid proto: ${text}`,
  };
}

function addressFault(value: string, { address }: SpecParts): PortSpecFault | undefined {
  // An unknown part may hold a colon, and then what stands before it is divided in another way.
  if (address === undefined || value.includes(unknownText)) return undefined;
  const text = value.slice(address.from, address.to);
  const bare = unbracketed(text);
  // `[]` is stripped to nothing, which is no address.
  if (bare === '' || (bare !== undefined && ipAddress(bare) !== undefined)) return undefined;
  const docker =
    bare === undefined
      ? `invalid IP address ${text}: address ${text}:: missing ']' in address`
      : `invalid IP address: ${bare}`;
  return { ...address, rule: 'invalid-address', reason: notAnAddress(text), docker };
}

function notAnAddress(text: string): string {
  if (text.includes('%')) return `"${text}" has a zone id, which Docker does not take`;
  if (/^[A-Za-z]/.test(text)) return `"${text}" is not an IP address; host names are not allowed here`;
  if (text === '*') return '"*" is not an IP address; leave the address out, or write 0.0.0.0';
  return `"${text}" is not an IP address`;
}

/** Docker strips one pair of brackets from any address; an opening one without its partner is an error. */
function unbracketed(text: string): string | undefined {
  if (!text.startsWith('[')) return text;
  return text.endsWith(']') ? text.slice(1, -1) : undefined;
}

function readPorts(value: string, part: Part, side: 'containerPort' | 'hostPort'): PortPart | PortSpecFault {
  if (isUnknown(value, part)) return part;
  const text = value.slice(part.from, part.to);
  const ports = readPortRange(text);
  if (isPortRange(ports)) return { ...part, ports };
  const alone = part.from === 0 && part.to === value.length;
  const reason =
    side === 'hostPort' && ipAddress(text) !== undefined
      ? `${text} is an address; between it and the container port a host port is missing, or an empty one ("${text}::")`
      : alone && ipAddress(text) !== undefined
        ? `${text} is an address, and no port follows it`
        : ports.reason;
  return { ...part, rule: 'invalid-port', reason, docker: `invalid ${side}: ${text}` };
}

/** A range of host ports may serve one container port (Docker picks one); any other ranges must be equally long. */
function rangeMismatch(value: string, host: PortPart, container: PortPart): PortSpecFault | undefined {
  if (host.ports === undefined || container.ports === undefined) return undefined;
  const hostLength = host.ports.last - host.ports.first;
  const containerLength = container.ports.last - container.ports.first;
  if (hostLength === containerLength || containerLength === 0) return undefined;
  const hostText = value.slice(host.from, host.to);
  const containerText = value.slice(container.from, container.to);
  return {
    from: host.from,
    to: container.to,
    rule: 'range-mismatch',
    reason: `${counted(hostLength + 1, 'host port')} (${hostText}) cannot serve ${counted(containerLength + 1, 'container port')} (${containerText})`,
    docker: `invalid ranges specified for container and host Ports: ${containerText} and ${hostText}`,
  };
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function spec(value: string, { address, transport }: SpecParts): Pick<PortSpec, 'address' | 'transport'> {
  const addressValue =
    address === undefined || isUnknown(value, address)
      ? undefined
      : ipAddress(unbracketed(value.slice(address.from, address.to)) ?? '');
  const transportValue =
    transport === undefined ? undefined : dockerTransport(value.slice(transport.from, transport.to));
  return {
    ...(address && { address: { ...address, ...(addressValue && { value: addressValue }) } }),
    ...(transport && { transport: { ...transport, ...(transportValue && { value: transportValue }) } }),
  };
}

/** The transports that Docker publishes, in any case of letters. */
export function dockerTransport(text: string): Transport | undefined {
  const lower = text.toLowerCase();
  return lower === 'tcp' || lower === 'udp' || lower === 'sctp' ? lower : undefined;
}

function isUnknown(value: string, part: Part): boolean {
  return value.slice(part.from, part.to).includes(unknownText);
}
