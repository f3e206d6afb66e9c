import type { ComposeProject, HostContainer, ProjectService } from '../model/compose-project';
import type { NginxConfiguration } from '../model/nginx-configuration';
import type { SourceFile } from '../model/snapshot';
import { alwaysRuns } from './project-claims';
import { copiedPaths, mountedAt } from './service-reach';

/** The services that surely run nginx in the host's network: `network_mode: host`, and an image that is nginx's or built on it. */
export function hostContainers(projects: readonly ComposeProject[]): readonly HostContainer[] {
  return projects.flatMap((project) =>
    project.isFound ? project.onHost.filter(runsOnHost).map((service) => ({ project, service })) : [],
  );
}

/** The one of them that a configuration is mounted into, or copied, to where nginx reads it. */
export function hostContainer(
  configuration: NginxConfiguration,
  containers: readonly HostContainer[],
): HostContainer | undefined {
  return containers.find(({ service }) => loads(service, configuration));
}

function runsOnHost(service: ProjectService): boolean {
  const { replicas, image, built } = service;
  if (!alwaysRuns(service) || (replicas?.count ?? 1) === 0) return false;
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
    [...mountedPaths(service, file), ...builtPaths(service, file)].some((path) => isLoaded.test(path)),
  );
}

/** What the main files of the images load by themselves; `http.d` is Alpine's, templates become files of `conf.d`. */
const isLoaded =
  /^(?:\/etc\/nginx\/(?:nginx\.conf|(?:conf|http)\.d\/[^/.][^/]*\.conf|templates\/[^/.][^/]*\.conf\.template)|\/usr\/local\/(?:openresty\/)?nginx\/conf\/nginx\.conf)$/;

function mountedPaths({ definitions }: ProjectService, file: SourceFile): readonly string[] {
  return definitions.flatMap(({ base, service }) => mountedAt(base, service, file));
}

/** The paths by which the container has a file that its Dockerfile copies, in whichever stage. */
function builtPaths(service: ProjectService, { address: file }: SourceFile): readonly string[] {
  return copiedPaths(service).flatMap(({ address, target }) => {
    if (file.startsWith(`${address}/`)) return [target.replace(/\/$/, '') + file.slice(address.length)];
    if (file !== address) return [];
    // A folder that is there already needs no slash behind it.
    return [target, `${target.replace(/\/$/, '')}/${address.slice(address.lastIndexOf('/') + 1)}`];
  });
}
