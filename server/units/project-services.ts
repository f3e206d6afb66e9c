import { addressKey } from '../model/address';
import type {
  PlacedBuild,
  ProjectService,
  Publication,
  PublicationClaim,
  ServiceDefinition,
} from '../model/compose-project';
import type { PortRange } from '../model/port';
import type { Replicas, Service, ServicePart } from '../model/service';
import type { SourceFile } from '../model/snapshot';
import { builtFrom } from './built-from';
import { type FindFile, type Layer, readingOf } from './compose-layers';
import { publicationClaims } from './project-claims';

/** How many services a service may extend one through the other; a loop ends here. */
const longestChain = 10;

/**
 * The services that compose files come to together (compose-spec 13-merge.md; compose-go override/uncity.go).
 *
 * @param layers The files in the order in which each goes over those before it.
 * @param active The profiles that are always on.
 * @param find Finds the files whose services are extended, and the Dockerfiles.
 */
export function mergedServices(
  layers: readonly Layer[],
  find: FindFile,
  active: ReadonlySet<string>,
): readonly ProjectService[] {
  const services = new Map<string, ServiceDefinition[]>();
  for (const layer of layers) {
    const reading = readingOf(layer);
    if (reading.replacesServices) services.clear();
    for (const name of reading.removedServices ?? []) services.delete(name);
    for (const service of reading.services ?? []) {
      const before = service.clears.includes('all') ? undefined : services.get(service.name);
      const definitions = before ?? [];
      services.set(service.name, definitions);
      definitions.push(...withExtended(layer, layer.file, service, find, 0));
    }
  }
  return [...services].map(([name, definitions]) => merged(name, definitions, find, active));
}

/**
 * A definition behind those that it extends. A file that is extended has the variables of the one that extends it, and paths
 * of its own (compose-go loader/extends.go).
 */
function withExtended(
  layer: Layer,
  file: SourceFile,
  service: Service,
  find: FindFile,
  depth: number,
): readonly ServiceDefinition[] {
  const { variables, proposed, environments, root, include } = layer;
  const base = file === layer.file ? layer.base : file;
  const definition = {
    ...{ file, service, base, root, proposed, variables },
    envFiles: (service.envFiles ?? []).flatMap(({ path, ...how }) => {
      const given = find(base, path);
      return given === undefined ? [] : [{ file: given, ...how }];
    }),
    ...(environments && { environments }),
    ...(include && { include }),
  };
  const { extends: extended } = service;
  if (extended === undefined || depth > longestChain) return [definition];
  const from = extended.file === undefined ? file : find(base, extended.file);
  const other =
    from && readingOf({ file: from, variables }).services?.find(({ name }) => name === extended.service);
  if (from === undefined || other === undefined || other === service) return [definition];
  return [...withExtended(layer, from, other, find, depth + 1), definition];
}

function merged(
  name: string,
  definitions: readonly ServiceDefinition[],
  find: FindFile,
  active: ReadonlySet<string>,
): ProjectService {
  const services = definitions.map(({ service }) => service);
  const network = services.findLast(({ network: { kind } }) => kind !== 'unsaid')?.network;
  // Profiles of all files add up, as lists do, from the last one on that puts its own in their place.
  const first = services.findLastIndex(({ profilesMerge }) => profilesMerge !== 'append');
  const counted = services.slice(Math.max(0, first));
  const all = [...new Set(counted.flatMap((service) => service.profiles))];
  const isUnknown = counted.some((service) => service.profiles === 'unknown');
  // One profile that is on is enough.
  const profiles = isUnknown ? ('unknown' as const) : all.some((each) => active.has(each)) ? [] : all;
  const build = mergedBuild(definitions);
  // A claim knows its service, so it can be told only once that is there.
  const claims: PublicationClaim[] = [];
  const service: ProjectService = {
    ...{ name, definitions, ports: mergedPorts(definitions), profiles, claims },
    network: network ?? { kind: 'own' },
    networks: mergedNetworks(services),
    replicas: mergedReplicas(services),
    build,
    image: lastImage(services),
    mounts: services.flatMap(({ mounts }) => mounts),
    aliases: [...new Set(services.flatMap(({ aliases }) => aliases))],
    built: typeof build === 'object' ? builtFrom(build, (path) => find(build.base, path)) : undefined,
    inlineBuild: build === 'inline' ? inlineBuildOf(services) : undefined,
  };
  claims.push(...publicationClaims(service));
  return service;
}

/** Networks of all files add up; a service that names none is in the one that every project has (compose-spec 06-networks.md). */
function mergedNetworks(services: readonly Service[]): Service['networks'] {
  if (services.some(({ networks }) => networks === 'unknown')) return 'unknown';
  const named = [...new Set(services.flatMap(({ networks }) => networks))];
  return named.length > 0 ? named : ['default'];
}

/** The parts of a build go over each other one by one (compose-go override/merge.go); each path is one of its own file's. */
function mergedBuild(definitions: readonly ServiceDefinition[]): ProjectService['build'] {
  let merged: PlacedBuild | undefined;
  let whole: 'inline' | 'unknown' | undefined;
  for (const { base, service } of definitions) {
    const { buildParts: parts, clears } = service;
    if (clears.includes('build')) [merged, whole] = [undefined, undefined];
    if (typeof parts === 'string') whole = parts;
    if (typeof parts !== 'object') continue;
    const before = cleared(merged ?? { context: '.', dockerfile: 'Dockerfile', base }, clears);
    const args = new Map([...(before.args ?? []), ...(parts.args ?? [])]);
    merged = {
      ...before,
      ...parts,
      ...(parts.context !== undefined && { base }),
      ...(args.size > 0 && { args }),
    };
  }
  return whole ?? merged;
}

/** What one definition says of a build within its file; undefined where another one says something of the build as well. */
function inlineBuildOf(services: readonly Service[]): Service['inlineBuild'] {
  const saying = services.filter(({ buildParts, clears }) => buildParts ?? clears.includes('build'));
  return saying.length === 1 ? saying[0]?.inlineBuild : undefined;
}

/** What is left of a build when a later file has taken parts of it away. */
function cleared(
  { args, target, dockerfile, ...build }: PlacedBuild,
  clears: readonly ServicePart[],
): PlacedBuild {
  return {
    ...build,
    dockerfile: clears.includes('dockerfile') ? 'Dockerfile' : dockerfile,
    ...(target !== undefined && !clears.includes('target') && { target }),
    ...(args && !clears.includes('args') && { args }),
  };
}

/** The last word on how many containers there are; `scale` and `deploy` are taken away each by itself. */
function mergedReplicas(services: readonly Service[]): Service['replicas'] {
  let said: readonly Replicas[] = [];
  for (const { clears, replicas } of services) {
    said = said.filter(({ by }) => !clears.includes(by));
    if (replicas !== undefined) said = [...said, replicas];
  }
  return said.at(-1);
}

function lastImage(services: readonly Service[]): Service['image'] {
  const last = services.findLast(({ image, clears }) => image !== undefined || clears.includes('image'));
  return last?.image;
}

/** Ports of several definitions add up; one that says the same as an earlier one takes its place. */
function mergedPorts(definitions: readonly ServiceDefinition[]): readonly Publication[] {
  const ports = new Map<string, Publication>();
  for (const { file, service, proposed } of definitions) {
    if (service.portsMerge !== 'append') ports.clear();
    for (const entry of service.portsMerge === 'reset' ? [] : service.ports) {
      const { publish, target } = entry;
      const variables = [...(publish?.variables ?? []), ...(target.variables ?? [])];
      const isProposed = variables.some(({ name, from }) => from === '.env' && proposed.has(name));
      const key = unityKey(entry, file);
      ports.set(key, {
        ...{ ...entry, file, from: service },
        ...(ports.has(key) && { isRestated: true as const }),
        ...(isProposed && { isProposed }),
      });
    }
  }
  return [...ports.values()];
}

/** Compose takes two entries for one when address, host port, container port and protocol are the same. */
function unityKey({ target, publish }: Pick<Publication, 'target' | 'publish'>, file: SourceFile): string {
  const isKnown = target.ports !== undefined && (publish === undefined || publish.ports !== undefined);
  if (!isKnown || target.transport === undefined || publish?.isAddressUnknown) {
    return `${file.address} ${target.span.start} ${target.usedAt?.start}`;
  }
  return [
    addressKey((publish ?? target).address),
    rangeKey(publish?.ports),
    rangeKey(target.ports),
    target.transport,
  ].join(' ');
}

function rangeKey(ports: PortRange | undefined): string {
  return ports === undefined ? '' : `${ports.first}-${ports.last}`;
}
