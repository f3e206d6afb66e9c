import type { Listed, Merge, NetworkMode, Replicas, Service, ServicePart } from '../../model/service';
import type { Span } from '../../model/span';
import type { YamlMapping, YamlScalar } from '../../syntax/yaml/yaml';
import { keyPlace } from '../../syntax/yaml/yaml-place';
import { type Field, fieldsOf, resolve } from './anchors';
import { buildOf, buildPartsOf } from './build';
import { envFilesOf } from './env-files';
import type { Entry, ServiceContext } from './found';
import { inlineBuildOf } from './inline-build';
import { mountsOf } from './mounts';
import { type Fields, fieldOf, scalarsOf, settled, valueNode } from './service-values';

/**
 * Puts together what a file says of a service as a whole: which ports it publishes, and what decides where they are
 * bound.
 *
 * @param own The entries of its `ports`, and the references of its `expose`, in their order.
 */
export function definition(
  key: YamlScalar,
  fields: Fields,
  own: Pick<Service, 'ports' | 'exposes'>,
  environment: readonly Entry[],
  context: ServiceContext & { readonly isWhole: boolean; readonly mapping?: YamlMapping },
): Service {
  const ports = fields.get('ports');
  const replicas = replicasOf(fields, context);
  const extended = extendsOf(fields.get('extends'), context);
  const buildParts = buildPartsOf(fields.get('build'), context);
  const build = buildOf(buildParts);
  const [first] = context.mapping?.pairs ?? [];
  const keys = context.mapping && first && keyPlace(context.text, context.mapping, first.key);
  const inlineBuild = inlineBuildOf(fields.get('build'), context);
  const envFiles = envFilesOf(fields, context);
  return {
    name: context.service,
    nameSpan: key.span,
    ...(keys && { keys }),
    clears: context.isWhole ? ['all'] : clearedBy(fields, context),
    ...own,
    ...(ports && { portsSpan: spanOf(ports) }),
    portsMerge: mergeOf(ports),
    network: networkOf(fields.get('network_mode'), context),
    networks: networksOf(fields.get('networks'), context),
    profiles: listed(scalarsOf(fields.get('profiles'), context)),
    profilesMerge: mergeOf(fields.get('profiles')),
    ...(replicas && { replicas }),
    ...(extended && { extends: extended }),
    ...(build && { build }),
    ...(buildParts && { buildParts }),
    ...(inlineBuild && { inlineBuild }),
    ...(context.image && { image: context.image }),
    mounts: mountsOf(fields, context),
    aliases: aliasesOf(fields, context),
    extraHosts: extraHostsOf(fields.get('extra_hosts'), context),
    environment: new Map(
      environment.map(({ name, value, isPassedOn }) => [name, isPassedOn ? undefined : value.value]),
    ),
    ...(envFiles.length > 0 && { envFiles }),
  };
}

function spanOf({ key, value }: Field): Span {
  return { start: key.span.start, end: value?.span.end ?? key.span.end };
}

function mergeOf(list: Field | undefined): Merge {
  if (list?.value?.tag === '!reset') return 'reset';
  return list?.value?.tag === '!override' ? 'override' : 'append';
}

/** The values that it gives a tag: they go away from what is there before, whatever it then adds (compose-go loader/reset.go). */
function clearedBy(fields: Fields, context: ServiceContext): readonly ServicePart[] {
  const build = fields.get('build');
  const places: readonly (readonly [ServicePart, Field | undefined])[] = [
    ['scale', fields.get('scale')],
    ['deploy', fields.get('deploy')],
    ['deploy', fieldOf(fields.get('deploy'), 'replicas', context)],
    ['build', build],
    ['args', fieldOf(build, 'args', context)],
    ['dockerfile', fieldOf(build, 'dockerfile', context)],
    ['target', fieldOf(build, 'target', context)],
    ['image', fields.get('image')],
    ['environment', fields.get('environment')],
    ['env_file', fields.get('env_file')],
  ];
  return places.flatMap(([part, field]) => (mergeOf(field) === 'append' ? [] : [part]));
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

/** A list of names, or a mapping by them. */
function networksOf(field: Field | undefined, context: ServiceContext): Listed {
  const node = valueNode(field, context);
  return node?.kind === 'mapping'
    ? [...fieldsOf(node, context.anchors).keys()]
    : listed(scalarsOf(field, context));
}

function listed(values: readonly (string | undefined)[]): Listed {
  return values.some((value) => value === undefined)
    ? 'unknown'
    : values.filter((value) => value !== undefined);
}

/** `scale` and `deploy.replicas` say the same; Compose refuses a file in which they differ. */
function replicasOf(fields: Fields, context: ServiceContext): Replicas | undefined {
  const deploy = fields.get('deploy');
  const [scale, replicas] = [fields.get('scale'), fieldOf(deploy, 'replicas', context)];
  const by = scale === undefined ? ('deploy' as const) : ('scale' as const);
  const field = scale ?? replicas;
  if (field?.value === undefined || field.value.tag === '!reset') return undefined;
  const value = settled(field, context);
  // What only a swarm reads is written for one, and there the replicas share a published port.
  const isForSwarm = swarmKeys.some((key) => fieldOf(deploy, key, context) !== undefined);
  if (value === undefined || isForSwarm) return { count: 'unknown', by, span: field.value.span };
  return {
    count: /^[0-9]{1,6}$/.test(value.value) ? Number(value.value) : 'unknown',
    ...{ by, span: value.span },
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
