import { ipAddress } from '../../model/address';
import type { FaultFix } from '../../model/fault';
import type { PortReference, VariableUse } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import type { PortEntry } from '../../model/service';
import { type Span, sameSpan } from '../../model/span';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { interpolate } from '../../syntax/docker/interpolation';
import { isPortRange, readPortRange } from '../../syntax/docker/port-number';
import { portSlots } from '../../syntax/docker/port-slots';
import {
  dockerTransport,
  isSpecFault,
  type Part,
  type PortPart,
  type PortSpec,
  type PortSpecFault,
  readPortSpec,
  splitSpec,
} from '../../syntax/docker/port-spec';
import { turnedRange } from '../../syntax/docker/turned-range';
import { withPlaceholders } from '../../syntax/placeholders';
import { type SourcedText, sourceSpan, spanOf, variablesWithin } from '../../syntax/sourced-text';
import type { YamlScalar } from '../../syntax/yaml/yaml';
import { base60 } from '../../syntax/yaml/yaml-types';
import { addFault, addGap, nothingFound, type ServiceContext } from './found';
import { interpolationFaults } from './interpolation-faults';
import { openDefault } from './open-default';
import { type EntryPlace, portEntry } from './port-entry';

/**
 * Reads one entry of the short form, `[[ip:][host]:]container[/protocol]`, after substitution of variables; undefined for one
 * that is refused.
 */
export function readShortPort(
  source: SourcedText,
  node: YamlScalar,
  place: EntryPlace,
  context: ServiceContext,
): PortEntry | undefined {
  const { text, faults } = interpolate(withPlaceholders(source, { crosses: true }), context.variables);
  interpolationFaults(faults, `services.${context.service}.ports.[]`, context.found);
  const spec = readPortSpec(text.value);
  addSlots(source, text, spec, node, context);
  if (text.pieces.some(({ variable }) => variable?.fallback !== undefined))
    addDefaults(source, node, context);
  const { owner, image, found } = context;
  if (faults.length > 0)
    found.slots.push(...openDefault(source, { owner, ...(image && { image }) }, 'mapping'));
  const span = spanOf(source);
  const isRefused = isSpecFault(spec);
  const told = isRefused ? { ...soundParts(text.value), isRefused } : spec;
  const entry = addReferences(text, span, told, place, context);
  if (!isSpecFault(spec)) refuseZero(text, spec, place, context);
  else if (faults.length === 0) refuse(text, spec, node, context);
  return entry;
}

function refuse(
  text: SourcedText,
  { from, to, rule, reason, docker }: PortSpecFault,
  node: YamlScalar,
  { found }: ServiceContext,
): void {
  const place = sourceSpan(text, from, to);
  const fix = turnedRange(text.value.slice(from, to), place) ?? plainFix(text.value.slice(from, to), place);
  addFault(found, {
    rule,
    span: place.start === place.end ? node.span : place,
    message: dockerRefusal(reason, docker),
    ...(fix && { fixes: [fix] }),
  });
}

/** Mistakes that show what was meant. */
function plainFix(written: string, span: Span): FaultFix | undefined {
  if (written === 'localhost') return { title: 'Write 127.0.0.1', span, text: '127.0.0.1' };
  const trimmed = written.trim();
  if (trimmed === written || !isPortRange(readPortRange(trimmed))) return undefined;
  return { title: 'Remove the blanks', span, text: trimmed, isSafe: true };
}

/** What an entry names that Docker refuses as a whole: each part by itself, with its ports where they are some. */
function soundParts(value: string): Omit<PortSpec, 'container'> & { readonly container?: PortPart } {
  const { host, container, address, transport } = splitSpec(value);
  const portPart = (part: Part): PortPart => {
    const ports = readPortRange(value.slice(part.from, part.to));
    return isPortRange(ports) ? { ...part, ports } : part;
  };
  const ip = address && ipAddress(value.slice(address.from, address.to).replace(/^\[(.*)\]$/, '$1'));
  return {
    ...(address && ip && { address: { ...address, value: ip } }),
    ...(host && { host: portPart(host) }),
    ...(container.from < container.to && { container: portPart(container) }),
    ...(transport && { transport }),
  };
}

function addReferences(
  text: SourcedText,
  span: Span,
  spec: Omit<PortSpec, 'container'> & { readonly container?: PortPart; readonly isRefused?: boolean },
  entry: EntryPlace,
  context: ServiceContext,
): PortEntry | undefined {
  const { owner, image, found } = context;
  const written =
    spec.transport === undefined ? '' : text.value.slice(spec.transport.from, spec.transport.to);
  const transport = written === '' ? 'tcp' : dockerTransport(written);
  const shared = {
    span,
    owner,
    ...(transport && { transport }),
    ...(spec.address?.value && { address: spec.address.value }),
    ...(spec.address && !spec.address.value && { isAddressUnknown: true as const }),
    ...(image && { image }),
    ...(entry.usedAt && { usedAt: entry.usedAt }),
    ...(spec.isRefused && { isRefused: true }),
  };
  const publish = spec.host && ({ ...shared, role: 'publish', ...portOf(text, spec.host) } as const);
  const target = spec.container && ({ ...shared, role: 'target', ...portOf(text, spec.container) } as const);
  if (publish !== undefined) found.references.push(publish);
  if (target !== undefined) found.references.push(target);
  const address = spec.address?.value && spec.address && writtenAddress(text, spec.address);
  const own = { form: 'short', ...(address && { address }) } as const;
  return portEntry(context.text, publish, target, own, entry);
}

/** The address without its brackets. */
function writtenAddress(text: SourcedText, { from, to }: Part): Span | undefined {
  if (variablesWithin(text, from, to).length > 0) return undefined;
  const isBracketed = text.value[from] === '[';
  return isBracketed ? sourceSpan(text, from + 1, to - 1) : sourceSpan(text, from, to);
}

function portOf(text: SourcedText, part: PortPart): Pick<PortReference, 'portSpan' | 'ports' | 'variables'> {
  const variables = variablesWithin(text, part.from, part.to);
  return {
    portSpan: wholeExpressions(sourceSpan(text, part.from, part.to), variables),
    ...(part.ports && { ports: part.ports }),
    ...(variables.length > 0 && { variables }),
  };
}

/** Digits within one default stand for themselves; a port put together from several pieces is all of them. */
function wholeExpressions(span: Span, variables: readonly VariableUse[]): Span {
  return variables.reduce((whole, { span: expression, definition }) => {
    const isInside = definition !== undefined && definition.start <= span.start && span.end <= definition.end;
    if (isInside) return whole;
    return { start: Math.min(whole.start, expression.start), end: Math.max(whole.end, expression.end) };
  }, span);
}

/** Compose drops a container port of 0 and then finds none, also where a range begins with it. */
function refuseZero(
  text: SourcedText,
  { container }: PortSpec,
  { index }: EntryPlace,
  context: ServiceContext,
): void {
  if (container.ports?.first !== 0) return;
  addFault(context.found, {
    rule: 'missing-port',
    span: sourceSpan(text, container.from, container.to),
    message: dockerRefusal(
      '0 is no container port',
      `service ports services.${context.service}.ports.[${index}] is missing a target port`,
    ),
  });
}

function addSlots(
  source: SourcedText,
  text: SourcedText,
  spec: PortSpec | PortSpecFault,
  node: YamlScalar,
  context: ServiceContext,
): void {
  const { value } = text;
  if (node.style === 'plain' && node.text.value === '') {
    // A tag makes a text of an entry where nothing stands.
    addGap(node.gap, { role: 'target', accepts: 'mapping' }, context);
    return;
  }
  if (isBeyondPorts(value)) return;
  const { found, owner, image } = context;
  const { host, container, transport: written } = splitSpec(value);
  // While one end is being typed the pair is often refused, and yet the other end is known.
  const read = isSpecFault(spec) ? soundParts(value) : spec;
  const front = host === undefined ? '' : value.slice(0, host.to);
  const alone = ipAddress(front.replace(/^\[(.*)\]$/, '$1'));
  // Compose takes IPv6 in brackets alone, once a port follows it.
  if (alone?.kind === 'ipv6' && !front.startsWith('[')) return;
  const bound = read.address?.value ?? alone;
  const transport = written && dockerTransport(value.slice(written.from, written.to));
  const push = (role: PortSlot['role'], part: Part, other: PortPart | undefined): void => {
    // Without a colon the entry is still to become a mapping.
    // An address is still to be followed by a host port.
    const isAfterAddress = alone !== undefined;
    const accepts = role === 'target' && (isAfterAddress || !value.includes(':')) ? 'mapping' : 'port';
    const slot: Omit<PortSlot, 'span'> = {
      role,
      owner,
      accepts,
      names: false,
      // A mapping that is put here whole says its transport itself.
      ...((accepts === 'port' || written) && { transport: transport ?? 'tcp' }),
      ...(other?.ports && { counterpart: other.ports }),
      ...(bound && (role === 'publish' || isAfterAddress) && { address: bound }),
      ...(image && { image }),
    };
    // What stands there as a whole without quotation marks may become another type with what is put in its place.
    const isWhole = ({ span }: PortSlot): boolean =>
      node.style === 'plain' && span.start === node.span.start && span.end === node.span.end;
    found.slots.push(
      ...portSlots(text, part, slot).map((each): PortSlot => {
        if (accepts !== 'mapping') return each;
        const braces = bracesBehind(each, source, text, part);
        if (each.accepts === 'port' || braces === 'others')
          return { ...each, accepts: 'port', transport: transport ?? 'tcp' };
        if (braces !== undefined) return { ...each, braces };
        return isWhole(each) ? { ...each, quote: { mark: '"', below: base60 } } : each;
      }),
    );
  };
  if (host === undefined && value.includes(':')) {
    push('publish', { from: container.from - 1, to: container.from - 1 }, read.container);
  } else if (host !== undefined && alone === undefined && !value.slice(host.from, host.to).includes('.')) {
    push('publish', host, read.container);
  }
  push('target', container, read.host);
}

/** The places in defaults that are not used as long as an environment file gives the variables: they are typed all the same. */
function addDefaults(source: SourcedText, node: YamlScalar, context: ServiceContext): void {
  const { text } = interpolate(withPlaceholders(source, { crosses: true }), new Map());
  const found = nothingFound();
  addSlots(source, text, readPortSpec(text.value), node, { ...context, found });
  const { slots } = context.found;
  const isNew = ({ span }: PortSlot): boolean => !slots.some((slot) => sameSpan(slot.span, span));
  slots.push(...found.slots.filter(isNew));
}

/**
 * The braces that end the default which a slot is in, those of all that are around it; undefined for a slot in none, and `others`
 * where anything but a transport stands there beside them, or the text is not written character by character.
 */
function bracesBehind(
  { span }: PortSlot,
  source: SourcedText,
  text: SourcedText,
  { from, to }: Part,
): PortSlot['braces'] | 'others' {
  const isInDefault = variablesWithin(text, from, to).some(
    ({ definition }) =>
      definition !== undefined && definition.start <= span.start && span.end <= definition.end,
  );
  if (!isInDefault) return undefined;
  const [written, ...more] = source.pieces;
  if (written?.exact !== true || more.length > 0) return 'others';
  const [, braces] = /^(\}+)(?:\/[^/{}]*)?$/.exec(source.value.slice(span.end - written.span.start)) ?? [];
  return braces === undefined ? 'others' : { text: braces, isWritten: true };
}

/** Whether the ports at the end of a text are too many: behind a transport, or behind two ports that stand there already. */
function isBeyondPorts(value: string): boolean {
  const { address } = splitSpec(value);
  const before = value.slice(0, Math.max(0, value.lastIndexOf(':')));
  if (before.includes('/')) return true;
  const leading = address === undefined ? '' : value.slice(address.from, address.to);
  return /^[0-9][0-9:-]*$/.test(leading) && ipAddress(leading) === undefined;
}
