import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from '../../server/model/registry';
import { compileRegistry } from '../../server/registry/compile';
import { openRegistry } from '../../server/registry/registry';

/** The registry that the project ships, compiled afresh from its CSV. */
export function shippedRegistry(): Registry {
  return openRegistry(
    compileRegistry(readFileSync(join(__dirname, '../../data/service-names-port-numbers.csv'))),
  );
}
