import type { ComposeProject, ProjectService } from '../model/compose-project';
import type { NginxConfiguration } from '../model/nginx-configuration';
import type { SourceFile } from '../model/snapshot';
import { addressFrom } from './paths';
import { alwaysRuns } from './project-claims';
import { mountedAt } from './service-reach';

/** A service that runs nginx in the network of the host, and its project. */
export interface HostContainer {
  readonly project: ComposeProject;
  readonly service: ProjectService;
}

/**
 * The service that surely runs nginx with a configuration in the host's network: `network_mode: host`, an image that is
 * nginx's or is built on one, and the configuration mounted or copied to where nginx reads it.
 */
export function hostContainer(
  configuration: NginxConfiguration,
  projects: readonly ComposeProject[],
): HostContainer | undefined {
  for (const project of projects) {
    if (!project.isFound) continue;
    const service = project.services.find((each) => runsOnHost(each) && loads(each, configuration));
    if (service !== undefined) return { project, service };
  }
  return undefined;
}

function runsOnHost(service: ProjectService): boolean {
  const { network, replicas, image, built } = service;
  if (network.kind !== 'host' || !alwaysRuns(service) || (replicas?.count ?? 1) === 0) return false;
  return isNginx(service.build === undefined ? image : built?.stage.image);
}

/** nginx, what is built of it, and its forks; an exporter or a generator of configurations is none. */
function isNginx(image: string | undefined): boolean {
  const name = image?.replace(/@.*$/, '').replace(/:[^/]*$/, '') ?? '';
  return /(?:^|\/)(?:docker-)?(?:nginx|openresty|tengine|angie)(?:-(?:unprivileged|alpine|quic|http3|brotli))?$/.test(
    name,
  );
}

/** Of files that the packaged main file loads each has to be there; all others follow their main file. */
function loads(service: ProjectService, { files, isAssumed }: NginxConfiguration): boolean {
  const needed = isAssumed ? files : files.slice(0, 1);
  return needed.every((file) =>
    [...mountedPaths(service, file), ...copiedPaths(service, file)].some((path) => isLoaded.test(path)),
  );
}

/** What the main files of the images load by themselves; `http.d` is Alpine's, templates become files of `conf.d`. */
const isLoaded =
  /^(?:\/etc\/nginx\/(?:nginx\.conf|(?:conf|http)\.d\/[^/.][^/]*\.conf|templates\/[^/.][^/]*\.conf\.template)|\/usr\/local\/(?:openresty\/)?nginx\/conf\/nginx\.conf)$/;

function mountedPaths({ definitions }: ProjectService, file: SourceFile): readonly string[] {
  return definitions.flatMap(({ file: from, service }) => mountedAt(from, service, file));
}

/** Whatever the Dockerfile copies from the folder that it is built in, in whichever stage. */
function copiedPaths({ built, definitions }: ProjectService, file: SourceFile): readonly string[] {
  const last = definitions.findLast(({ service }) => service.build);
  const context = last?.service.build && addressFrom(last.file, `${last.service.build.context}/`);
  if (context === undefined || built === undefined) return [];
  return (built.file.reading.copied ?? []).flat().flatMap(({ source, target }) => {
    const copied = [context.replace(/\/$/, ''), ...(source === '' ? [] : [source])].join('/');
    if (file.address.startsWith(`${copied}/`))
      return [target.replace(/\/$/, '') + file.address.slice(copied.length)];
    if (file.address !== copied) return [];
    // A folder that is there already needs no slash behind it.
    return [target, `${target.replace(/\/$/, '')}/${copied.slice(copied.lastIndexOf('/') + 1)}`];
  });
}
