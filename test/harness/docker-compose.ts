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
