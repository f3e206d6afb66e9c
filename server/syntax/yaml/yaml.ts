import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type ParsedNode,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Span, shifted } from '../../model/span';
import type { SourcedText } from '../sourced-text';
import { type Gap, gapAt, gapBehindName, gapInFlow, shiftedGap } from './yaml-gap';
import { joinedFlow } from './yaml-joined';
import { scalarText } from './yaml-scalar';

/** A YAML node with its place in the source. Nothing is resolved: not the type of a scalar, nor an alias. */
export type YamlNode = YamlScalar | YamlMapping | YamlSequence | YamlAlias;

interface Common {
  readonly span: Span;
  /** As written: `!reset`, `!!str`. */
  readonly tag?: string;
  readonly anchor?: string;
}

export interface YamlScalar extends Common {
  readonly kind: 'scalar';
  readonly style: 'plain' | 'quoted' | 'block';
  /** What the scalar says after unquoting and folding, with the way back to the source. */
  readonly text: SourcedText;
  /** Where the text of an empty scalar would be typed. */
  readonly gap?: Gap;
}

export interface YamlMapping extends Common {
  readonly kind: 'mapping';
  /** True for one in braces. */
  readonly flow: boolean;
  readonly pairs: readonly YamlPair[];
}

export interface YamlPair {
  readonly key: YamlNode;
  readonly value?: YamlNode;
}

export interface YamlSequence extends Common {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
  /** Where one more item of a flow sequence may be typed: in an empty one, and behind its last comma. */
  readonly gap?: Gap;
  /** True for a flow sequence with text right behind its closing bracket, which YAML does not allow. */
  readonly hasTail: boolean;
}

export interface YamlAlias extends Common {
  readonly kind: 'alias';
  readonly name: string;
}

/** What was read of one stretch of YAML. */
export interface YamlBlock {
  readonly node?: YamlNode;
  /** Where YAML itself is broken; a quote or bracket that is never closed counts, too. */
  readonly errors: readonly Span[];
}

/**
 * Reads one YAML document, or a block of one that can stand alone; spans are moved by `base`. Whatever is wrong,
 * what could be read is answered. An opened quote that is never closed is taken to end with its line.
 */
export function readYaml(text: string, base: number): YamlBlock {
  const document = parse(text);
  if (document.errors.length > 0) {
    const joined = joinedFlow(text);
    const whole = joined === text ? document : parse(joined);
    if (whole.errors.length === 0) return block(whole, text, base);
  }
  const open = unclosedQuote(document, text);
  if (open === undefined) return block(document, text, base);
  // Without its opening quote the line is a plain scalar, at the same offsets, and the lines below stay what they are.
  const mended = `${text.slice(0, open)} ${text.slice(open + 1)}`;
  const rest = block(parse(mended), text, base);
  const here = shifted({ start: open, end: open + 1 }, base);
  return { ...rest, errors: [here, ...rest.errors] };
}

/** The same node as it stands after the text before it grew by `by` code units. */
export function shiftedNode(node: YamlNode, by: number): YamlNode {
  const span = shifted(node.span, by);
  switch (node.kind) {
    case 'alias':
      return { ...node, span };
    case 'scalar': {
      const pieces = node.text.pieces.map((piece) => ({ ...piece, span: shifted(piece.span, by) }));
      return { ...node, span, text: { value: node.text.value, pieces }, ...shiftedGap(node.gap, by) };
    }
    case 'sequence': {
      const items = node.items.map((item) => shiftedNode(item, by));
      return { ...node, span, items, ...shiftedGap(node.gap, by) };
    }
    case 'mapping': {
      const pairs = node.pairs.map(({ key, value }) => ({
        key: shiftedNode(key, by),
        ...(value && { value: shiftedNode(value, by) }),
      }));
      return { ...node, span, pairs };
    }
  }
}

type YamlDocument = Document.Parsed<ParsedNode>;

/** Nodes nested deeper than this are left out; no file that Portolan reads comes near it. */
const deepestNesting = 64;

function parse(text: string): YamlDocument {
  try {
    return parseAsStrings(text);
  } catch (error) {
    // The library descends by recursion: brackets nested thousands deep exhaust the stack, and nothing is lost with them.
    if (error instanceof RangeError) return parseAsStrings('');
    throw error;
  }
}

/** The failsafe schema leaves every scalar a string: its type is for the format to decide, by its own rules. */
function parseAsStrings(text: string): YamlDocument {
  return parseDocument(text, {
    schema: 'failsafe',
    strict: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    keepSourceTokens: false,
  });
}

function unclosedQuote(document: YamlDocument, text: string): number | undefined {
  const missing = document.errors.find(
    ({ code, message }) => code === 'MISSING_CHAR' && message.includes('quote'),
  );
  if (missing === undefined) return undefined;
  const scalar = lastScalar(document.contents, missing.pos[1]);
  if (scalar?.range === undefined || scalar.range === null) return undefined;
  const start = scalar.range[0];
  const quote = text[start];
  return quote === '"' || quote === "'" ? start : undefined;
}

/**
 * The scalar that stands last in front of `until`: an unclosed quote runs to the end, or to its line's end where what
 * stands below it cannot be a part of it.
 */
function lastScalar(node: unknown, until: number): Scalar.Parsed | undefined {
  const begins = (each: unknown): boolean => isNode(each) && (each.range?.[0] ?? until) < until;
  let current: unknown = node;
  while (current !== undefined && current !== null) {
    if (isScalar(current)) return current as Scalar.Parsed;
    if (isSeq(current)) current = current.items.findLast(begins);
    else if (isMap(current)) {
      const pair = current.items.findLast(({ key, value }) => begins(key) || begins(value));
      current = begins(pair?.value) ? pair?.value : pair?.key;
    } else return undefined;
  }
  return undefined;
}

function block(document: YamlDocument, text: string, base: number): YamlBlock {
  const node = convert(document.contents, text, base, 0);
  const errors = document.errors.map(({ pos: [start, end] }) => shifted({ start, end }, base));
  return { ...(node && { node }), errors };
}

function convert(node: unknown, text: string, base: number, depth: number): YamlNode | undefined {
  if (depth > deepestNesting) return undefined;
  if (isAlias(node)) return { kind: 'alias', name: node.source, ...common(node, base) };
  if (isScalar(node)) return convertScalar(node as Scalar.Parsed, text, base);
  if (isSeq(node)) return convertSequence(node as YAMLSeq, text, base, depth);
  if (isMap(node)) return convertMapping(node as YAMLMap, text, base, depth);
  return undefined;
}

function convertScalar(node: Scalar.Parsed, text: string, base: number): YamlScalar {
  const { type } = node;
  const style =
    type === 'PLAIN' ? 'plain' : type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED' ? 'block' : 'quoted';
  const [start, end] = node.range;
  const value = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  const raw = text.slice(start, end);
  const scalar = {
    kind: 'scalar',
    style,
    text: scalarText(value, raw, start + base),
    ...common(node, base),
  } as const;
  if (style !== 'plain' || value !== '') return scalar;
  const isNamed = node.anchor !== undefined || node.tag !== undefined;
  const gap = isNamed ? gapBehindName(text, start, base) : gapAt(text, start, base);
  return { ...scalar, ...(gap && { gap }) };
}

function convertSequence(node: YAMLSeq, text: string, base: number, depth: number): YamlSequence {
  const flow = node.flow === true;
  const items = node.items.flatMap((item) => {
    const converted = convert(item, text, base, depth + 1);
    return converted === undefined ? [] : [flow ? converted : withDash(converted, text, base)];
  });
  const whole = common(node, base);
  if (!flow)
    return { kind: 'sequence', flow, hasTail: false, items, ...whole, span: upTo(items.at(-1), whole.span) };
  const behind = text[whole.span.end - base];
  const gap = gapInFlow(
    text,
    (items.at(-1)?.span.end ?? whole.span.start + 1) - base,
    items.length === 0,
    base,
  );
  return {
    ...{ kind: 'sequence', flow, items, ...whole },
    hasTail: behind === ':' || behind === '/',
    ...(gap && { gap }),
  };
}

function convertMapping(node: YAMLMap, text: string, base: number, depth: number): YamlMapping {
  const pairs = node.items.flatMap((item) => {
    const key = convert(item.key, text, base, depth + 1);
    const value = convert(item.value, text, base, depth + 1);
    return key === undefined ? [] : [{ key, ...(value && { value }) }];
  });
  const whole = common(node, base);
  const last = pairs.at(-1);
  return {
    kind: 'mapping',
    flow: node.flow === true,
    pairs,
    ...whole,
    ...(!node.flow && { span: upTo(last?.value ?? last?.key, whole.span) }),
  };
}

/** An empty item of a block sequence is told by its dash: its span is the dash and the blanks up to the item's place. */
function withDash(item: YamlNode, text: string, base: number): YamlNode {
  const { start, end } = item.span;
  if (item.kind !== 'scalar' || start !== end) return item;
  let dash = start - base - 1;
  while (text[dash] === ' ' || text[dash] === '\t') dash -= 1;
  return text[dash] === '-' ? { ...item, span: { start: dash + base, end } } : item;
}

/** A block collection ends with its last part, not with the line break behind it. */
function upTo(last: YamlNode | undefined, { start, end }: Span): Span {
  return { start, end: last?.span.end ?? end };
}

function common(
  node: {
    range?: readonly number[] | null | undefined;
    tag?: string | undefined;
    anchor?: string | undefined;
  },
  base: number,
): Common {
  const [start = 0, end = start] = node.range ?? [];
  return {
    span: shifted({ start, end }, base),
    ...(node.tag !== undefined && { tag: node.tag }),
    ...(node.anchor !== undefined && { anchor: node.anchor }),
  };
}
