import type { PortReference, PortSlot } from '../../model/port';
import type { Span } from '../../model/span';
import { interpolate } from '../../syntax/interpolation';
import { portSlots } from '../../syntax/ports/port-slots';
import {
  isSpecFault,
  type Part,
  type PortPart,
  type PortSpec,
  readPortSpec,
  splitSpec,
} from '../../syntax/ports/port-spec';
import { refusal, turnedRange } from '../../syntax/ports/refusal';
import { type SourcedText, sourceSpan, unknownText, variablesWithin } from '../../syntax/sourced-text';
import type { YamlScalar } from '../../syntax/yaml/yaml';
import { addFault, type ServiceContext } from './found';
import { interpolationFaults } from './interpolation-faults';

/** Where a short entry stands. */
export interface ShortEntry {
  readonly node: YamlScalar;
  readonly usedAt?: Span | undefined;
  readonly index: number;
}

/** Reads one entry of the short form, `[[ip:][host]:]container[/protocol]`, after substitution of variables. */
export function readShortPort(source: SourcedText, entry: ShortEntry, context: ServiceContext): void {
  const { text, faults } = interpolate(source, context.variables);
  interpolationFaults(faults, `services.${context.service}.ports.[]`, context.found);
  addSlots(text, entry, context);
  const spec = readPortSpec(text.value);
  if (!isSpecFault(spec)) {
    const span = sourceSpan(source, 0, source.value.length);
    addReferences(text, span, spec, entry, context);
    refuseZero(text, spec, entry, context);
    return;
  }
  if (faults.length > 0) return;
  const place = sourceSpan(text, spec.from, spec.to);
  const turned = turnedRange(text.value.slice(spec.from, spec.to), place);
  addFault(context.found, {
    rule: spec.rule,
    span: place.start === place.end ? entry.node.span : place,
    message: refusal(spec.reason, spec.docker),
    ...(turned && { fixes: [turned] }),
  });
}

function addReferences(
  text: SourcedText,
  span: Span,
  spec: PortSpec,
  { usedAt }: ShortEntry,
  context: ServiceContext,
): void {
  const { owner, image, found } = context;
  const transportUnknown =
    spec.transport !== undefined && text.value.slice(spec.transport.from).includes(unknownText);
  const transport = spec.transport?.value ?? (transportUnknown ? undefined : 'tcp');
  const shared = {
    span,
    owner,
    ...(transport && { transport }),
    ...(spec.address?.value && { address: spec.address.value }),
    ...(image && { image }),
    ...(usedAt && { usedAt }),
  };
  if (spec.host !== undefined) {
    found.references.push({ ...shared, role: 'publish', ...portOf(text, spec.host) });
  }
  found.references.push({ ...shared, role: 'target', ...portOf(text, spec.container) });
}

function portOf(text: SourcedText, part: PortPart): Pick<PortReference, 'portSpan' | 'ports' | 'variables'> {
  const variables = variablesWithin(text, part.from, part.to);
  return {
    portSpan: sourceSpan(text, part.from, part.to),
    ...(part.ports && { ports: part.ports }),
    ...(variables.length > 0 && { variables }),
  };
}

/** Compose drops a container port of 0 and then finds none, also where a range begins with it. */
function refuseZero(
  text: SourcedText,
  { container }: PortSpec,
  { index }: ShortEntry,
  context: ServiceContext,
): void {
  if (container.ports?.first !== 0) return;
  addFault(context.found, {
    rule: 'missing-port',
    span: sourceSpan(text, container.from, container.to),
    message: refusal(
      '0 is no container port',
      `service ports services.${context.service}.ports.[${index}] is missing a target port`,
    ),
  });
}

function addSlots(text: SourcedText, { node }: ShortEntry, context: ServiceContext): void {
  const parts = splitSpec(text.value);
  const spec = readPortSpec(text.value);
  const transport = isSpecFault(spec) ? 'tcp' : (spec.transport?.value ?? 'tcp');
  const shared = {
    transport,
    owner: context.owner,
    names: false,
    ...(context.image && { image: context.image }),
  } as const;
  const push = (role: PortSlot['role'], part: Part, other: PortPart | undefined): void => {
    const counterpart = other?.ports;
    const whole = role === 'target' && text.value === '';
    const slot = {
      ...shared,
      role,
      accepts: whole ? 'mapping' : 'port',
      ...(whole && node.style === 'plain' && { quote: '"' as const }),
      ...(counterpart && { counterpart }),
    } as const;
    context.found.slots.push(...portSlots(text, part, slot));
  };
  const read = isSpecFault(spec) ? undefined : spec;
  if (parts.host !== undefined && !text.value.slice(parts.host.from, parts.host.to).includes('.')) {
    push('publish', parts.host, read?.container);
  } else if (parts.host === undefined && text.value.includes(':')) {
    push('publish', { from: parts.container.from - 1, to: parts.container.from - 1 }, read?.container);
  }
  push('target', parts.container, read?.host);
}
