import type { PortRange } from '../../model/port';
import type { PortSlot } from '../../model/port-slot';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { highestPort, isPortRange, readPortRange } from '../../syntax/docker/port-number';
import { turnedRange } from '../../syntax/docker/turned-range';
import { type SourcedText, sourceSpan, unknownText } from '../../syntax/sourced-text';
import type { YamlMapping, YamlScalar } from '../../syntax/yaml/yaml';
import { type Field, resolve } from './anchors';
import { addFault, addGap, type ServiceContext } from './found';
import { openDefault } from './open-default';
import { kindWords, quotingFix, substituted, typeOf } from './values';

/** The value of `target` or `published`. */
export interface PortValue {
  readonly text: SourcedText;
  /** Absent where the value is unknown or refused. */
  readonly ports?: PortRange;
  /** False for an empty value: a slot, but no reference. */
  readonly isWritten: boolean;
}

/** What the other keys of an entry say of where it is bound. */
export type Bound = Pick<PortSlot, 'transport' | 'address'>;

/**
 * Reads `target`: cast to an integer after substitution, so that a fraction without a remainder is one too (`080`);
 * the engine then refuses 0 and what is above 65535.
 */
export function readTarget(
  node: YamlMapping,
  field: Field | undefined,
  { transport }: Bound,
  index: number,
  context: ServiceContext,
): PortValue | undefined {
  const path = `services.${context.service}.ports`;
  if (field === undefined) {
    addFault(context.found, {
      rule: 'missing-port',
      span: node.pairs[0]?.key.span ?? node.span,
      message: dockerRefusal(
        'the entry has no "target", the container port',
        `service ports ${path}.[${index}] is missing a target port`,
      ),
    });
    return undefined;
  }
  const scalar = numberScalar(field, 'target', { ...(transport && { transport }) }, index, context);
  if (scalar === undefined) return undefined;
  const text = substituted(scalar, `${path}.[].target`, context);
  const { value } = text;
  if (value.includes(unknownText)) return { text, isWritten: true };
  const refused = targetRefusal(scalar, value, path, index);
  if (typeof refused === 'number') {
    return { text, ports: { first: refused, last: refused }, isWritten: true };
  }
  const span = sourceSpan(text, 0, value.length);
  addFault(context.found, {
    rule: 'invalid-port',
    span: span.start === span.end ? field.key.span : span,
    message: refused,
  });
  return { text, isWritten: value !== '' };
}

/** The port, or the message that says why it is none. */
function targetRefusal(scalar: YamlScalar, value: string, path: string, index: number): number | string {
  const isWhole = typeOf(scalar) === 'float' && isWholeNumber(value);
  if (!isWhole && !/^[-+]?[0-9]+$/.test(value)) {
    return dockerRefusal(
      `"${value}" is not a single port number, and a target is one`,
      `error while interpolating ${path}.[].target: failed to cast to expected type: strconv.Atoi: parsing "${value}": invalid syntax`,
    );
  }
  const port = Number(value.replaceAll('_', ''));
  if (port < 0) {
    return dockerRefusal(`${value} is below 0`, `'${path}[${index}].target' cannot parse value as 'uint32'`);
  }
  if (port === 0) return dockerRefusal('0 is no container port', 'invalid port specification: "0/tcp"');
  if (port <= highestPort) return port;
  return dockerRefusal(
    `${value} is above ${highestPort}, the highest port`,
    `invalid port '${value}': value out of range`,
  );
}

/**
 * Reads `published`: nobody looks at it before the engine is asked, which takes a port, a range, or nothing for any
 * free port.
 */
export function readPublished(
  field: Field | undefined,
  bound: Bound,
  target: PortValue | undefined,
  index: number,
  context: ServiceContext,
): PortValue | undefined {
  if (field === undefined) return undefined;
  const counterpart = target?.ports;
  const other = { ...bound, ...(counterpart && { counterpart }) };
  const scalar = numberScalar(field, 'published', other, index, context);
  if (scalar === undefined) return undefined;
  const text = substituted(scalar, `services.${context.service}.ports.[].published`, context);
  const { owner, image, found } = context;
  for (const slot of openDefault(scalar.text, { owner, ...(image && { image }) }, 'port'))
    if (slot.role === 'publish') found.slots.push({ ...slot, ...other });
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
    message: dockerRefusal(ports.reason, `invalid port specification: "${value}"`),
    ...(turned && { fixes: [turned] }),
  });
  return { text, isWritten: true };
}

/** The scalar of a field that takes a number or a text; tells a fault for every other type. */
function numberScalar(
  field: Field,
  name: 'target' | 'published',
  other: Bound & Pick<PortSlot, 'counterpart'>,
  index: number,
  context: ServiceContext,
): YamlScalar | undefined {
  const node = field.value === undefined ? undefined : resolve(field.value, context.anchors)?.node;
  const type = node?.kind === 'scalar' ? typeOf(node) : undefined;
  if (node?.kind === 'scalar') {
    if (type === 'string' || type === 'int') return node;
    if (name === 'target' && type === 'float' && isWholeNumber(node.text.value)) return node;
    // An empty value is refused, and it is also where the number is about to be typed.
    if (type === 'null') {
      const role = name === 'target' ? 'target' : 'publish';
      addGap(node.gap, { role, transport: 'tcp', accepts: 'port', ...other }, context);
    }
  }
  // An alias that leads nowhere is YAML's to tell.
  if (node === undefined && field.value !== undefined) return undefined;
  const path = `services.${context.service}.ports.${index}.${name}`;
  const fix = node?.kind === 'scalar' && type === 'float' ? quotingFix(node) : undefined;
  addFault(context.found, {
    rule: 'invalid-ports-value',
    span: node === undefined || node.span.start === node.span.end ? field.key.span : node.span,
    message: dockerRefusal(
      `"${name}" takes a number or a text, and this is ${kindWords(node)}`,
      `${path} must be a integer or string`,
    ),
    ...(fix && { fixes: [fix] }),
  });
  return undefined;
}

/** YAML allows underscores within a number. */
function isWholeNumber(text: string): boolean {
  return Number.isInteger(Number(text.replaceAll('_', '')));
}
