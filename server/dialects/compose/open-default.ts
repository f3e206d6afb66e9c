import { ipAddress } from '../../model/address';
import type { PortSlot } from '../../model/port-slot';
import { isPortRange, readPortRange } from '../../syntax/docker/port-number';
import { type SourcedText, sourceSpan } from '../../syntax/sourced-text';

/**
 * The place of the port in a default whose brace is still to come: `${WEB_PORT:-80`, `8080:${PORT:-`, `${PORT:-80:80`. What is
 * put there brings the brace along, and where nothing stands behind it the container's port.
 *
 * @param accepts What the place takes as long as nothing stands behind it.
 */
export function openDefault(
  source: SourcedText,
  base: Pick<PortSlot, 'owner' | 'image'>,
  accepts: 'port' | 'mapping',
): readonly PortSlot[] {
  const { value } = source;
  const from = value.lastIndexOf('${');
  if (from < 0) return [];
  const [, begun = '', digits = '', rest = ''] =
    /^(\$\{[A-Za-z_][A-Za-z0-9_]*:?-)([0-9]*)(:[0-9]*)?$/.exec(value.slice(from)) ?? [];
  if (begun === '') return [];
  const before = value.slice(0, from).replace(/:$/, '');
  const address = ipAddress(before.replace(/^\[(.*)\]$/, '$1'));
  const isBehindPort = /^[0-9]+$/.test(before);
  if (before !== '' && (rest !== '' || !isBehindPort) && address === undefined) return [];
  const other = readPortRange(isBehindPort ? before : rest.slice(1));
  const start = from + begun.length;
  const isMapping = accepts === 'mapping' && rest === '' && !isBehindPort;
  return [
    {
      ...{ ...base, names: false },
      ...(isMapping
        ? { accepts, role: 'target', braces: { text: '}', isWritten: false } }
        : { accepts: 'port', role: isBehindPort ? 'target' : 'publish', transport: 'tcp', after: '}' }),
      span: sourceSpan(source, start, start + digits.length),
      ...(address && !isBehindPort && { address }),
      ...(isPortRange(other) && { counterpart: other }),
    },
  ];
}
