import type { Span } from '../../model/span';
import type { YamlAlias, YamlMapping, YamlNode, YamlScalar } from '../../syntax/yaml/yaml';

/** The anchored nodes of a file by name, each name's in the order of the text. */
export type Anchors = ReadonlyMap<string, readonly YamlNode[]>;

/** A node that is not an alias, and the alias through which it was reached. */
export interface Resolved {
  readonly node: Exclude<YamlNode, { kind: 'alias' }>;
  readonly usedAt?: Span;
}

/** Aliases to aliases further than this are not followed; YAML allows none. */
const longestChain = 8;

/** More mappings than this are not merged into one; nobody writes them. */
const mostMerged = 200;

/** Follows an alias to the last node before it that has its name; undefined where there is none. */
export function resolve(node: YamlNode, anchors: Anchors): Resolved | undefined {
  let current: YamlNode | undefined = node;
  for (let step = 0; current !== undefined && step < longestChain; step += 1) {
    if (current.kind !== 'alias') {
      return node.kind === 'alias' ? { node: current, usedAt: node.span } : { node: current };
    }
    const alias: YamlAlias = current;
    current = anchors.get(alias.name)?.findLast(({ span }) => span.start < alias.span.start);
  }
  return undefined;
}

/** One key of a mapping with its value, and the alias through which it came in. */
export interface Field {
  readonly key: YamlScalar;
  readonly value?: YamlNode;
  readonly usedAt?: Span;
}

/**
 * The keys of a mapping with those that `<<` merges in: its own go first, then the merged mappings in their order.
 * A mapping that is merged twice adds nothing the second time, which also ends every loop of aliases.
 */
export function fieldsOf(mapping: YamlMapping, anchors: Anchors): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  addFields(mapping, undefined, anchors, fields, new Set());
  return fields;
}

/** Gathers every anchored node below `node` into `anchors`. */
export function collectAnchors(node: YamlNode, anchors: Map<string, YamlNode[]>): void {
  for (const each of nodesIn(node)) {
    if (each.anchor === undefined) continue;
    const known = anchors.get(each.anchor);
    if (known === undefined) anchors.set(each.anchor, [each]);
    else known.push(each);
  }
}

/** Tells whether a tree gives a name to a part of it, or uses one. */
export function sharing(node: YamlNode): { readonly hasAnchors: boolean; readonly hasAliases: boolean } {
  let hasAnchors = false;
  let hasAliases = false;
  for (const each of nodesIn(node)) {
    hasAnchors ||= each.anchor !== undefined;
    hasAliases ||= each.kind === 'alias';
  }
  return { hasAnchors, hasAliases };
}

/** Every node of a tree in the order of the text. The reader of YAML bounds how deep it is. */
function* nodesIn(node: YamlNode): Iterable<YamlNode> {
  yield node;
  if (node.kind === 'sequence') for (const item of node.items) yield* nodesIn(item);
  if (node.kind !== 'mapping') return;
  for (const { key, value } of node.pairs) {
    yield* nodesIn(key);
    if (value !== undefined) yield* nodesIn(value);
  }
}

function addFields(
  mapping: YamlMapping,
  usedAt: Span | undefined,
  anchors: Anchors,
  fields: Map<string, Field>,
  seen: Set<YamlNode>,
): void {
  if (seen.has(mapping) || seen.size >= mostMerged) return;
  seen.add(mapping);
  for (const { key, value } of mapping.pairs) {
    if (key.kind !== 'scalar' || isMerge(key)) continue;
    const name = key.text.value;
    if (fields.has(name)) continue;
    fields.set(name, { key, ...(value && { value }), ...(usedAt && { usedAt }) });
  }
  for (const { key, value } of mapping.pairs) {
    if (key.kind !== 'scalar' || !isMerge(key) || value === undefined) continue;
    const merged = resolve(value, anchors);
    const sources = merged?.node.kind === 'sequence' ? merged.node.items : [value];
    for (const source of sources) {
      const found = resolve(source, anchors);
      if (found?.node.kind === 'mapping') {
        addFields(found.node, usedAt ?? found.usedAt ?? merged?.usedAt, anchors, fields, seen);
      }
    }
  }
}

function isMerge(key: YamlScalar): boolean {
  return key.style === 'plain' && key.text.value === '<<';
}
