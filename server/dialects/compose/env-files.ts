import type { EnvFile } from '../../model/service';
import { fieldsOf, resolve } from './anchors';
import type { ServiceContext } from './found';
import { type Fields, scalarValue, valueNode } from './service-values';

/**
 * The files of `env_file`: a path, or a list of paths and of mappings with one (compose-spec 05-services.md). One whose path hangs
 * on something unknown is left out.
 */
export function envFilesOf(fields: Fields, context: ServiceContext): readonly EnvFile[] {
  const node = valueNode(fields.get('env_file'), context);
  if (node === undefined) return [];
  return (node.kind === 'sequence' ? node.items : [node]).flatMap((item): readonly EnvFile[] => {
    const each = resolve(item, context.anchors)?.node;
    if (each?.kind !== 'mapping') return envFile(each && scalarValue(each, context));
    const keys = fieldsOf(each, context.anchors);
    const part = (key: string): string | undefined => {
      const value = valueNode(keys.get(key), context);
      return value && scalarValue(value, context);
    };
    return envFile(part('path'), part('format'));
  });
}

function envFile(path: string | undefined, format?: string): readonly EnvFile[] {
  if (path === undefined || path === '') return [];
  return [{ path, ...(format === 'raw' && { isRaw: true as const }) }];
}
