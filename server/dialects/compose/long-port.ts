import { address, ipAddress } from '../../model/address';
import type { PortRange, PortReference, Transport } from '../../model/port';
import type { Span } from '../../model/span';
import { interpolate } from '../../syntax/interpolation';
import { highestPort, isPortRange, readPortRange } from '../../syntax/ports/port-number';
import { portSlots } from '../../syntax/ports/port-slots';
import { refusal, turnedRange } from '../../syntax/ports/refusal';
import { type SourcedText, sourceSpan, unknownText, variablesWithin } from '../../syntax/sourced-text';
import type { YamlMapping, YamlScalar } from '../../syntax/yaml/yaml';
import { scalarType } from '../../syntax/yaml/yaml-types';
import { type Field, fieldsOf, resolve } from './anchors';
import { addFault, type ServiceContext } from './found';
import { interpolationFaults } from './interpolation-faults';
import { kindWords, quoted, scalarDigits } from './values';

/** The keys of a long entry (compose-spec schema, `ports`); keys that begin with `x-` are free. */
const knownKeys = ['target', 'published', 'host_ip', 'protocol', 'mode', 'name', 'app_protocol'];

/** Reads one entry of the long form: a mapping with `target`, `published`, `host_ip` and `protocol`. */
export function readLongPort(
  node: YamlMapping,
  usedAt: Span | undefined,
  index: number,
  context: ServiceContext,
): void {
  const fields = fieldsOf(node, context.anchors);
  if (!hasOnlyKnownKeys(fields, node, index, context)) return;
  const transport = transportOf(fields.get('protocol'), context);
  const host = addressOf(fields.get('host_ip'), context);
  const target = readTarget(node, fields.get('target'), index, context);
  const published = readPublished(fields.get('published'), context);
  const shared = {
    span: node.span,
    owner: context.owner,
    ...(transport && { transport }),
    ...(host && { address: host }),
    ...(context.image && { image: context.image }),
    ...(usedAt && { usedAt }),
  };
  for (const [role, port, other] of [
    ['publish', published, target],
    ['target', target, published],
  ] as const) {
    if (port === undefined) continue;
    const { text, ports } = port;
    const variables = variablesWithin(text, 0, text.value.length);
    const counterpart = other?.ports;
    const slot = {
      role,
      transport: transport ?? ('tcp' as const),
      owner: context.owner,
      accepts: 'port' as const,
      names: false,
      ...(counterpart && { counterpart }),
      ...(context.image && { image: context.image }),
    };
    context.found.slots.push(...portSlots(text, { from: 0, to: text.value.length }, slot));
    if (!port.isWritten) continue;
    const reference: PortReference = {
      ...shared,
      role,
      portSpan: sourceSpan(text, 0, text.value.length),
      ...(ports && { ports }),
      ...(variables.length > 0 && { variables }),
    };
    context.found.references.push(reference);
  }
}

interface PortValue {
  readonly text: SourcedText;
  /** Absent where the value is unknown or refused. */
  readonly ports?: PortRange;
  /** False for an empty value: a slot, but no reference. */
  readonly isWritten: boolean;
}

function hasOnlyKnownKeys(
  fields: ReadonlyMap<string, Field>,
  node: YamlMapping,
  index: number,
  { found, service }: ServiceContext,
): boolean {
  const [first] = fields.values();
  if (first !== undefined && node.pairs.length === 1 && /^[0-9]+$/.test(first.key.text.value)) {
    const value = first.value?.kind === 'scalar' ? first.value.text.value : '';
    addFault(found, {
      rule: 'invalid-ports-value',
      span: node.span,
      message: refusal(
        'the blank after the colon makes this a mapping',
        `non-string key in services.${service}.ports[${index}]: ${first.key.text.value}`,
      ),
      fixes: [
        { title: 'Write it without the blank', span: node.span, text: `"${first.key.text.value}:${value}"` },
      ],
    });
    return false;
  }
  for (const [name, { key }] of fields) {
    if (knownKeys.includes(name) || name.startsWith('x-')) continue;
    addFault(found, {
      rule: 'invalid-ports-value',
      span: key.span,
      message: refusal(
        `"${name}" is no key of a port; there are ${knownKeys.join(', ')}`,
        `additional properties '${name}' not allowed`,
      ),
    });
  }
  return true;
}

/** `target` is cast to an integer after substitution; the engine then refuses 0 and what is above 65535. */
function readTarget(
  node: YamlMapping,
  field: Field | undefined,
  index: number,
  context: ServiceContext,
): PortValue | undefined {
  const path = `services.${context.service}.ports`;
  if (field === undefined) {
    addFault(context.found, {
      rule: 'missing-port',
      span: node.pairs[0]?.key.span ?? node.span,
      message: refusal(
        'the entry has no "target", the container port',
        `service ports ${path}.[${index}] is missing a target port`,
      ),
    });
    return undefined;
  }
  const scalar = scalarOf(field, 'target', `${path}.${index}.target`, context);
  if (scalar === undefined) return undefined;
  const text = substituted(scalar, `${path}.[].target`, context);
  const { value } = text;
  if (value.includes(unknownText)) return { text, isWritten: true };
  const refuse = (reason: string, docker: string): PortValue => {
    const span = sourceSpan(text, 0, value.length);
    addFault(context.found, {
      rule: 'invalid-port',
      span: span.start === span.end ? field.key.span : span,
      message: refusal(reason, docker),
    });
    return { text, isWritten: value !== '' };
  };
  if (!/^[-+]?[0-9]+$/.test(value)) {
    const cast = `error while interpolating ${path}.[].target: failed to cast to expected type: strconv.Atoi: parsing "${value}": invalid syntax`;
    return refuse(`"${value}" is not a single port number, and a target is one`, cast);
  }
  const port = Number(value);
  if (port < 0) return refuse(`${value} is below 0`, `${path}.[${index}].target: invalid port`);
  if (port === 0) return refuse('0 is no container port', 'invalid port specification: "0/tcp"');
  if (port > highestPort) {
    return refuse(
      `${value} is above ${highestPort}, the highest port`,
      `invalid port '${value}': value out of range`,
    );
  }
  return { text, ports: { first: port, last: port }, isWritten: true };
}

/** `published` is not looked at before the engine is asked: it takes a port, a range, or nothing for any free port. */
function readPublished(field: Field | undefined, context: ServiceContext): PortValue | undefined {
  if (field === undefined) return undefined;
  const path = `services.${context.service}.ports.[].published`;
  const resolved = field.value === undefined ? undefined : resolve(field.value, context.anchors);
  if (resolved?.node.kind === 'scalar' && scalarType(resolved.node).type === 'null') {
    return { text: resolved.node.text, isWritten: false };
  }
  const scalar = scalarOf(field, 'published', path, context);
  if (scalar === undefined) return undefined;
  const text = substituted(scalar, path, context);
  const { value } = text;
  if (value === '') return { text, isWritten: false };
  if (value.includes(unknownText)) return { text, isWritten: true };
  const ports = readPortRange(value);
  if (isPortRange(ports)) return { text, ports, isWritten: true };
  const span = sourceSpan(text, 0, value.length);
  const turned = turnedRange(value, span);
  addFault(context.found, {
    rule: 'invalid-port',
    span,
    ...(turned && { fixes: [turned] }),
    message: refusal(ports.reason, `invalid port specification: "${value}"`),
  });
  return { text, isWritten: true };
}

/** The scalar of a field that takes a number or a text; tells a fault for every other type. */
function scalarOf(
  field: Field,
  name: string,
  path: string,
  { anchors, found }: ServiceContext,
): YamlScalar | undefined {
  const node = field.value === undefined ? undefined : resolve(field.value, anchors)?.node;
  if (node?.kind === 'scalar') {
    const { type } = scalarType(node);
    if (type === 'string' || type === 'int') return node;
  }
  // An alias that leads nowhere is YAML's to tell.
  if (node === undefined && field.value !== undefined) return undefined;
  const isEmpty = node === undefined || node.span.start === node.span.end;
  const isNumber = node?.kind === 'scalar' && scalarType(node).type === 'float';
  addFault(found, {
    rule: 'invalid-ports-value',
    span: isEmpty ? field.key.span : node.span,
    message: refusal(
      `"${name}" takes a number or a text, and this is ${kindWords(node)}`,
      `${path} must be a number`,
    ),
    ...(isNumber && { fixes: [{ title: 'Put it in quotes', span: node.span, text: quoted(node) }] }),
  });
  return undefined;
}

function substituted(scalar: YamlScalar, path: string, { variables, found }: ServiceContext): SourcedText {
  const { text, faults } = interpolate(scalarDigits(scalar), variables);
  interpolationFaults(faults, path, found);
  return text;
}

/** Compose hands the protocol on as it is; only what is certain to be a transport counts as one. */
function transportOf(
  field: Field | undefined,
  { anchors, variables }: ServiceContext,
): Transport | undefined {
  if (field === undefined) return 'tcp';
  const node = field.value === undefined ? undefined : resolve(field.value, anchors)?.node;
  if (node?.kind !== 'scalar') return undefined;
  const { value } = interpolate(node.text, variables).text;
  const lower = value.toLowerCase();
  if (lower === '') return 'tcp';
  return lower === 'tcp' || lower === 'udp' || lower === 'sctp' ? lower : undefined;
}

function addressOf(field: Field | undefined, context: ServiceContext): PortReference['address'] {
  if (field?.value === undefined) return undefined;
  const node = resolve(field.value, context.anchors)?.node;
  if (node?.kind !== 'scalar' || scalarType(node).type === 'null') return undefined;
  const { text, faults } = interpolate(node.text, context.variables);
  interpolationFaults(faults, `services.${context.service}.ports.[].host_ip`, context.found);
  const { value } = text;
  if (value.includes(unknownText)) return undefined;
  if (ipAddress(value) !== undefined) return address(value);
  const bare = value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1) : undefined;
  const isBracketed = bare !== undefined && ipAddress(bare) !== undefined;
  const span = sourceSpan(text, 0, value.length);
  const reason = isBracketed
    ? `${value} has brackets, which host_ip does not take`
    : `"${value}" is not an IP address`;
  addFault(context.found, {
    rule: 'invalid-address',
    span: span.start === span.end ? node.span : span,
    message: refusal(reason, `services.${context.service}.ports.[]: invalid ip address: ${value}`),
    ...(isBracketed && { fixes: [{ title: 'Remove the brackets', span, text: bare }] }),
  });
  return undefined;
}
