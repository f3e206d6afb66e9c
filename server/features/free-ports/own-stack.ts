import type { Listener } from '../../model/listener';

/**
 * Tells whether a socket may be the end of a published port of a container: a program that container engines bind such
 * ports with has it, or the system does not let us see whose it is, as with the root's processes. Which container is behind
 * it no socket says.
 */
export function mayBePublished({ process }: Listener): boolean {
  return process === undefined || publishers.some((name) => process.name.startsWith(name));
}

/**
 * The beginnings of their names, for systems cut them: Docker's engine (moby cmd/docker-proxy; rootless:
 * rootlesskit, slirp4netns, pasta), Podman (`rootlessport`, its re-executed children; conmon; gvproxy on a Mac and on Windows), Docker
 * Desktop (com.docker.backend, vpnkit; wslrelay for WSL), OrbStack, and Lima with Colima on it, which forward by ssh.
 */
const publishers: readonly string[] = [
  ...['docker', 'rootless', 'slirp4netns', 'pasta', 'containers-root', 'conmon', 'gvproxy'],
  ...['com.docker', 'vpnkit', 'wslrelay', 'OrbStack', 'limactl', 'ssh'],
];
