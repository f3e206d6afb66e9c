import type { Span } from '../../model/span';
import { literalText, type SourcedText, SourcedTextBuilder } from '../../syntax/sourced-text';
import type { YamlNode, YamlScalar, YamlSequence } from '../../syntax/yaml';
import { scalarType } from '../../syntax/yaml-types';
import { type Field, resolve } from './anchors';
import { addFault, type ServiceContext } from './found';
import { readLongPort } from './long-port';
import { readShortPort } from './short-port';

/**
 * Reads a service's `ports`: a list of short entries (`8080:80`) and long ones (`target: 80`)
 * (compose-spec 05-services.md and its JSON schema; what Docker's YAML reader makes of each scalar decides).
 */
export function readPorts(field: Field, context: ServiceContext): void {
  const list = listOf(field, 'ports', context);
  if (list === undefined) return;
  if (list.sequence.flow && list.sequence.items.length === 0) addEmptySlot(list.sequence, context);
  for (const [index, item] of list.sequence.items.entries()) {
    const resolved = resolve(item, context.anchors);
    if (resolved === undefined) continue;
    const { node } = resolved;
    const usedAt = field.usedAt ?? list.usedAt ?? resolved.usedAt;
    if (node.kind === 'mapping') {
      readLongPort(node, usedAt, index, context);
    } else if (node.kind === 'sequence') {
      refuseSequence(node, index, context);
    } else {
      const text = shortText(node, index, context);
      if (text !== undefined) readShortPort(text, { node, usedAt, index }, context);
    }
  }
}

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
    message: `"${name}" must be a list, ${isNull ? 'and it is empty' : `and this is ${kindWords(node)}`} (Docker: services.${service}.${name} must be a array).`,
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

/** What Docker reads as the short form; undefined, with a fault, where YAML gave the scalar another type. */
function shortText(node: YamlScalar, index: number, context: ServiceContext): SourcedText | undefined {
  const { type } = scalarType(node);
  const path = `services.${context.service}.ports`;
  const span = node.span;
  switch (type) {
    case 'string':
      return node.text;
    case 'int':
      return scalarDigits(node);
    case 'null':
      context.found.slots.push({
        span: { start: span.end, end: span.end },
        role: 'target',
        transport: 'tcp',
        owner: context.owner,
        accepts: 'mapping',
        names: false,
        quote: '"',
        ...(context.image && { image: context.image }),
      });
      addFault(context.found, {
        rule: 'invalid-ports-value',
        span: isEmpty(node) ? { start: span.start, end: Math.min(span.start + 1, span.end) } : span,
        message: `The entry is empty (Docker: ${path}.${index} must be a number).`,
      });
      return undefined;
    case 'bool':
      addFault(context.found, {
        rule: 'invalid-ports-value',
        span,
        message: `${node.text.value} is a boolean to YAML, not a port (Docker: ${path}.${index} must be a number).`,
      });
      return undefined;
    case 'float':
      addFault(context.found, {
        rule: 'invalid-ports-value',
        span,
        message: `Without quotes ${node.text.value} is a fractional number to YAML (Docker: ${path}: invalid type float64 for port).`,
        fixes: [{ title: 'Put it in quotes', span, text: quoted(node) }],
      });
      // The digits are still what the user is about to mend: hover and completion go on working on them.
      return /^[0-9]+$/.test(node.text.value) ? literalText(node.text.value, span.start) : undefined;
  }
}

function refuseSequence(node: YamlSequence, index: number, context: ServiceContext): void {
  const path = `services.${context.service}.ports.${index}`;
  const [first] = node.items;
  const looksLikeAddress = node.flow && first?.kind === 'scalar' && first.text.value.includes(':');
  addFault(context.found, {
    rule: 'invalid-ports-value',
    span: node.span,
    message: looksLikeAddress
      ? 'An unquoted [ opens a list in YAML; put the whole entry in quotes (Docker: the file is no valid YAML).'
      : `A list inside the list is not a port (Docker: ${path} must be a number).`,
  });
}

function addEmptySlot({ span }: YamlSequence, { found, owner, image }: ServiceContext): void {
  found.slots.push({
    span: { start: span.start + 1, end: span.start + 1 },
    role: 'target',
    transport: 'tcp',
    owner,
    accepts: 'mapping',
    names: false,
    quote: '"',
    ...(image && { image }),
  });
}
