import { exposureOf } from '../../knowledge/exposure';
import type { Chart } from '../../model/chart';
import type { Claim } from '../../model/claim';
import type { ProjectService } from '../../model/compose-project';
import { isBeside } from '../../model/file-name';
import type { Exposure } from '../../model/knowledge';
import type { NginxServer, ServerModule } from '../../model/nginx-server';
import type { PortRange, PortReference, Transport } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import { serviceOwner } from '../../model/service';
import type { SourceFile } from '../../model/snapshot';
import { overlaps, sameSpan } from '../../model/span';
import { environmentReach } from '../../units/environment-reach';
import { asksForBoth } from '../../units/nginx-claims';
import { portNamespace } from '../../units/port-namespace';
import { isMounted } from '../../units/service-reach';
import { isDialled, settingPorts } from '../../units/service-settings';
import { surelyContained } from '../../units/surely-contained';
import { type Field, fieldOf } from '../free-ports/field';
import { type Ground, groundOf } from '../free-ports/ground';
import type { Wish } from '../free-ports/wish';
import type { ServedSlot } from './container-candidates';
import { lastBehind } from './range-ends';

/** A slot for a port of the machine itself, with all that can be in the way of one. */
export interface HostSlot {
  readonly slot: PortSlot;
  readonly ground: Ground;
  readonly field: Field;
  readonly wish: Wish;
  /** How many containers want a port each. */
  readonly takers: number;
  /** True where each of several containers would have all ports of the range: whatever is free, they take it from each other. */
  readonly isTooMany: boolean;
  /** The last port of the range whose first port is typed here. */
  readonly until?: number;
  /** The same slot for a port of another transport, where the text leaves it open. */
  readonly forTransport: (transport: Transport) => HostSlot;
}

/**
 * What is known of the ports that can be typed in a slot; undefined where the port is none of the machine's own: inside a
 * container, at the other end of a connection, in a packet filter's rule.
 */
export function hostSlot(
  chart: Chart,
  file: SourceFile,
  slot: ServedSlot,
  typed: string,
): HostSlot | undefined {
  if (!isOnHost(chart, file, slot)) return undefined;
  const ground = groundOf(chart, {
    ...(slot.role !== 'listen' && slot.variable === undefined && !givesOnHost(slot) && { holder: file }),
    gives: (claim) => givesWay(claim, file, slot),
  });
  const target = slot.counterpart;
  const exposure =
    target &&
    exposureOf(chart.books.knowledge, {
      ...{ ports: target, transport: slot.transport ?? 'tcp' },
      ...(slot.image !== undefined && { image: slot.image }),
    });
  const isRange = slot.above !== undefined || file.text[slot.span.end] === '-';
  const { takers } = slot;
  // Each container takes one port of the range in front of a single one (docs.docker.com, compose: scale).
  const isSingle = target === undefined || target.first === target.last;
  const wish: Wish = {
    transport: slot.transport ?? 'tcp',
    width: isRange ? 1 : isSingle ? takers : target.last - target.first + 1,
    ...(slot.address && slot.address.kind !== 'name' && !isOfBoth(file, slot) && { address: slot.address }),
    ...(target && { near: target.first }),
    isNotForWeb: isNotForWeb(exposure) || isOtherModule(serverAt(file, slot.span.start)?.module),
    ...(slot.isForWeb && { isForWeb: true }),
    // Who types digits asks for just these, but the first one asks for nothing yet; a server that listens for the world is
    // started by root.
    mayBePrivileged: typed.length > 1 || /^[^0-9]/.test(typed) || slot.role === 'listen',
  };
  const until = lastBehind(file, slot);
  const made = new Map<Transport, HostSlot>();
  const forTransport = (transport: Transport): HostSlot => {
    const known = made.get(transport);
    if (known !== undefined) return known;
    const its = { ...wish, transport };
    const host: HostSlot = {
      ...{ slot, ground, field: fieldOf(ground, its), wish: its, takers, isTooMany: takers > 1 && !isSingle },
      ...(until !== undefined && { until }),
      // A port is all that is written: what its transport is the text says elsewhere.
      forTransport: (other) => (slot.transport === undefined ? forTransport(other) : host),
    };
    made.set(transport, host);
    return host;
  };
  return forTransport(wish.transport);
}

function isOnHost({ snapshot }: Chart, file: SourceFile, slot: ServedSlot): boolean {
  if (givesOnHost(slot)) return true;
  const role = slot.accepts === 'mapping' ? 'publish' : slot.role;
  const isInside = (environment: SourceFile): boolean =>
    environmentReach(snapshot).isInside(environment, slot.variable);
  return portNamespace(file, role, surelyContained(snapshot), isInside) === 'machine';
}

/** Whether a setting gives its port to nobody but services that listen in the machine's network; what it has dialled is none. */
function givesOnHost({ setting, services, onHost }: ServedSlot): boolean {
  return (
    setting !== undefined &&
    onHost.length > 0 &&
    onHost.length === services.length &&
    !onHost.some((service) => isDialled(setting, service))
  );
}

/**
 * What a slot's own text says now is no obstacle to it; nor are other servers of nginx's http, which share sockets, and
 * other addresses of its own server.
 */
function givesWay({ file: from, reference, ports }: Claim, file: SourceFile, slot: ServedSlot): boolean {
  if (from === file && overlaps(reference.span, slot.span)) return true;
  if (givesOnHost(slot) && slot.onHost.some((service) => isOf(service, from, reference)))
    return !slot.onHost.some((service) => isOfOtherSetting(service, slot, ports));
  if (slot.variable !== undefined && takesFrom(file, from, reference, slot.variable)) return true;
  if (slot.role !== 'listen' || reference.role !== 'listen') return false;
  // What an image usually listens on is what the configuration that it is given says.
  const runs = from.reading.services?.find(({ nameSpan }) => sameSpan(nameSpan, reference.span));
  if (runs !== undefined) return isMounted(from, runs, file);
  const [mine, its] = [serverAt(file, slot.span.start), serverAt(from, reference.span.start)];
  // nginx refuses a server that listens twice on one address and port.
  if (mine === its && reference.address?.canonical === slot.address?.canonical) return false;
  return mine?.module === its?.module && mine?.module !== 'stream' && mine?.module !== 'mail';
}

/** Whether a file says of a service itself that it listens there: a setting tells it to listen where it does. */
function isOf({ definitions }: ProjectService, from: SourceFile, { owner }: PortReference): boolean {
  return definitions.some(({ file, service }) => file === from && serviceOwner(service.name) === owner);
}

/** Whether another setting of a service has it listen on the port as well: one process has two ports there. */
function isOfOtherSetting(
  service: ProjectService,
  { setting }: PortSlot,
  { first, last }: PortRange,
): boolean {
  return settingPorts(service).some(({ name, port }) => name !== setting && first <= port && port <= last);
}

/** Browsers are not what stores, parts of a system and other programs of the net are for. */
function isNotForWeb(exposure: Exposure | undefined): boolean {
  return exposure === 'data' || exposure === 'internal' || exposure === 'public';
}

function isOtherModule(module: ServerModule | undefined): boolean {
  return module === 'stream' || module === 'mail';
}

/** Whether a port is what a variable of the environment file gives it. */
function takesFrom(
  environment: SourceFile,
  { uri }: SourceFile,
  { variables = [] }: PortReference,
  variable: string,
): boolean {
  return isBeside(uri, environment.uri) && variables.some(({ name }) => name === variable);
}

/** Whether the server that listens at `[::]` asks for IPv4 as well. */
function isOfBoth(file: SourceFile, { span: { start } }: PortSlot): boolean {
  const listens = serverAt(file, start)?.listens ?? [];
  return listens.some(
    (listen) => listen.span.start <= start && start <= listen.span.end && asksForBoth(listen),
  );
}

function serverAt({ reading: { nginx } }: SourceFile, offset: number): NginxServer | undefined {
  return nginx?.drafts.find(({ span }) => span.start <= offset && offset <= span.end);
}
