import type { Dialect, ReadInputs } from '../../model/dialect';
import type { Fault } from '../../model/fault';
import { emptyReading, type Reading } from '../../model/reading';
import type { Span } from '../../model/span';
import { readVariables } from '../../syntax/docker/dotenv';
import { readYaml, type YamlMapping, type YamlNode } from '../../syntax/yaml/yaml';
import { type Anchors, collectAnchors, resolve, sharing } from './anchors';
import { type Block, blocks, type DocumentBlocks } from './blocks';
import { addFault, type Found, nothingFound } from './found';
import { mentions } from './mentions';
import { projectHeader } from './project-header';
import { readService, type ServiceInputs } from './service';
import { byStart, isSelfContained, nodeOf, type Part, type Parts, partsBefore, takeOver } from './take-over';

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
  companions: [{ name: '.env', read: readVariables }],
  countsBeside: true,
  read: readCompose,
};

function readCompose(text: string, inputs: ReadInputs): Reading {
  const before = partsBefore(inputs);
  const takenOver = takeOver(text, before);
  const cut = blocks(text).flatMap((document): readonly Part[] => {
    const parts = document.blocks.map((block) => takenOver(block) ?? readBlock(text, block, inputs));
    return wholeDocument(text, document, parts, inputs) ?? parts;
  });
  const { parts, isCutShort } = withAliases(text, cut, before, inputs);
  const found = nothingFound();
  for (const { reading } of parts) addAll(found, reading);
  const { references, slots, faults, services, removedServices } = found;
  const { name, variables } = inputs;
  const headers = parts.flatMap(({ header }) => header ?? []);
  const project = projectHeader(headers, variables, noAnchors);
  const reusable: Parts = { text, name, variables, isCutShort, byStart: byStart(parts) };
  const named = mentions(services, project);
  return {
    ...{ references, slots, faults, services, reusable },
    ...(removedServices.length > 0 && { removedServices }),
    ...(found.replacesServices && { replacesServices: true as const }),
    ...(project && { project }),
    ...(named.length > 0 && { mentions: named }),
  };
}

/** Reads one block that nothing can be taken over for. What it says by aliases is read when all blocks are known. */
function readBlock(text: string, block: Block, inputs: ReadInputs): Part {
  const { start, end } = block.span;
  const source = text.slice(start, end);
  // Without one of these characters there is no anchor and no alias, and most blocks of the rest have neither.
  const mayShare = /[&*]/.test(source);
  const nothing = {
    ...{ block, errors: [], reading: emptyReading },
    ...{ hasAnchors: false, hasAliases: false, isMoved: false },
  };
  if (block.kind === 'rest' && !mayShare) return nothing;
  const { node, errors } = readYaml(source, start);
  if (node === undefined) return { ...nothing, errors };
  const shares = mayShare ? sharing(node) : nothing;
  const part = { ...nothing, errors, hasAnchors: shares.hasAnchors, hasAliases: shares.hasAliases };
  // The tree is kept only where another reading will need it.
  const kept = {
    ...part,
    ...((part.hasAnchors || part.hasAliases) && { tree: { node, start } }),
    ...((block.kind === 'header' || block.kind === 'document') && { header: node }),
  };
  if (part.hasAliases) return kept;
  return {
    ...kept,
    reading: readServices(text, { ...part, node }, serviceInputs(text, block, inputs, noAnchors)),
  };
}

/**
 * Reads the blocks that use aliases, unless all anchors stand where they stood before, and they say what they said. The number
 * of entries that aliases may add to one file is limited: a list that every service uses multiplies.
 */
function withAliases(
  text: string,
  parts: readonly Part[],
  before: Parts | undefined,
  inputs: ReadInputs,
): { readonly parts: readonly Part[]; readonly isCutShort: boolean } {
  if (!parts.some(({ hasAliases }) => hasAliases)) return { parts, isCutShort: false };
  const isUnchanged = (part: Part): boolean => before?.byStart.get(part.block.span.start) === part;
  const anchorsStand =
    before !== undefined &&
    !before.isCutShort &&
    parts.filter(({ hasAnchors }) => hasAnchors).every(isUnchanged) &&
    [...before.byStart.values()].filter(({ hasAnchors }) => hasAnchors).length ===
      parts.filter(({ hasAnchors }) => hasAnchors).length;
  const anchors = new Map<string, YamlNode[]>();
  for (const part of parts) {
    const node = part.hasAnchors ? nodeOf(part) : undefined;
    if (node !== undefined) collectAnchors(node, anchors);
  }
  const budget = { left: mostByAlias };
  const read = parts.map((part): Part => {
    const { hasAliases, block } = part;
    const stands = isUnchanged(part) || (part.isMoved && isSelfContained(part));
    if (!hasAliases || (anchorsStand && stands)) return part;
    const node = nodeOf(part);
    if (node === undefined) return part;
    const inputsHere = { ...serviceInputs(text, block, inputs, anchors), budget };
    return { ...part, isMoved: false, reading: readServices(text, { ...part, node }, inputsHere) };
  });
  return { parts: read, isCutShort: budget.left <= 0 };
}

/** How many entries of one file may come from lists and mappings that are used by an alias. */
const mostByAlias = 20_000;

const noAnchors: Anchors = new Map();

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

function readServices(
  text: string,
  {
    block,
    node,
    errors,
  }: { readonly block: Block; readonly node: YamlNode; readonly errors: readonly Span[] },
  inputs: ServiceInputs,
): Reading {
  const isWhole = block.kind === 'document';
  const services = isWhole ? servicesIn(node, inputs) : block.kind === 'service' ? node : undefined;
  const tag = isWhole ? servicesTag(node) : undefined;
  const replaces = (tag === '!override' || tag === '!reset') && { replacesServices: true as const };
  if (services?.kind !== 'mapping') return { ...emptyReading, ...replaces };
  const found = nothingFound();
  for (const { key, value } of services.pairs) readService(key, value, inputs, found);
  const { references, slots, faults, services: defined, removedServices } = found;
  return {
    ...{ references, slots, faults: unspoilt(text, block.span, faults, errors), services: defined },
    ...(removedServices.length > 0 && { removedServices }),
    ...replaces,
  };
}

/**
 * The faults but for those that YAML's own errors bring about: what a value is or lacks cannot be told on a line that
 * is broken, and not of a key above one. The editor's YAML extension tells what is wrong there.
 */
function unspoilt(
  text: string,
  { start, end }: Span,
  faults: readonly Fault[],
  errors: readonly Span[],
): readonly Fault[] {
  if (errors.length === 0 || faults.length === 0) return faults;
  const line = lineNumbers(text, start, end);
  const broken = new Set(errors.map((error) => line(error.start)));
  return faults.filter(({ rule, span }) => {
    if (rule !== 'invalid-ports-value' && rule !== 'missing-port') return true;
    const last = line(span.end);
    return !broken.has(line(span.start)) && !broken.has(last) && !broken.has(last + 1);
  });
}

/** Makes the function that numbers the lines of `text[start, end)`. */
function lineNumbers(text: string, start: number, end: number): (offset: number) => number {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1))
    breaks.push(at);
  return (offset) => {
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** The mapping of services in a document: under `services`, or the document itself in the first format. */
function servicesIn(node: YamlNode, { anchors }: ServiceInputs): YamlNode | undefined {
  if (node.kind !== 'mapping') return undefined;
  const pair = servicesPair(node);
  if (pair === undefined) return node;
  return pair.value === undefined || pair.value.tag === '!reset'
    ? undefined
    : resolve(pair.value, anchors)?.node;
}

function servicesTag(node: YamlNode): string | undefined {
  return node.kind === 'mapping' ? servicesPair(node)?.value?.tag : undefined;
}

function servicesPair({ pairs }: YamlMapping): YamlMapping['pairs'][number] | undefined {
  return pairs.find(({ key }) => key.kind === 'scalar' && key.text.value === 'services');
}

function serviceInputs(
  text: string,
  block: Block,
  { name, variables, readAs }: ReadInputs,
  anchors: Anchors,
): ServiceInputs {
  const isFirst = name === '' || /^(?:docker-|podman-|container-)?compose\.ya?ml$/.test(name);
  return {
    ...{ text, variables, anchors, isBaseFile: isFirst && block.document === 0 },
    budget: { left: mostByAlias },
    ...(readAs && { readAs }),
  };
}

function addAll(
  found: Found,
  { references, slots, faults, services = [], removedServices = [], replacesServices }: Reading,
): void {
  found.replacesServices ||= replacesServices === true;
  for (const reference of references) found.references.push(reference);
  for (const slot of slots) found.slots.push(slot);
  for (const fault of faults) addFault(found, fault);
  for (const service of services) found.services.push(service);
  for (const service of removedServices) found.removedServices.push(service);
}
