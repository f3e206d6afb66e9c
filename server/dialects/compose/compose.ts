import type { Dialect, ReadInputs, Variables } from '../../model/dialect';
import { emptyReading, type Reading } from '../../model/port';
import type { Span } from '../../model/span';
import { readYaml, shiftedNode, type YamlNode } from '../../syntax/yaml';
import { collectAnchors, resolve } from './anchors';
import { type Block, blocks } from './blocks';
import { type Found, nothingFound, shiftedReading } from './found';
import { readService, type ServiceInputs } from './service';

/** Compose files: the names that Compose, VS Code and podman-compose know (compose-go cli/options.go). */
export const compose: Dialect = {
  id: 'compose',
  title: 'Compose file',
  files: [
    'compose.yaml',
    'compose.yml',
    'compose.*.yaml',
    'compose.*.yml',
    'compose-*.yaml',
    'compose-*.yml',
    '*docker*compose*.yaml',
    '*docker*compose*.yml',
    'podman-compose*.yaml',
    'podman-compose*.yml',
    'container-compose*.yaml',
    'container-compose*.yml',
  ],
  languages: ['dockercompose'],
  companions: ['.env'],
  read: readCompose,
};

/** A block as it was read, with what another version of the text can take over. */
interface Part {
  readonly block: Block;
  /** Where the block really ends: below its last line when a bracket is closed further down. */
  readonly end: number;
  /** Kept only where it holds an anchor or an alias: what such a block says hangs on other blocks too. */
  readonly node?: YamlNode;
  /** True when something is open at its end, so that text below may yet change what it says. */
  readonly isOpen: boolean;
  readonly reading: Reading;
}

interface Parts {
  readonly text: string;
  readonly name: string;
  readonly variables: Variables;
  readonly byStart: ReadonlyMap<number, Part>;
}

function readCompose(text: string, inputs: ReadInputs): Reading {
  const takeOver = partsOf(text, inputs);
  const parts: Part[] = [];
  let end = 0;
  for (const block of blocks(text)) {
    // A bracket or quote of an earlier block reached into this one.
    if (block.span.start < end) continue;
    const part = takeOver(block) ?? readBlock(text, block, inputs);
    parts.push(part);
    end = part.end;
  }
  const anchors = new Map<string, YamlNode[]>();
  for (const { node } of parts) if (node !== undefined) collectAnchors(node, anchors);
  const found = nothingFound();
  for (const { block, node, reading } of parts) {
    if (node === undefined) addAll(found, reading);
    else readServices(block, node, { ...serviceInputs(inputs), anchors }, found);
  }
  const byStart = new Map(parts.map((part) => [part.block.span.start, part]));
  const { name, variables } = inputs;
  const reusable: Parts = { text, name, variables, byStart };
  const { references, slots, faults } = found;
  return { references, slots, faults, reusable };
}

/** Reads one block that nothing can be taken over for. */
function readBlock(text: string, block: Block, inputs: ReadInputs): Part {
  const { start } = block.span;
  let end = block.span.end;
  let source = text.slice(start, end);
  if (block.kind === 'rest' && !/[&*]/.test(source))
    return { block, end, isOpen: false, reading: emptyReading };
  let yaml = readYaml(source, start);
  if (yaml.unterminated && end < block.limit) {
    const longer = text.slice(start, Math.min(block.limit, start + longestReach));
    const whole = readYaml(longer, start);
    if (!whole.unterminated && whole.node !== undefined) {
      yaml = whole;
      source = longer;
      end = start + longer.length;
    }
  }
  const { node, unterminated: isOpen } = yaml;
  if (node === undefined) return { block, end, isOpen, reading: emptyReading };
  // Most files have neither anchors nor aliases; then the reading stands by itself and the tree can go.
  if (/[&*]/.test(source)) return { block, end, isOpen, node, reading: emptyReading };
  const { told, ...reading } = nothingFound();
  readServices(block, node, { ...serviceInputs(inputs), anchors: new Map() }, { told, ...reading });
  return { block, end, isOpen, reading };
}

/** How far below a block the end of its open bracket or quote is looked for, in UTF-16 code units. */
const longestReach = 64 * 1024;

function readServices(block: Block, node: YamlNode, inputs: ServiceInputs, found: Found): void {
  if (block.kind === 'rest') return;
  const services = block.kind === 'service' ? node : servicesIn(node, inputs);
  if (services?.kind !== 'mapping') return;
  for (const { key, value } of services.pairs) readService(key, value, inputs, found);
}

/** The mapping of services in a document: under `services`, or the document itself in the first format. */
function servicesIn(node: YamlNode, { anchors }: ServiceInputs): YamlNode | undefined {
  if (node.kind !== 'mapping') return undefined;
  const pair = node.pairs.find(({ key }) => key.kind === 'scalar' && key.text.value === 'services');
  if (pair === undefined) return node;
  return pair.value === undefined || pair.value.tag === '!reset'
    ? undefined
    : resolve(pair.value, anchors)?.node;
}

function serviceInputs({ name, variables }: ReadInputs): Omit<ServiceInputs, 'anchors'> {
  return {
    variables,
    isBaseFile: name === '' || /^(?:docker-|podman-|container-)?compose\.ya?ml$/.test(name),
  };
}

function addAll(found: Found, { references, slots, faults }: Reading): void {
  for (const reference of references) found.references.push(reference);
  for (const slot of slots) found.slots.push(slot);
  for (const fault of faults) found.faults.push(fault);
}

/**
 * Finds for a block the part that the previous version of the text has at the same place: in front of the edit,
 * where nothing moved, or behind it, where all moved alike.
 */
function partsOf(text: string, inputs: ReadInputs): (block: Block) => Part | undefined {
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
    if (part === undefined || !isSameBlock(part, block, by)) return undefined;
    return by === 0 ? part : shiftedPart(part, block, by);
  };
}

function isSameBlock({ block: old, end, isOpen }: Part, { kind, span }: Block, by: number): boolean {
  return !isOpen && old.kind === kind && old.span.end + by === span.end && end === old.span.end;
}

function shiftedPart({ end, node, isOpen, reading }: Part, block: Block, by: number): Part {
  return {
    block,
    end: end + by,
    isOpen,
    reading: shiftedReading(reading, by),
    ...(node && { node: shiftedNode(node, by) }),
  };
}

/** What differs between two texts, as a span of the new one: all between their common beginning and common end. */
function changedSpan(before: string, after: string): Span {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { start, end: after.length - tail };
}

function sameVariables(a: Variables, b: Variables): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.has(name) && b.get(name) === value);
}
