import type { ReadInputs, Variables } from '../../model/dialect';
import type { Reading } from '../../model/port';
import { type Span, shifted } from '../../model/span';
import { shiftedNode, type YamlNode } from '../../syntax/yaml/yaml';
import type { Block } from './blocks';
import { shiftedReading } from './found';

/** A block as it was read, with what another version of the text can take over. */
export interface Part {
  readonly block: Block;
  /** Kept only where it holds an anchor or an alias: what such a block says hangs on other blocks too. */
  readonly node?: YamlNode;
  /** Where YAML itself is broken. */
  readonly errors: readonly Span[];
  readonly reading: Reading;
}

/** All parts of one version of a text: what a reading keeps for the next. */
export interface Parts {
  readonly text: string;
  readonly name: string;
  readonly variables: Variables;
  readonly byStart: ReadonlyMap<number, Part>;
}

/**
 * Finds for a block the part that the previous version of the text has at the same place: in front of the edit,
 * where nothing moved, or behind it, where all moved alike.
 */
export function takeOver(text: string, inputs: ReadInputs): (block: Block) => Part | undefined {
  const before = inputs.previous?.reusable as Parts | undefined;
  if (
    before === undefined ||
    before.name !== inputs.name ||
    !sameVariables(before.variables, inputs.variables)
  ) {
    return () => undefined;
  }
  const changed = changedSpan(before.text, text);
  const moved = text.length - before.text.length;
  return (block) => {
    const isInFront = block.span.end <= changed.start;
    if (!isInFront && block.span.start < changed.end) return undefined;
    const by = isInFront ? 0 : moved;
    const part = before.byStart.get(block.span.start - by);
    if (part === undefined || !isSameBlock(part.block, block, by)) return undefined;
    return by === 0 ? part : shiftedPart(part, block, by);
  };
}

function isSameBlock(old: Block, { kind, document, span }: Block, by: number): boolean {
  return old.kind === kind && old.document === document && old.span.end + by === span.end;
}

function shiftedPart({ node, errors, reading }: Part, block: Block, by: number): Part {
  return {
    block,
    errors: errors.map((error) => shifted(error, by)),
    reading: shiftedReading(reading, by),
    ...(node && { node: shiftedNode(node, by) }),
  };
}

/** What differs between two texts, as a span of the new one: all between their common beginning and common end. */
function changedSpan(before: string, after: string): Span {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + stride <= shorter && before.startsWith(after.slice(start, start + stride), start))
    start += stride;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  const longestTail = shorter - start;
  let tail = 0;
  while (tail + stride <= longestTail && sameTail(before, after, tail, stride)) tail += stride;
  while (tail < longestTail && sameTail(before, after, tail, 1)) tail += 1;
  return { start, end: after.length - tail };
}

/** How many characters are compared at once: whole stretches compare much faster than single characters. */
const stride = 4096;

function sameTail(before: string, after: string, tail: number, length: number): boolean {
  const end = after.length - tail;
  return before.startsWith(after.slice(end - length, end), before.length - tail - length);
}

function sameVariables(a: Variables, b: Variables): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.has(name) && b.get(name) === value);
}
