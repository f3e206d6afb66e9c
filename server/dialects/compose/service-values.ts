import type { Span } from '../../model/span';
import { interpolate } from '../../syntax/docker/interpolation';
import { unknownText } from '../../syntax/sourced-text';
import type { YamlNode } from '../../syntax/yaml/yaml';
import { scalarType } from '../../syntax/yaml/yaml-types';
import { type Field, fieldsOf, resolve } from './anchors';
import type { ServiceContext } from './found';

/** The keys of a service, with those that are merged in. */
export type Fields = ReadonlyMap<string, Field>;

/** A value after substitution of variables, and its place. */
export interface Value {
  readonly value: string;
  readonly span: Span;
  /** True where it is a default that a variable of the environment may replace. */
  readonly isByDefault?: true;
}

/** The one scalar under a key; undefined where there is none, or where it hangs on a variable without a value. */
export function settled(field: Field | undefined, context: ServiceContext): Value | undefined {
  const node = valueNode(field, context);
  const value = node === undefined ? undefined : scalarValue(node, context);
  if (node?.kind !== 'scalar' || value === undefined || value === '') return undefined;
  const { pieces } = interpolate(node.text, context.variables).text;
  const isByDefault = pieces.some(({ variable }) => variable?.from === 'default');
  return { value, span: node.span, ...(isByDefault && { isByDefault }) };
}

/** The scalars of a list, or of a list of one; undefined for each that is not known. */
export function scalarsOf(
  field: Field | undefined,
  context: ServiceContext,
): readonly (string | undefined)[] {
  const node = valueNode(field, context);
  if (node === undefined) return [];
  return (node.kind === 'sequence' ? node.items : [node]).map((item) => {
    const resolved = resolve(item, context.anchors)?.node;
    return resolved === undefined ? undefined : scalarValue(resolved, context);
  });
}

/** The field of a mapping under a key. */
export function fieldOf(field: Field | undefined, key: string, context: ServiceContext): Field | undefined {
  const node = valueNode(field, context);
  return node?.kind === 'mapping' ? fieldsOf(node, context.anchors).get(key) : undefined;
}

/** The value under a key, through its alias; `!reset` takes it away. */
export function valueNode(
  field: Field | undefined,
  { anchors }: ServiceContext,
): Exclude<YamlNode, { kind: 'alias' }> | undefined {
  return field?.value === undefined || field.value.tag === '!reset'
    ? undefined
    : resolve(field.value, anchors)?.node;
}

/** What a scalar says after substitution; undefined where that is not known. */
export function scalarValue(node: YamlNode, { variables }: ServiceContext): string | undefined {
  if (node.kind !== 'scalar' || scalarType(node).type === 'null') return undefined;
  const { value } = interpolate(node.text, variables).text;
  return value.includes(unknownText) ? undefined : value;
}
