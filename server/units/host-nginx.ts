import { isLoopback } from '../model/address';
import type { ComposeProject } from '../model/compose-project';
import type { NginxConfiguration } from '../model/nginx-configuration';
import type { PortReference } from '../model/port';
import type { SourceFile } from '../model/snapshot';
import { addressFrom, folderOf } from './paths';

/** Where nginx's packages and its source keep the configuration of the machine itself. */
const installed = /^file:\/\/\/(?:etc\/nginx|usr\/local\/etc\/nginx|usr\/local\/nginx\/conf)\//;

/** Why it is sure that nginx runs on the host itself, and where the text shows it. */
export interface HostEvidence {
  readonly words: string;
  /** The connection to a port that only the host has. */
  readonly connection?: { readonly file: SourceFile; readonly reference: PortReference };
}

/**
 * Tells whether a configuration is surely that of an nginx on the host: it lies where the host's is installed, or it
 * dials a host port of a project by the loopback address, which a container would find nobody at. One that a service
 * mounts or builds is not.
 */
export function hostEvidence(
  configuration: NginxConfiguration,
  projects: readonly ComposeProject[],
): HostEvidence | undefined {
  const { files } = configuration;
  if (files.some(({ address }) => installed.test(address)))
    return { words: 'lies where the host has its own' };
  if (files.some((file) => projects.some((project) => isTakenIn(file, project)))) return undefined;
  for (const file of files) {
    for (const reference of file.reading.references) {
      const { role, address, ports } = reference;
      if (role !== 'connect' || address === undefined || ports === undefined || !isLoopback(address))
        continue;
      const isPublished = projects.some(({ isFound, claims, folder }) => {
        const isNear = isFound && folderOf(file.address).startsWith(folderOf(folder.slice(0, -1)));
        return (
          isNear && claims.some((claim) => claim.ports.first <= ports.first && ports.last <= claim.ports.last)
        );
      });
      if (isPublished)
        return { words: `dials port ${ports.first} of the host`, connection: { file, reference } };
    }
  }
  return undefined;
}

/** Tells whether a service of the project sees the file: it mounts it, or its image is built around it. */
function isTakenIn(file: SourceFile, { services }: ComposeProject): boolean {
  return services.some(({ definitions }) =>
    definitions.some(({ file: from, service }) => {
      const mounted = service.mounts.map(({ source }) => source);
      // The project's own folder is the context of nearly every build: that alone proves nothing.
      const context = service.build?.context.replace(/^\.\/|\/$/g, '');
      const built = context === undefined || context === '.' || context === '' ? [] : [context];
      return [...mounted, ...built].some((path) => {
        const place = addressFrom(from, path);
        return place !== undefined && (file.address === place || file.address.startsWith(`${place}/`));
      });
    }),
  );
}
