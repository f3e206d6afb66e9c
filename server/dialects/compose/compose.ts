import type { Dialect, ReadInputs } from '../../model/dialect';
import { emptyReading, type Reading } from '../../model/port';
import { readYaml, type YamlNode } from '../../syntax/yaml/yaml';
import { collectAnchors, resolve } from './anchors';
import { type Block, blocks } from './blocks';
import { type Found, nothingFound } from './found';
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
  const parts: Part[] = [];
  let end = 0;
  for (const block of blocks(text)) {
    // A bracket or quote of an earlier block reached into this one.
    if (block.span.start < end) continue;
    const part = takenOver(block) ?? readBlock(text, block, inputs);
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
