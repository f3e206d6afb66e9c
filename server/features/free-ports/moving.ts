import type { Chart } from '../../model/chart';
import type { Claim } from '../../model/claim';
import { siblingUri } from '../../model/file-name';
import type { Edit, Finding, Fix, PortMove } from '../../model/finding';
import { type PortRange, portsText } from '../../model/port';
import type { SourceFile } from '../../model/snapshot';
import { overlaps, type Span, slice } from '../../model/span';
import { dotenv } from '../../syntax/docker/dotenv';
import { spanOf } from '../../syntax/sourced-text';
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

/** Ports that were moved together. */
export interface MovedPorts {
  readonly edits: readonly Edit[];
  readonly ports: readonly { readonly claim: Claim; readonly from: PortRange }[];
}

/** The first move of each finding; no two of them go to the same port. */
export function moveAll(chart: Chart, findings: readonly Finding[]): MovedPorts {
  const chosen: GroundClaim[] = [];
  const moves = new Map<string, { readonly found: Moved; readonly from: PortRange }>();
  for (const { moves: [move] = [] } of findings) {
    const key = move && `${move.uri} ${move.span.start}`;
    if (move === undefined || key === undefined || moves.has(key)) continue;
    const found = moved(chart, move, chosen);
    if (found === undefined) continue;
    chosen.push(found.claim);
    moves.set(key, { found, from: move.ports });
  }
  const all = [...moves.values()];
  return {
    edits: together(all.map(({ found }) => found.fix)),
    ports: all.map(({ found: { claim }, from }) => ({ claim, from })),
  };
}

interface Moved {
  readonly fix: Fix;
  /** What wants the port from then on. */
  readonly claim: GroundClaim;
}

function moved(chart: Chart, move: PortMove, chosen: readonly GroundClaim[]): Moved | undefined {
  const { ports, transport, address, isNotForWeb } = move;
  const place = placeOf(chart, move);
  const file = chart.snapshot.files.get(move.uri);
  const reference = file?.reading.references.find(({ portSpan }) => overlaps(portSpan, move.span));
  if (place === undefined || file === undefined || reference === undefined) return undefined;
  const gives = (claim: Claim): boolean => makesRoom(claim, move, place);
  const known: Ground = containedGround(chart, file, gives) ?? groundOf(chart, gives);
  const ground = { ...known, claims: [...known.claims, ...chosen] };
  const wish: Wish = {
    transport,
    width: ports.last - ports.first + 1,
    near: ports.first,
    ...(address && address.kind !== 'name' && { address }),
    ...(isNotForWeb && { isNotForWeb }),
  };
  for (const free of freePorts(chart.books.registry, fieldOf(ground, wish), wish)) {
    // It is to go elsewhere, whatever is known of the place where it is.
    if (free.first <= ports.last && ports.first <= free.last) continue;
    const text = portsText(free);
    const where = move.variable === undefined ? '' : ` for ${move.variable}`;
    return {
      fix: { title: `Use ${text}${where}`, edits: [{ uri: place.file.uri, span: place.span, text }] },
      claim: {
        ...{ file, reference, ports: free, transport, isFlexible: false, takers: 1, holder: reference.owner },
        ...(wish.address && { address: wish.address }),
      },
    };
  }
  return undefined;
}

/** The digits that give a port. */
interface Place {
  readonly file: SourceFile;
  readonly span: Span;
}

/** Where the digits of a port stand: at its own place, or in the environment file beside it, which gives its variable. */
function placeOf(
  { snapshot: { files } }: Chart,
  { uri, span, variable, ports }: PortMove,
): Place | undefined {
  if (variable === undefined) {
    const file = files.get(uri);
    return file && { file, span };
  }
  const file = files.get(siblingUri(uri, '.env'));
  const value = file && dotenv(file.text).findLast(({ name }) => name === variable)?.value;
  const digits = value?.value === portsText(ports) ? spanOf(value) : undefined;
  return file && digits && slice(file.text, digits) === value?.value ? { file, span: digits } : undefined;
}

/** What is moved makes room for itself: the place, and all that takes its value from it. */
function makesRoom({ file, reference }: Claim, { uri, variable }: PortMove, place: Place): boolean {
  if (file === place.file && overlaps(reference.portSpan, place.span)) return true;
  const isBeside = siblingUri(file.uri, '.env') === siblingUri(uri, '.env');
  return (
    isBeside && (reference.variables ?? []).some(({ name, from }) => from === '.env' && name === variable)
  );
}
