import type { PortReference } from '../../model/port';
import type { Listed, Merge, NetworkMode, PortEntry, Replicas, Service } from '../../model/service';
import { type Span, sameSpan } from '../../model/span';
import type { YamlScalar } from '../../syntax/yaml/yaml';
import { type Field, fieldsOf, resolve } from './anchors';
import { buildOf, buildPartsOf } from './build';
import type { Entry, ServiceContext } from './found';
import { mountsOf } from './mounts';
import { type Fields, fieldOf, scalarsOf, settled, valueNode } from './service-values';

/**
 * Puts together what a file says of a service as a whole: which ports it publishes, and what decides where they are
 * bound.
 *
 * @param references The references of its `ports` and `expose`, in their order.
 */
export function definition(
  key: YamlScalar,
  fields: Fields,
  references: { readonly ports: readonly PortReference[]; readonly exposes: readonly PortReference[] },
  environment: readonly Entry[],
  context: ServiceContext,
): Service {
  const ports = fields.get('ports');
  const replicas = replicasOf(fields, context);
  const extended = extendsOf(fields.get('extends'), context);
  const buildParts = buildPartsOf(fields.get('build'), context);
  const build = buildOf(buildParts);
  return {
    name: context.service,
    nameSpan: key.span,
    ports: portEntries(references.ports),
    ...(ports && { portsSpan: spanOf(ports) }),
    portsMerge: mergeOf(ports),
    exposes: references.exposes,
    network: networkOf(fields.get('network_mode'), context),
    networks: networksOf(fields.get('networks'), context),
    profiles: profilesOf(fields.get('profiles'), context),
    profilesMerge: mergeOf(fields.get('profiles')),
    ...(replicas && { replicas }),
    ...(extended && { extends: extended }),
    ...(build && { build }),
    ...(buildParts && { buildParts }),
    ...(context.image && { image: context.image }),
    mounts: mountsOf(fields, context),
    aliases: aliasesOf(fields, context),
    extraHosts: extraHostsOf(fields.get('extra_hosts'), context),
    environment: new Map(environment.map(({ name, value }) => [name, value.value])),
  };
}

/** Pairs what stands in one entry: a host port comes in front of its container port. */
function portEntries(references: readonly PortReference[]): readonly PortEntry[] {
  return references.flatMap((target, index): readonly PortEntry[] => {
    if (target.role !== 'target' || target.isRefused) return [];
    const before = references[index - 1];
    const isPair = before?.role === 'publish' && sameSpan(before.span, target.span);
    return [{ span: target.usedAt ?? target.span, target, ...(isPair && { publish: before }) }];
  });
}

function spanOf({ key, value }: Field): Span {
  return { start: key.span.start, end: value?.span.end ?? key.span.end };
}

function mergeOf(list: Field | undefined): Merge {
  if (list?.value?.tag === '!reset') return 'reset';
  return list?.value?.tag === '!override' ? 'override' : 'append';
}

function networkOf(field: Field | undefined, context: ServiceContext): NetworkMode {
  if (field?.value === undefined) return { kind: 'unsaid' };
  // What is taken away leaves the networks of the project.
  if (field.value.tag === '!reset') return { kind: 'own' };
  const mode = settled(field, context);
  if (mode === undefined) return { kind: 'unknown' };
  const { value, span } = mode;
  const [, kind, name] = /^(service|container):(.+)$/.exec(value) ?? [];
  if ((kind === 'service' || kind === 'container') && name !== undefined) return { kind, name, span };
  if (value === 'host') return { kind: 'host', span };
  return { kind: value === 'none' ? 'none' : 'own' };
}

/** A list of names, or a mapping with one key for each. */
function networksOf(field: Field | undefined, context: ServiceContext): readonly string[] {
  const node = valueNode(field, context);
  if (node?.kind === 'mapping') return [...fieldsOf(node, context.anchors).keys()];
  return scalarsOf(field, context).filter((name) => name !== undefined);
}

function profilesOf(field: Field | undefined, context: ServiceContext): Listed {
  const values = scalarsOf(field, context);
  return values.some((value) => value === undefined)
    ? 'unknown'
    : values.filter((value) => value !== undefined);
}

/** `scale` and `deploy.replicas` say the same; Compose refuses a file in which they differ. */
function replicasOf(fields: Fields, context: ServiceContext): Replicas | undefined {
  const deploy = fields.get('deploy');
  const field = fields.get('scale') ?? fieldOf(deploy, 'replicas', context);
  if (field?.value === undefined) return undefined;
  const value = settled(field, context);
  // What only a swarm reads is written for one, and there the replicas share a published port.
  const isForSwarm = swarmKeys.some((key) => fieldOf(deploy, key, context) !== undefined);
  if (value === undefined || isForSwarm) return { count: 'unknown', span: field.value.span };
  return {
    count: /^[0-9]{1,6}$/.test(value.value) ? Number(value.value) : 'unknown',
    span: value.span,
    ...(value.isByDefault && { isByDefault: value.isByDefault }),
  };
}

/** Keys of `deploy` that `docker compose up` does not read (compose-spec deploy.md). */
const swarmKeys = ['endpoint_mode', 'placement', 'rollback_config', 'update_config'];

function extendsOf(field: Field | undefined, context: ServiceContext): Service['extends'] {
  if (field?.value === undefined) return undefined;
  const own = settled(field, context);
  const service = own ?? settled(fieldOf(field, 'service', context), context);
  if (service === undefined) return undefined;
  const fileField = own === undefined ? fieldOf(field, 'file', context) : undefined;
  const file = settled(fileField, context);
  // A file whose name is not known could hold anything.
  if (fileField?.value !== undefined && file === undefined) return undefined;
  return { service: service.value, span: service.span, ...(file && { file: file.value }) };
}

/** The names that `extra_hosts` gives an address of its own: `name:ip`, `name=ip`, or a mapping. */
function extraHostsOf(field: Field | undefined, context: ServiceContext): readonly string[] {
  const node = valueNode(field, context);
  if (node?.kind === 'mapping') return [...fieldsOf(node, context.anchors).keys()];
  return scalarsOf(field, context).flatMap((entry) => /^[^:=]+/.exec(entry ?? '')?.[0] ?? []);
}

/** Containers reach each other by service name, container name, host name and network alias. */
function aliasesOf(fields: Fields, context: ServiceContext): readonly string[] {
  const names = ['container_name', 'hostname'].flatMap(
    (key) => settled(fields.get(key), context)?.value ?? [],
  );
  const networks = fields.get('networks');
  const node = networks?.value === undefined ? undefined : resolve(networks.value, context.anchors)?.node;
  if (node?.kind !== 'mapping') return names;
  const listed = [...fieldsOf(node, context.anchors).values()].flatMap((network) =>
    scalarsOf(fieldOf(network, 'aliases', context), context).filter((alias) => alias !== undefined),
  );
  return [...names, ...listed];
}
