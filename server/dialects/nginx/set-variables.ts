import type { Span } from '../../model/span';
import { longestWord } from '../../syntax/nginx/nginx-templates';
import type { NginxStatement } from '../../syntax/nginx/nginx-tree';
import { spanOf } from '../../syntax/sourced-text';

/** The variables that `set` gives values in a block, and those of the blocks around it. */
export interface SetScope {
  /** By name; undefined for one that is set twice, or under a condition. */
  readonly values: ReadonlyMap<string, SetValue | undefined>;
  readonly outer?: SetScope;
}

/** What `set` gives a variable. */
export interface SetValue {
  readonly value: string;
  readonly span: Span;
}

/** The scope of a block. `set` is done when a request comes, in the order of the text, the outer block's first. */
export function setScope(block: readonly NginxStatement[], outer: SetScope | undefined): SetScope {
  const values = new Map<string, SetValue | undefined>();
  const add = ({ words, isTemplate }: NginxStatement, isCertain: boolean): void => {
    const name = /^\$([A-Za-z0-9_]+)$/.exec(words[1]?.text.value ?? '')?.[1];
    const text = words[2]?.text;
    if (words[0].text.value !== 'set' || name === undefined) return;
    const isKnown = isCertain && !isTemplate && text !== undefined && !values.has(name);
    const isPlain = isKnown && text.value.length <= longestWord && !text.value.includes('$');
    const set = isPlain ? { value: text.value, span: spanOf(text) } : undefined;
    values.set(name, set);
  };
  for (const statement of block) {
    add(statement, true);
    if (statement.words[0].text.value === 'if') for (const inner of statement.block ?? []) add(inner, false);
  }
  // A block that sets nothing needs no scope of its own.
  if (values.size === 0 && outer !== undefined) return outer;
  return { values, ...(outer && { outer }) };
}

/** The value of a variable in a scope; undefined when the file does not tell. */
export function setValue(scope: SetScope | undefined, name: string): SetValue | undefined {
  let left = mostScopes;
  for (let each = scope; each !== undefined && left > 0; each = each.outer, left--) {
    if (each.values.has(name)) return each.values.get(name);
  }
  return undefined;
}

/** Nobody nests more blocks that set variables. */
const mostScopes = 16;
