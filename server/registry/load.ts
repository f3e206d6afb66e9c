import { readFileSync } from 'node:fs';
import type { Registry } from '../model/registry';
import { openRegistry } from './registry';

/**
 * The registry in the compiled file at `path`. The file is read at the first look-up, so a session that
 * asks nothing pays nothing.
 *
 * @throws Error, from the first look-up, when the file cannot be read or is no compiled registry.
 */
export function lazyRegistry(path: string): Registry {
  let opened: Registry | undefined;
  const registry = (): Registry => {
    opened ??= openRegistry(readFileSync(path));
    return opened;
  };
  return {
    get date() {
      return registry().date;
    },
    byPort: (port, transport) => registry().byPort(port, transport),
    byName: (name) => registry().byName(name),
    byPrefix: (prefix, limit) => registry().byPrefix(prefix, limit),
  };
}
