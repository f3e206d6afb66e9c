import type { Mount } from '../../model/service';
import { fieldsOf, resolve } from './anchors';
import type { ServiceContext } from './found';
import { type Fields, scalarValue, valueNode } from './service-values';

/** The files and folders of the project among a service's `volumes` (compose-spec 05-services.md). */
export function mountsOf(fields: Fields, context: ServiceContext): readonly Mount[] {
  const volumes = valueNode(fields.get('volumes'), context);
  if (volumes?.kind !== 'sequence') return [];
  return volumes.items.flatMap((item): readonly Mount[] => {
    const node = resolve(item, context.anchors)?.node;
    if (node?.kind === 'mapping') {
      const keys = fieldsOf(node, context.anchors);
      const part = (key: string): string | undefined => {
        const value = valueNode(keys.get(key), context);
        return value === undefined ? undefined : scalarValue(value, context);
      };
      return mount(part('source') ?? '', part('target') ?? '');
    }
    const text = node === undefined ? undefined : scalarValue(node, context);
    // A letter and a colon in front are a drive of Windows.
    const [, source, target] = /^((?:[A-Za-z]:[\\/])?[^:]*):([^:]*)/.exec(text ?? '') ?? [];
    return mount(source ?? '', target ?? '');
  });
}

/** A source without a slash or a dot in front is a volume's name. */
function mount(source: string, target: string): readonly Mount[] {
  return /^\.{0,2}\/|^\.{1,2}$/.test(source) && target !== '' ? [{ source, target }] : [];
}
