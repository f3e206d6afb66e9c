import type { Span } from '../../model/span';
import { refusal } from '../../syntax/ports/refusal';
import { type SourcedText, SourcedTextBuilder } from '../../syntax/sourced-text';
import type { YamlNode, YamlScalar, YamlSequence } from '../../syntax/yaml/yaml';
import { scalarType } from '../../syntax/yaml/yaml-types';
import { type Field, resolve } from './anchors';
import { addFault, type ServiceContext } from './found';

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
  const fix =
    node?.kind === 'scalar' && !isNull
      ? { fixes: [{ title: 'Make it a list', span, text: `[${quoted(node)}]` }] }
      : {};
  addFault(found, {
    rule: 'invalid-ports-value',
    span,
    message: refusal(
      `"${name}" must be a list, ${isNull ? 'and it is empty' : `and this is ${kindWords(node)}`}`,
      `services.${service}.${name} must be a array`,
    ),
    ...fix,
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

/** The text of a scalar in double quotes. */
export function quoted({ text: { value } }: YamlScalar): string {
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
