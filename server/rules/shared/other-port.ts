import type { Claim } from '../../model/claim';
import type { Fix } from '../../model/finding';
import { portsText } from '../../model/port';
import type { Occupancy } from '../../units/occupancy';

/** How far a free port is looked for above the one that is taken. */
const farthest = 1000;

/**
 * Moves a claim to the next ports above that nobody wants; undefined where its port is not written in digits at its own
 * place, and where nothing near is free.
 */
export function otherPort(
  { file, reference, ports, transport }: Pick<Claim, 'file' | 'reference' | 'ports' | 'transport'>,
  isTaken: Occupancy,
): Fix | undefined {
  const { portSpan } = reference;
  if (file.text.slice(portSpan.start, portSpan.end) !== portsText(ports)) return undefined;
  for (let step = 1; step <= farthest && ports.last + step <= 65535; step += 1) {
    const moved = { first: ports.first + step, last: ports.last + step };
    if (isTaken(transport, moved)) continue;
    const text = portsText(moved);
    return { title: `Use ${text}`, edits: [{ uri: file.uri, span: portSpan, text }] };
  }
  return undefined;
}
