import type { PortSlot } from '../../model/port-slot';
import type { SourceFile } from '../../model/snapshot';

/**
 * The one port that makes the range in a slot as long as the one at the other end of its mapping; undefined where any
 * length will do, or the slot is no end of a range.
 *
 * Docker takes ranges of two lengths only where many host ports serve one container port (go-connections
 * nat/nat.go `ParsePortSpec`).
 *
 * @param until The last port of the range whose first port is typed in the slot.
 */
export function fittingEnd(
  { above, counterpart, role }: PortSlot,
  until: number | undefined,
): number | undefined {
  if (counterpart === undefined || (above === undefined && until === undefined)) return undefined;
  const width = counterpart.last - counterpart.first;
  if (width === 0 && role === 'publish') return undefined;
  return above === undefined ? (until ?? 0) - width : above + width;
}

/** The last port of the range whose first port is typed in a slot; undefined where none stands behind it. */
export function lastBehind({ text }: SourceFile, { span: { end } }: PortSlot): number | undefined {
  const [, last] = /^-([0-9]{1,5})(?![0-9])/.exec(text.slice(end, end + 7)) ?? [];
  return last === undefined || Number(last) > 65535 ? undefined : Number(last);
}
