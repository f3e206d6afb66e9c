import { isLoopback } from '../model/address';
import type { Claim } from '../model/claim';
import type { HostContainer } from '../model/compose-project';
import type { NginxConfiguration } from '../model/nginx-configuration';
import type { PortReference } from '../model/port';
import type { SourceFile } from '../model/snapshot';
import type { Surroundings } from '../model/unit';
import { hostContainer } from './host-containers';

/** Where nginx's packages and its source keep the configuration of the machine itself. */
const installed = /^file:\/\/\/(?:etc\/nginx|usr\/local\/etc\/nginx|usr\/local\/nginx\/conf)\//;

/** Why it is sure that nginx runs on the host itself, and where the text shows it. */
export interface HostEvidence {
  readonly words: string;
  /** The connection to a port that only the host has. */
  readonly connection?: { readonly file: SourceFile; readonly reference: PortReference };
  /** The container that runs it in the host's network. */
  readonly container?: HostContainer;
}

/**
 * Tells whether a configuration is surely that of an nginx on the host: it lies where the host's is installed, a
 * service in the host's network runs nginx with it, or it dials by the loopback address a port that a project of its own
 * folder or of one above publishes on that very address, which nobody but programs of the host can reach. One that any
 * other service mounts or that an image may be built with is not.
 */
export function hostEvidence(
  configuration: NginxConfiguration,
  {
    projects,
    hostContainers,
    isContained,
  }: Pick<Surroundings, 'projects' | 'hostContainers' | 'isContained'>,
): HostEvidence | undefined {
  const { files } = configuration;
  if (files.some(({ address }) => installed.test(address)))
    return { words: 'lies where the host has its own' };
  const container = hostContainer(configuration, hostContainers);
  if (container !== undefined)
    return { words: `is that of service "${container.service.name}" in the host's network`, container };
  const dialled = files.flatMap((file) => file.once(dialledOnHost).map((reference) => ({ file, reference })));
  const connection = dialled.find(({ file, reference }) =>
    projects.some(
      ({ isFound, claims, folder }) =>
        isFound && file.address.startsWith(folder) && claims.some((claim) => isKeptFor(claim, reference)),
    ),
  );
  if (connection === undefined) return undefined;
  if (files.some(isContained)) return undefined;
  return { words: `dials port ${connection.reference.ports?.first} of the host`, connection };
}

/** The connections to a port of the loopback address. */
function dialledOnHost({ reading }: SourceFile): readonly PortReference[] {
  return reading.references.filter(
    ({ role, address, ports }) => role === 'connect' && ports && address && isLoopback(address),
  );
}

function isKeptFor({ address, ports, transport }: Claim, { ports: dialled }: PortReference): boolean {
  if (address === undefined || !isLoopback(address) || transport !== 'tcp' || dialled === undefined)
    return false;
  return ports.first <= dialled.first && dialled.last <= ports.last;
}
