import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Compose 2 as the tests install it, or another one that is named. */
export const dockerCompose =
  process.env.PORTOLAN_COMPOSE ?? join(__dirname, '../../node_modules/.cache/portolan/docker-compose');

/** Why a test with it is skipped; false where it is there. */
export const withoutCompose = existsSync(dockerCompose) ? false : 'docker-compose 2 is not installed';

/** One port of a service as `docker-compose config` lists it. */
export interface ConfiguredPort {
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol: string;
}

/** The ports of the services of a folder as Compose configures them with all profiles on; or what it says where it refuses. */
export function configuredPorts(
  folder: string,
):
  | { readonly ports: readonly (readonly [service: string, port: ConfiguredPort])[] }
  | { readonly refusal: string } {
  const { stdout, stderr, status } = spawnSync(
    dockerCompose,
    ['--profile', '*', 'config', '--format', 'json'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    },
  );
  if (status !== 0) return { refusal: stderr.trim() };
  const { services } = JSON.parse(stdout) as { services: Record<string, { ports?: ConfiguredPort[] }> };
  return {
    ports: Object.entries(services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port] as const),
    ),
  };
}
