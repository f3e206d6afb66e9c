import type { ReadInputs, Variables } from '../../model/dialect';
import { serviceOwner } from '../../model/service';
import { dockerRefusal } from '../../syntax/docker/docker-refusal';
import { interpolate } from '../../syntax/docker/interpolation';
import { unknownText } from '../../syntax/sourced-text';
import type { YamlNode, YamlScalar } from '../../syntax/yaml/yaml';
import { type Anchors, type Field, fieldsOf, resolve } from './anchors';
import { definition } from './definition';
import { readExpose } from './expose';
import { addFault, type Found, type ServiceContext } from './found';
import { readPorts } from './ports';
import { readSettings } from './settings';
import { refuseRepeatedKeys } from './values';

/** What a service is read with, besides its own text. */
export interface ServiceInputs {
  /** The whole file. */
  readonly text: string;
  readonly variables: Variables;
  readonly anchors: Anchors;
  readonly readAs?: ReadInputs['readAs'];
  readonly isBaseFile: boolean;
  readonly budget: { left: number };
}

/** Reads one service, `name: {…}`, and adds what it finds. */
export function readService(
  key: YamlNode,
  value: YamlNode | undefined,
  inputs: ServiceInputs,
  found: Found,
): void {
  if (key.kind !== 'scalar' || value === undefined) return;
  const service = key.text.value;
  if (value.tag === '!reset') {
    found.removedServices.push(service);
    return;
  }
  const node = resolve(value, inputs.anchors)?.node;
  if (node?.kind === 'sequence' && (service === 'ports' || service === 'expose')) refuseStray(key, found);
  if (node?.kind !== 'mapping') return;
  const fields = fieldsOf(node, inputs.anchors);
  const image = imageOf(fields.get('image'), inputs);
  const owner = serviceOwner(service);
  const context: ServiceContext = { ...inputs, service, owner, found, ...(image && { image }) };
  refuseRepeatedKeys(node, ['ports', 'expose'], context);
  const ports = fields.get('ports');
  const expose = fields.get('expose');
  const { references } = found;
  const entries = ports === undefined ? [] : readPorts(ports, context);
  const middle = references.length;
  if (expose !== undefined) readExpose(expose, context);
  const last = references.length;
  const environment = readSettings(fields, context);
  const own = { ports: entries, exposes: references.slice(middle, last) };
  found.services.push(
    definition(key, fields, own, environment, {
      ...context,
      isWhole: value.tag === '!override',
      ...(value.kind === 'mapping' && { mapping: value }),
    }),
  );
}

/** The image with its variables filled in; as written where one of them is not known. */
function imageOf(
  field: Field | undefined,
  { anchors, variables }: Pick<ServiceContext, 'anchors' | 'variables'>,
): string | undefined {
  if (field?.value === undefined || field.value.tag === '!reset') return undefined;
  const node = resolve(field.value, anchors)?.node;
  if (node?.kind !== 'scalar' || node.text.value === '') return undefined;
  const { value } = interpolate(node.text, variables).text;
  return value === '' || value.includes(unknownText) ? node.text.value : value;
}

/** A list that stands one level too far left makes its key a service. */
function refuseStray(key: YamlScalar, found: Found): void {
  const name = key.text.value;
  addFault(found, {
    rule: 'invalid-ports-value',
    span: key.span,
    message: dockerRefusal(
      `here "${name}" is the name of a service; indent it to put it into the service above`,
      `services.${name} must be a mapping`,
    ),
  });
}
