import type { FaultFix } from '../../model/fault';
import type { Span } from '../../model/span';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { interpolate } from '../../syntax/docker/interpolation';
import { highestPort } from '../../syntax/docker/port-number';
import { withPlaceholders } from '../../syntax/placeholders';
import { type SourcedText, SourcedTextBuilder } from '../../syntax/sourced-text';
import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from '../../syntax/yaml/yaml';
import { type ScalarType, scalarType } from '../../syntax/yaml/yaml-types';
import { type Field, resolve } from './anchors';
import { addFault, type ServiceContext } from './found';
import { interpolationFaults } from './interpolation-faults';

/** The list under a key that must hold one; tells a fault where something else stands there. */
export function listOf(
  { key, value, usedAt }: Field,
  name: 'ports' | 'expose',
  { anchors, service, isBaseFile, found }: ServiceContext,
): { readonly sequence: YamlSequence; readonly usedAt?: Span } | undefined {
  // `!reset` takes the whole value away, whatever it is.
  if (value?.tag === '!reset') return undefined;
  const resolved = value === undefined ? undefined : resolve(value, anchors);
  const node = resolved?.node;
  if (node?.kind === 'sequence') {
    const via = usedAt ?? resolved?.usedAt;
    return { sequence: node, ...(via && { usedAt: via }) };
  }
  const isNull =
    node === undefined ? value === undefined : node.kind === 'scalar' && scalarType(node).type === 'null';
  if (node === undefined && !isNull) return undefined;
  // In a file that Compose merges over another one, an empty value keeps the list of the other file.
  if (isNull && !isBaseFile) return undefined;
  const span = isNull || node === undefined ? key.span : node.span;
  const isOneLine = node?.kind === 'scalar' && !isNull && !/[\r\n]/.test(node.text.value);
  const isPort = isOneLine && (typeOf(node) === 'string' || typeOf(node) === 'int');
  addFault(found, {
    rule: 'invalid-ports-value',
    span,
    message: dockerRefusal(
      `"${name}" must be a list, ${isNull ? 'and it is empty' : `and this is ${kindWords(node)}`}`,
      `services.${service}.${name} must be a array`,
    ),
    ...(isPort && {
      fixes: [{ title: 'Make it a list', span, text: `[${quoted(node)}]`, isSafe: true as const }],
    }),
  });
  return undefined;
}

/** A value of the wrong type in words. */
export function kindWords(node: YamlNode | undefined): string {
  if (node?.kind === 'mapping') return 'a mapping';
  if (node?.kind === 'sequence') return 'a list';
  if (node?.kind !== 'scalar') return 'nothing';
  const { type } = scalarType(node);
  const words = {
    string: 'a text',
    int: 'a number',
    float: 'a fractional number',
    bool: 'a boolean',
    null: 'empty',
  };
  return words[type];
}

/** Tells whether nothing is written where a scalar could stand. */
export function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && node.text.value === '';
}

/** The type that YAML gives a scalar. */
export function typeOf(node: YamlScalar): ScalarType {
  return scalarType(node).type;
}

/** A number that YAML took for a fraction is a port in quotes, when it has digits alone. */
export function quotingFix(node: YamlScalar): FaultFix | undefined {
  const { value } = node.text;
  if (!/^[0-9]+$/.test(value) || Number(value) > highestPort) return undefined;
  return { title: 'Put it in quotes', span: node.span, text: quoted(node), isSafe: true };
}

/** The text of a scalar after substitution of variables; `path` is Compose's own path to it. */
export function substituted(
  node: YamlScalar,
  path: string,
  { variables, found }: ServiceContext,
): SourcedText {
  const { text, faults } = interpolate(withPlaceholders(scalarDigits(node), { crosses: true }), variables);
  interpolationFaults(faults, path, found);
  return text;
}

/** YAML wants each key once; only the keys that hold ports are ours to tell of. */
export function refuseRepeatedKeys(
  { pairs }: YamlMapping,
  names: readonly string[],
  { found }: ServiceContext,
): void {
  const seen = new Set<string>();
  for (const { key } of pairs) {
    if (key.kind !== 'scalar' || !names.includes(key.text.value)) continue;
    const name = key.text.value;
    if (seen.has(name)) {
      addFault(found, {
        rule: 'duplicate-key',
        span: key.span,
        message: dockerRefusal(`"${name}" stands here twice`, `mapping key "${name}" already defined`),
      });
    }
    seen.add(name);
  }
}

/** The text of a scalar in double quotes. */
function quoted({ text: { value } }: YamlScalar): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** The digits that Docker reads where YAML made the scalar a number, else the text as it is. */
export function scalarDigits(node: YamlScalar): SourcedText {
  const { type, decimal } = scalarType(node);
  if (type !== 'int' || decimal === undefined || decimal === node.text.value) return node.text;
  const builder = new SourcedTextBuilder();
  builder.replaced(decimal, node.span);
  return builder.text();
}
