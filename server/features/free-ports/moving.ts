import type { Chart } from '../../model/chart';
import type { Claim } from '../../model/claim';
import type { Finding, Fix, PortMove } from '../../model/finding';
import { portsText } from '../../model/port';
import { overlaps } from '../../model/span';
import { together } from '../together';
import { containedGround } from './contained-ground';
import { fieldOf } from './field';
import { freePorts } from './free-ports';
import { type Ground, type GroundClaim, groundOf } from './ground';
import type { Wish } from './wish';

/**
 * Moves a port to one that is free; undefined where none is.
 *
 * @param chosen Ports that are given away already, and that no file says yet.
 */
export function moveFix(chart: Chart, move: PortMove, chosen: readonly GroundClaim[] = []): Fix | undefined {
  return moved(chart, move, chosen)?.fix;
}

/** The first move of each finding as one mend; no two of them go to the same port. */
export function moveAll(chart: Chart, findings: readonly Finding[]): Fix | undefined {
  const chosen: GroundClaim[] = [];
  const fixes = new Map<string, Fix>();
  for (const { moves: [move] = [] } of findings) {
    const key = move && `${move.uri} ${move.span.start}`;
    if (move === undefined || key === undefined || fixes.has(key)) continue;
    const found = moved(chart, move, chosen);
    if (found === undefined) continue;
    chosen.push(found.claim);
    fixes.set(key, found.fix);
  }
  const edits = together([...fixes.values()]);
  const count = fixes.size;
  return count === 0
    ? undefined
    : { title: `Move ${count} ${count === 1 ? 'port' : 'ports'} to free ones`, edits };
}

function moved(
  chart: Chart,
  move: PortMove,
  chosen: readonly GroundClaim[],
): { readonly fix: Fix; readonly claim: GroundClaim } | undefined {
  const { uri, span, ports, transport, address, isNotForWeb } = move;
  const file = chart.snapshot.files.get(uri);
  if (file === undefined) return undefined;
  // The place that moves makes room for itself.
  const gives = (claim: Claim): boolean => claim.file === file && overlaps(claim.reference.portSpan, span);
  const known: Ground = containedGround(chart, file, gives) ?? groundOf(chart, gives);
  const ground = { ...known, claims: [...known.claims, ...chosen] };
  const wish: Wish = {
    transport,
    width: ports.last - ports.first + 1,
    near: ports.first,
    ...(address && address.kind !== 'name' && { address }),
    ...(isNotForWeb && { isNotForWeb }),
  };
  const field = fieldOf(ground, wish);
  for (const free of freePorts(chart.books.registry, field, wish)) {
    // It is to go elsewhere, whatever is known of the place where it is.
    if (free.first <= ports.last && ports.first <= free.last) continue;
    const text = portsText(free);
    const reference = file.reading.references.find(({ portSpan }) => overlaps(portSpan, span));
    if (reference === undefined) return undefined;
    const claim = {
      file,
      reference,
      ports: free,
      transport,
      isFlexible: false,
      takers: 1,
      holder: reference.owner,
    };
    return {
      fix: { title: `Use ${text}`, edits: [{ uri, span, text }] },
      claim: { ...claim, ...(wish.address && { address: wish.address }) },
    };
  }
  return undefined;
}
