import type { ComposeProject, ProjectService, ServiceDefinition } from '../model/compose-project';
import { fileIndex } from '../model/file-index';
import { type FromEach, fromEach } from '../model/from-each';
import type { Knowledge } from '../model/knowledge';
import type { PortReference } from '../model/port';
import { sameElements } from '../model/same-elements';
import { serviceOwner } from '../model/service';
import { remembered, type Snapshot, type SourceFile } from '../model/snapshot';
import { isPortSetting } from '../syntax/commands/command-ports';
import { builtPorts } from './built-ports';
import { calledProjects, projectsOf } from './compose-projects';
import { sharingHost, sharingHostIn } from './host-sharing';
import { reachingFolders } from './reaching-folders';
import { runImage } from './run-image';
import { settingPorts } from './service-settings';

/** A port that a service in the network of the machine may listen on, and the file to name for it. */
export interface HostServicePort {
  readonly file: SourceFile;
  readonly reference: PortReference;
}

/**
 * The ports that services in the machine's network may listen on, whichever file puts them there: those that their files
 * name, those that their images and Dockerfiles are known for, those that their settings give. Where the network hangs
 * on something unknown, it may be the machine's.
 *
 * It is what to keep off, and no proof that anything listens there. While no project is another, it is the same list.
 */
export function hostServicePorts(
  snapshot: Snapshot,
  knowledge: Pick<Knowledge, 'image'>,
): readonly HostServicePort[] {
  return remembered(snapshot, hostServicesAfter, knowledge).ports;
}

/** The services in the machine's network, and what they hang on. */
interface HostServices {
  /** The files that put a service there. */
  readonly putting: FromEach<SourceFile>;
  readonly projects: readonly ComposeProject[];
  readonly ports: readonly HostServicePort[];
}

function hostServicesAfter(
  snapshot: Snapshot,
  before: HostServices | undefined,
  knowledge: Pick<Knowledge, 'image'>,
): HostServices {
  const putting = fromEach(
    fileIndex(snapshot).files,
    (file) => (putsOnHost(file) ? file : undefined),
    before?.putting,
  );
  const own = new Set(putting.said.map(({ folder }) => folder));
  if (own.size === 0) return { putting, projects: [], ports: nothing };
  const found = projectsOf(snapshot, new Set([...own, ...reachingFolders(snapshot)]));
  const projects = calledProjects(found);
  const isSame = before !== undefined && sameElements(before.projects, projects);
  return {
    ...{ putting, projects },
    ports: isSame ? before.ports : projects.flatMap(onHost).flatMap((service) => portsOf(service, knowledge)),
  };
}

const nothing: readonly HostServicePort[] = [];

function putsOnHost(file: SourceFile): boolean {
  const { services, project } = file.reading;
  if (services === undefined && project === undefined) return false;
  return project?.hostNetworks !== undefined || file.once(sharingHostIn).size > 0;
}

/** Whichever of the files puts a service there: another one need not be read along. */
function onHost({ services, files }: ComposeProject): readonly ProjectService[] {
  const definitions = services.flatMap(({ name, definitions: its }) =>
    its.map(({ service }) => ({ name, service })),
  );
  const hostNetworks = files.flatMap(({ reading }) => reading.project?.hostNetworks ?? []);
  const sharing = sharingHost(definitions, new Set(hostNetworks));
  return services.filter(({ name }) => sharing.has(name));
}

function portsOf(service: ProjectService, knowledge: Pick<Knowledge, 'image'>): readonly HostServicePort[] {
  const { definitions } = service;
  const named = definitions.flatMap((definition) =>
    namedPorts(definition).map((reference) => ({ file: definition.file, reference })),
  );
  const settings = settingPorts(service).map(({ definition, port }) =>
    atService(definition, { ports: { first: port, last: port } }),
  );
  const source = definitions.findLast(
    ({ service: { build, inlineBuild, image } }) => build ?? inlineBuild ?? image,
  );
  if (source === undefined) return [...named, ...settings];
  const name = runImage(service);
  const usual = (name === undefined ? undefined : knowledge.image(name)?.record.ports) ?? [];
  const known = [
    ...usual.map(({ port, transport }) => ({ ports: { first: port, last: port }, transport })),
    ...builtPorts(service),
  ];
  return [
    ...named,
    ...known.flatMap(({ ports, transport }) =>
      ports === undefined ? [] : [atService(source, { ports, ...(transport && { transport }) })],
    ),
    ...settings,
  ];
}

/**
 * What a definition says of the ports of its container: the container's sides of its mappings, what its commands listen on, and
 * what they, its health check and its build are told as a port. What its environment has for one is looked up by its names.
 */
function namedPorts({ file, service }: ServiceDefinition): readonly PortReference[] {
  const owner = serviceOwner(service.name);
  const settings = new Set(
    [...service.environment].flatMap(([name, value]) => (isPortSetting(name) ? [value] : [])),
  );
  const listening = file.reading.references.filter(({ role, owner: its, ports }) => {
    if (its !== owner || (role !== 'listen' && role !== 'declare')) return false;
    return role === 'listen' || (ports !== undefined && !settings.has(`${ports.first}`));
  });
  return [...service.ports.map(({ target }) => target), ...service.exposes, ...listening];
}

/** The name of the service stands for what no text of the workspace says with a number of its own. */
function atService(
  { file, service }: ServiceDefinition,
  port: Pick<PortReference, 'ports' | 'transport'>,
): HostServicePort {
  const { nameSpan } = service;
  const reference: PortReference = {
    ...{ span: nameSpan, portSpan: nameSpan, role: 'listen', owner: serviceOwner(service.name) },
    ...port,
  };
  return { file, reference };
}
