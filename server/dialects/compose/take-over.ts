import type { ReadInputs, Variables } from '../../model/dialect';
import type { Reading } from '../../model/reading';
import { type Span, shifted } from '../../model/span';
import { shiftedNode, type YamlNode } from '../../syntax/yaml/yaml';
import type { Block } from './blocks';
import { shiftedReading } from './found';

/** A block as it was read, with what another version of the text can take over. */
export interface Part {
  readonly block: Block;
  /** Kept only where the block holds an anchor or an alias: what it says hangs on other blocks, or theirs on it. */
  readonly tree?: Tree;
  readonly hasAnchors: boolean;
  readonly hasAliases: boolean;
  /** True when it stood elsewhere before, and all but its place is as it was. */
  readonly isMoved: boolean;
  /** Where YAML itself is broken. */
  readonly errors: readonly Span[];
  readonly reading: Reading;
  /** The mapping that holds keys of the top level that are about the project. */
  readonly header?: YamlNode;
}

/** A block's tree as it was read when the block began at `start`; it is moved only when somebody looks into it. */
export interface Tree {
  readonly node: YamlNode;
  readonly start: number;
}

/** The part's tree with its spans where the block stands now. */
export function nodeOf({ block: { span }, tree }: Part): YamlNode | undefined {
  if (tree === undefined || tree.start === span.start) return tree?.node;
  return shiftedNode(tree.node, span.start - tree.start);
}

/** All parts of one version of a text: what a reading keeps for the next. */
export interface Parts {
  readonly text: string;
  readonly name: string;
  readonly variables: Variables;
  /** True when aliases would have added more than is read. */
  readonly isCutShort: boolean;
  readonly byStart: ReadonlyMap<number, Part>;
}

/** The parts of the text's previous version, when they were read with the same inputs. */
export function partsBefore({ previous, name, variables }: ReadInputs): Parts | undefined {
  // The workspace hands a reading back only to the dialect that made it.
  const before = previous?.reusable as Parts | undefined;
  return before?.name === name && sameVariables(before.variables, variables) ? before : undefined;
}

/** Parts by the offset at which they begin. */
export function byStart(parts: readonly Part[]): ReadonlyMap<number, Part> {
  return new Map(parts.map((part) => [part.block.span.start, part]));
}

/**
 * Finds for a block the part that the previous version of the text has at the same place: in front of the edit,
 * where nothing moved, or behind it, where all moved alike.
 */
export function takeOver(text: string, before: Parts | undefined): (block: Block) => Part | undefined {
  if (before === undefined) return () => undefined;
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

/** Tells whether all that a part says stands within its own block, and not where an alias leads. */
export function isSelfContained({ block: { span }, reading }: Part): boolean {
  const isInside = ({ start, end }: Span): boolean => start >= span.start && end <= span.end;
  const { references, slots, faults } = reading;
  return [...references, ...slots, ...faults].every((each) => isInside(each.span));
}

function shiftedPart({ errors, reading, header, ...part }: Part, block: Block, by: number): Part {
  return {
    ...part,
    ...(header && { header: shiftedNode(header, by) }),
    block,
    isMoved: true,
    errors: errors.map((error) => shifted(error, by)),
    reading: shiftedReading(reading, by),
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
