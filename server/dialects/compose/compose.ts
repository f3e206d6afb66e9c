import type { Dialect, ReadInputs } from '../../model/dialect';
import { emptyReading, type Fault, type Reading } from '../../model/port';
import type { Span } from '../../model/span';
import { readYaml, type YamlNode } from '../../syntax/yaml/yaml';
import { type Anchors, collectAnchors, resolve } from './anchors';
import { type Block, blocks, type DocumentBlocks } from './blocks';
import { addFault, type Found, nothingFound } from './found';
import { readService, type ServiceInputs } from './service';
import { type Part, type Parts, takeOver } from './take-over';

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

function readCompose(text: string, inputs: ReadInputs): Reading {
  const takenOver = takeOver(text, inputs);
  const parts = blocks(text).flatMap((document): readonly Part[] => {
    const cut = document.blocks.map((block) => takenOver(block) ?? readBlock(text, block, inputs));
    return wholeDocument(text, document, cut, inputs) ?? cut;
  });
  const anchors = new Map<string, YamlNode[]>();
  for (const { node } of parts) if (node !== undefined) collectAnchors(node, anchors);
  const found = nothingFound();
  for (const { block, node, errors, reading } of parts) {
    const whole =
      node === undefined
        ? reading
        : readServices(text, block, { node, errors }, serviceInputs(block, inputs, anchors));
    addAll(found, whole);
  }
  const { name, variables } = inputs;
  const reusable: Parts = {
    ...{ text, name, variables },
    byStart: new Map(parts.map((part) => [part.block.span.start, part])),
  };
  const { references, slots, faults } = found;
  return { references, slots, faults, reusable };
}

/** Reads one block that nothing can be taken over for. */
function readBlock(text: string, block: Block, inputs: ReadInputs): Part {
  const { start, end } = block.span;
  const source = text.slice(start, end);
  if (block.kind === 'rest' && !holdsAnchors(source)) return { block, errors: [], reading: emptyReading };
  const { node, errors } = readYaml(source, start);
  if (node === undefined) return { block, errors, reading: emptyReading };
  // Most files have neither anchors nor aliases; then the reading stands by itself and the tree can go.
  if (holdsAnchors(source)) return { block, errors, node, reading: emptyReading };
  const reading = readServices(text, block, { node, errors }, serviceInputs(block, inputs, new Map()));
  return { block, errors, reading };
}

/**
 * Where a block taken by itself is no valid YAML, the cut may be what broke it: lines of a flow collection or a quoted
 * text may stand as far left as they like. The whole document decides, where it is not too long for a keystroke.
 */
function wholeDocument(
  text: string,
  { span, blocks: cut }: DocumentBlocks,
  parts: readonly Part[],
  inputs: ReadInputs,
): readonly Part[] | undefined {
  const isBroken = parts.some(({ errors }) => errors.length > 0);
  const [first] = cut;
  if (!isBroken || first === undefined || span.end - span.start > longestWhole) return undefined;
  const whole = readBlock(text, { ...first, kind: 'document', span }, inputs);
  return whole.errors.length === 0 ? [whole] : undefined;
}

/** In UTF-16 code units. */
const longestWhole = 32 * 1024;

/** An anchor or alias begins with one of these; that other texts have them too costs a little time, no more. */
function holdsAnchors(source: string): boolean {
  return /[&*]/.test(source);
}

function readServices(
  text: string,
  block: Block,
  { node, errors }: { readonly node: YamlNode; readonly errors: readonly Span[] },
  inputs: ServiceInputs,
): Reading {
  const services =
    block.kind === 'rest' ? undefined : block.kind === 'service' ? node : servicesIn(node, inputs);
  if (services?.kind !== 'mapping') return emptyReading;
  const found = nothingFound();
  for (const { key, value } of services.pairs) readService(key, value, inputs, found);
  const { references, slots, faults } = found;
  return {
    references,
    slots,
    faults: faults.filter((fault) => !errors.some((error) => spoils(text, error, fault))),
  };
}

/**
 * What a value is or lacks cannot be told where YAML itself is broken: on the same line, and where the line below a
 * key is. The editor's YAML extension tells what is wrong there.
 */
function spoils(text: string, error: Span, { rule, span }: Fault): boolean {
  if (rule !== 'invalid-ports-value' && rule !== 'missing-port') return false;
  const isBehind = error.start >= span.start;
  const between = isBehind ? text.slice(span.end, error.start) : text.slice(error.start, span.start);
  const lines = between.split('\n').length - 1;
  return lines === 0 || (isBehind && lines === 1);
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

function serviceInputs(block: Block, { name, variables }: ReadInputs, anchors: Anchors): ServiceInputs {
  const isFirst = name === '' || /^(?:docker-|podman-|container-)?compose\.ya?ml$/.test(name);
  return { variables, anchors, isBaseFile: isFirst && block.document === 0 };
}

function addAll(found: Found, { references, slots, faults }: Reading): void {
  for (const reference of references) found.references.push(reference);
  for (const slot of slots) found.slots.push(slot);
  for (const fault of faults) addFault(found, fault);
}
