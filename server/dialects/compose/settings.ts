import type { Field } from './anchors';
import type { ServiceContext } from './found';

export function readSettings(_fields: ReadonlyMap<string, Field>, _context: ServiceContext): void {}
