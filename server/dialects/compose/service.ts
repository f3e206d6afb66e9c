import type { Variables } from '../../model/dialect';
import { refusal } from '../../syntax/ports/refusal';
import type { YamlNode, YamlScalar } from '../../syntax/yaml/yaml';
import { type Anchors, type Field, fieldsOf, resolve } from './anchors';
import { readExpose } from './expose';
import { addFault, type Found, type ServiceContext } from './found';
import { readPorts } from './ports';
import { readSettings } from './settings';

/** What a service is read with, besides its own text. */
export interface ServiceInputs {
  readonly variables: Variables;
  readonly anchors: Anchors;
  readonly isBaseFile: boolean;
}

/** Reads one service, `name: {…}`, and adds what it finds. */
export function readService(
  key: YamlNode,
  value: YamlNode | undefined,
  inputs: ServiceInputs,
  found: Found,
): void {
  if (key.kind !== 'scalar' || value === undefined || value.tag === '!reset') return;
  const node = resolve(value, inputs.anchors)?.node;
  if (node?.kind !== 'mapping') return;
  const service = key.text.value;
  const fields = fieldsOf(node, inputs.anchors);
  const image = imageOf(fields.get('image'), inputs.anchors);
  const owner = `service "${service}"`;
  const context: ServiceContext = { ...inputs, service, owner, found, ...(image && { image }) };
  refuseRepeatedKeys(
    node.pairs.map(({ key: own }) => own),
    context,
  );
  const ports = fields.get('ports');
  const expose = fields.get('expose');
  if (ports !== undefined) readPorts(ports, context);
  if (expose !== undefined) readExpose(expose, context);
  readSettings(fields, context);
}

function imageOf(field: Field | undefined, anchors: Anchors): string | undefined {
  const node = field?.value === undefined ? undefined : resolve(field.value, anchors)?.node;
  return node?.kind === 'scalar' && node.text.value !== '' ? node.text.value : undefined;
}

/** YAML wants each key once; only the keys that hold ports are ours to tell of. */
function refuseRepeatedKeys(keys: readonly YamlNode[], { found }: ServiceContext): void {
  const first = new Map<string, YamlScalar>();
  for (const key of keys) {
    if (key.kind !== 'scalar') continue;
    const name = key.text.value;
    if (name !== 'ports' && name !== 'expose') continue;
    if (!first.has(name)) {
      first.set(name, key);
      continue;
    }
    addFault(found, {
      rule: 'duplicate-key',
      span: key.span,
      message: refusal(
        `the service has "${name}" twice; put all entries under one`,
        `mapping key "${name}" already defined`,
      ),
    });
  }
}
